/**
 * What follows from a sitting, from flags, from what was answered. Pure.
 *
 * Rules:
 * - A relative who interprets, or anybody who hears or sees, keeps sensitive groups shut; the person may be unsafe.
 * - A flag of wellbeing or protection never shows what it is about on the screen: only that somebody must be called.
 * - 0 in the queue means: somebody must go to this person now. It tells nothing about why.
 */
import type { CompiledForm } from "../../form/index.ts";
import type { DutyContact, PersonHere } from "../../vault/index.ts";
import type { About, Alarm, Sitting, TakenOver } from "./model.ts";

const QUIET: ReadonlySet<string> = new Set(["psychiatric", "protection"]);

/** Whether words about this audience's flags must not stand on the screen. */
export function quiet(audience: string): boolean {
  return QUIET.has(audience);
}

export function parks(sitting: Sitting | null): boolean {
  return sitting !== null && (sitting.overheard || sitting.interpreter === "relative");
}

/** What a form about somebody is told of them. */
export function aboutOf(person: PersonHere): About {
  const names = ["family_card", "name", "sex", "birth_date", "birth_date_precision"] as const;
  const known = names.flatMap((name) => (person[name] ? [[name, person[name]] as const] : []));
  return { card: person.card, ...Object.fromEntries(known) };
}

/** Answers that stand when a card without a family is registered. */
export function presetOf(person: PersonHere | null): Record<string, string> {
  return person ? { card: person.card } : {};
}

/** Whether a talk comes before this form: a first look asks nobody anything. */
export function sits(form: CompiledForm): boolean {
  return form.subject === "person" && form.station !== "first_look";
}

/** What `from` questions may be filled with, by name. */
export function known(about: About | null): Record<string, string> {
  if (about === null) return {};
  const names = ["name", "sex", "birth_date", "birth_date_precision"] as const;
  return Object.fromEntries(names.flatMap((name) => (about[name] ? [[`person.${name}`, about[name]] as const] : [])));
}

/** Why a form's station wants this person sooner; null where it says nothing about the order. */
export function queueOf(
  station: string | null,
  alarms: readonly Alarm[],
  colour: string | null,
  taken: readonly TakenOver[],
): 0 | 1 | 2 | null {
  const open = alarms.filter((one) => !taken.some((by) => by.flag === one.flag && by.by !== null));
  if (open.length > 0) return 0;
  if (station === "first_look") return alarms.length > 0 || colour === "red" || colour === "yellow" ? 1 : 2;
  return station === "medical" ? 2 : null;
}

/** Words of a `service` entry by which the contact for an audience is found, in the languages that programmes write. */
const FITS: Record<string, RegExp> = {
  medical: /medic|doctor|nurse|clinic|медик|дәрігер|врач|طب/i,
  psychiatric: /wellbeing|psych|психолог|نفس/i,
  protection: /protect|child|қорға|защит|حماي/i,
};

/** The site's contacts, the one for this audience first. */
export function dutyFor(audience: string, duty: readonly DutyContact[]): DutyContact[] {
  const fits = (one: DutyContact): boolean => (FITS[audience] ?? FITS["medical"])?.test(one.what) ?? false;
  return [...duty.filter(fits), ...duty.filter((one) => !fits(one))];
}

/** Digits to dial out of a contact as it is written; null when it holds no number. */
export function dialled(contact: string): string | null {
  const digits = contact.replace(/[^\d+]/g, "");
  return digits.replace("+", "").length >= 2 ? digits : null;
}
