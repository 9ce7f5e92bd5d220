/** How a person and the places of the arrival plan are put into words: on home, in *Find*, on a person's own screen. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { type IconName, icon } from "../ui/icons.ts";
import { has, t } from "../ui/messages.ts";
import { ageBetween, ageWords, dateWords, when } from "../ui/times.ts";
import type { PersonHere } from "../vault/index.ts";
import type { Place, PlaceKind } from "./plan.ts";
import { givenName, said } from "./today.ts";

/** From this age on a person is called woman or man. */
const ADULT = 18;

function sexWord(person: PersonHere, now: number): string {
  const years = person.birth_date ? ageBetween(person.birth_date, now)?.years : undefined;
  const key = `sex.${person.sex ?? ""}.${years !== undefined && years < ADULT ? "child" : "adult"}`;
  return years !== undefined && has(key) ? t(key) : "";
}

/** "girl, 4 years"; empty when neither is known. */
export function aboutWords(person: PersonHere, now: number): string {
  const age = person.birth_date ? ageWords(person.birth_date, now) : "";
  return [sexWord(person, now), age].filter((one) => one !== "").join(", ");
}

/** The given name, or the card of somebody who has none yet. */
export function calledBy(person: PersonHere): TemplateResult | string {
  return givenName(person.name) ?? html`${t("person.unnamed")} <bdi class="code">${person.card}</bdi>`;
}

const ICONS: Record<PlaceKind, IconName | null> = {
  done: "tick",
  draft: "pencil",
  part: "carried",
  waits: null,
  not_now: "clock",
  not_wanted: "minus",
  later: "minus",
  none: "minus",
};

/** The mark of a place where every place has one. */
export function placeIcon({ kind }: Place): IconName {
  return ICONS[kind] ?? "plus";
}

/** A birth date as far as it is known: YYYY, YYYY-MM or YYYY-MM-DD, in words. */
export function birthWords(birth: string): string {
  const [year = Number.NaN, month, day] = birth.split("-").map(Number);
  if (month === undefined) return birth;
  if (day === undefined) return t("time.month_year", { month: t(`time.month.${month}`), year: String(year) });
  return dateWords(day, month, year);
}

/** A calendar day, YYYY-MM-DD, in words. */
export function dayWords(day: string): string {
  const [, month = 1, date = 1] = day.split("-").map(Number);
  return dateWords(date, month, null);
}

/** Where a station stands, in words: behind the chip for who cannot see it, and on the person's screen. */
export function placeWords(place: Place, now: number): string {
  const { kind, closed, mark, from } = place;
  if (kind === "not_now" && mark)
    return t("place.not_now", { reason: t(`not_now.${mark.reason}`), time: when(mark.at, now) });
  if (kind === "not_wanted") return from ? t("place.not_wanted.until", { day: dayWords(from) }) : t("place.not_wanted");
  if (kind === "later") return t("place.later", { day: from ? dayWords(from) : "" });
  if (kind === "done" && closed) {
    const time = when(closed.at, now);
    return closed.device ? t("place.done.there", { tablet: closed.device, time }) : t("place.done", { time });
  }
  if (mark?.kind === "stopped")
    return t("place.stopped", { reason: t(`stop.${mark.reason}`), time: when(mark.at, now) });
  return t(`place.${kind}`);
}

/** One station of the row of places: a mark, a name, and for ears how it stands. */
export function placeChip(place: Place, now: number): TemplateResult {
  const mine = place.mine && (place.kind === "waits" || place.kind === "part");
  const drawn = ICONS[place.kind];
  return html`<li class="chip ${place.kind} ${mine ? "mine" : ""}">${drawn === null ? nothing : icon(drawn)}<span>${said(place.form.short)}</span><span class="vh">${placeWords(place, now)}</span></li>`;
}
