// What a submission tells beside its answers, in words: urgency, how it ended, who was in the room, its other pieces.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, isLanguage, languageName, t, when } from "../../ui/index.ts";
import { routeTo } from "../route.ts";
import type { Told, ToldSitting, Urgency } from "../told.ts";
import type { DeskView, FlagView, SubmissionView } from "../view.ts";
import { notice } from "./marks.ts";

const HOUR_MS = 60 * 60 * 1000;

/** Level and deadline; a passed deadline says so in words. */
export function urgencyMark({ level, due, nobody }: Urgency, now: number): TemplateResult {
  return html`${level === null ? nothing : html`<span class="flag ${level.toLowerCase()}">${level}</span>`}
    ${due === null ? nothing : dueWords(due, now)} ${nobody ? html`<b class="late">${t("desk.told.nobody_yet")}</b>` : nothing}`;
}

function dueWords(due: number, now: number): TemplateResult {
  if (due < now) return html`<span class="late">${t("desk.told.late", { time: when(due, now) })}</span>`;
  return html`<span class=${due - now < HOUR_MS ? "late" : ""}>${t("desk.told.due", { time: when(due, now) })}</span>`;
}

/** Above the answers: what must not be overlooked. */
export function toldNotices(view: DeskView, seen: SubmissionView): TemplateResult {
  const { told, before, after } = seen;
  return html`${told?.outcome === "not_wanted" ? notice("", "minus", t("desk.told.not_wanted"), againOn(told)) : nothing}
    ${told?.outcome === "part" ? notice("soon", "clock", t("desk.told.part"), stopped(told)) : nothing}
    ${told && told.outcome !== "part" && told.stopped ? notice("", "clock", t("desk.told.stopped"), stopped(told)) : nothing}
    ${before ? notice("", "next", t("desk.told.before"), piece(before.hash)) : nothing}
    ${after.length > 0 ? notice("", "next", t("desk.told.after", { n: after.length }), pieces(view, after)) : nothing}`;
}

function againOn({ again_on: on }: Told): string {
  return on === null ? t("desk.told.not_wanted.open") : t("desk.told.not_wanted.on", { date: on });
}

function stopped({ stopped: reason }: Told): string {
  if (reason === null) return t("desk.told.part.more");
  const words = t(`desk.stopped.${reason}`);
  return t("desk.told.because", { reason: words.startsWith("desk.stopped.") ? reason : words });
}

function piece(hash: string | null): TemplateResult {
  if (hash === null) return html`<p>${t("desk.told.before.gone")}</p>`;
  return html`<p><a href=${routeTo({ page: "submission", hash })}>${t("desk.told.before.open")}</a></p>`;
}

function pieces(view: DeskView, list: SubmissionView["after"]): TemplateResult {
  return html`<ul>${list.map(
    (one) => html`<li>
      <a href=${routeTo({ page: "submission", hash: one.hash })}>${t("desk.submission.other", { time: when(one.receivedAt, view.now), tablet: one.tablet })}</a>
    </li>`,
  )}</ul>`;
}

/** The flags of one part, most urgent first. */
export function flagList(view: DeskView, flags: readonly FlagView[]): TemplateResult | typeof nothing {
  if (flags.length === 0) return nothing;
  const sorted = [...flags].sort((a, b) => (a.level < b.level ? -1 : a.level > b.level ? 1 : 0));
  return html`<ul class="list flags" aria-label=${t("desk.told.flags")}>${sorted.map((one) => flag(view, one))}</ul>`;
}

function flag(view: DeskView, { name, level, due, action, taken_over: taken }: FlagView): TemplateResult {
  return html`<li class="row" data-flag=${name}>
    <span class="flag ${level.toLowerCase()}">${level}</span><span class="grow">${action}</span>
    ${due === null ? nothing : dueWords(due, view.now)}
    ${
      taken?.by
        ? html`<span>${t("desk.told.taken", { name: taken.by })}</span>`
        : level === "P1"
          ? html`<b class="late">${t("desk.told.nobody")}</b>`
          : nothing
    }
    ${taken?.carer_unsafe ? html`<span class="state now">${icon("alert")}${t("desk.told.carer_unsafe")}</span>` : nothing}
  </li>`;
}

/** Beside the answers: the room, and who had it before. */
export function sittingRows(told: Told | null, now: number): TemplateResult | typeof nothing {
  if (!told) return nothing;
  const { sitting, handed, parked, paper, typed_at: typed } = told;
  return html`${typed === null ? nothing : html`<dt>${t("desk.told.paper")}</dt><dd>${t("desk.told.typed", { paper: paper ?? "–", time: when(typed, now) })}</dd>`}
    ${sitting ? sittingOf(sitting) : nothing}
    ${handed.length > 0 ? html`<dt>${t("desk.told.handed")}</dt><dd>${handed.map((one) => one.name).join(", ")}</dd>` : nothing}
    ${parked.length > 0 ? html`<dt>${t("desk.told.shut")}</dt><dd>${t("desk.told.parked", { n: parked.length })}</dd>` : nothing}`;
}

function sittingOf({ language, interpreter, near, overheard }: ToldSitting): TemplateResult {
  const spoken = isLanguage(language) ? languageName(language).name : language;
  return html`<dt>${t("desk.told.sitting")}</dt>
    <dd>${[spoken, codeWords("interpreter", interpreter), ...near.map((one) => codeWords("near", one))].join(" · ")}${overheard ? html` · <b class="late">${t("desk.told.overheard")}</b>` : nothing}</dd>`;
}

/** A code of the contract in words; a later tablet's code shows as it is. */
function codeWords(kind: "interpreter" | "near", code: string): string {
  const key = `desk.${kind}.${code}`;
  const words = t(key);
  return words === key ? code : words;
}
