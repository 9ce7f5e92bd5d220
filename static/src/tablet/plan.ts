/**
 * What the arrival plan asks of a person, and where each station of it stands for them. Pure: rows in, places out.
 *
 * Rules:
 * - A station has one place whatever became of it, and places keep their order: a column of them can be read down.
 * - What stands here is known from the people list, from own drafts and from this tablet's marks; never an answer.
 * - Without a birth date no form is kept from anybody: nobody loses care because an age is not known.
 */
import type { CompiledForm, Text } from "../form/index.ts";
import { ageBetween, daysBetween } from "../ui/times.ts";
import type { Closed, DraftRow, Mark, Part, PersonHere } from "../vault/index.ts";
import { localDate } from "./local-time.ts";

/** The newest version of a form that belongs to a station. */
export interface PlannedForm {
  form: string;
  version: string;
  station: string;
  subject: "household" | "person";
  title: Words;
  short: Words;
  /** Days after the person was first seen; null = whenever. */
  notBefore: number | null;
  due: number | null;
  /** Whole years, both included; null = open. */
  ages: readonly [number | null, number | null];
}

/** One text by language; `""` = the form's own language. */
export type Words = Readonly<Record<string, string>>;

export type PlaceKind = "done" | "draft" | "part" | "waits" | "not_now" | "not_wanted" | "later" | "none";

export interface Place {
  kind: PlaceKind;
  form: PlannedForm;
  /** A station of whoever is unlocked. */
  mine: boolean;
  closed?: Closed;
  draft?: DraftRow;
  part?: Part;
  /** Not now, or stopped. */
  mark?: Mark;
  /** Day from which it is due, or offered again: YYYY-MM-DD. */
  from?: string;
}

export interface Known {
  now: number;
  /** In order. */
  plan: readonly PlannedForm[];
  drafts: readonly DraftRow[];
  marks: readonly Mark[];
  /** Stations of whoever is unlocked; empty = all of them. */
  stations: readonly string[];
}

interface PlanSettings {
  plan?: { not_before: number | null; due: number | null; ages: [number | null, number | null] } | null;
}

export function plannedForm(version: string, form: CompiledForm & PlanSettings): PlannedForm | null {
  if (!form.station) return null;
  const words = (text: Text): Words => {
    const plain = Object.entries(text).filter((one): one is [string, string] => typeof one[1] === "string");
    const all = Object.fromEntries(plain);
    return { ...all, "": all[form.default_language] ?? "" };
  };
  return {
    form: form.key,
    version,
    station: form.station,
    subject: form.subject,
    title: words(form.title),
    short: words(form.short_title),
    notBefore: form.plan?.not_before ?? null,
    due: form.plan?.due ?? null,
    ages: form.plan?.ages ?? [null, null],
  };
}

/** The stations that everybody passes first; the others follow by the day on which they begin. */
const FIRST = ["first_look", "registration"];

export function inOrder(forms: readonly PlannedForm[]): PlannedForm[] {
  const rank = (one: PlannedForm): number => (FIRST.includes(one.station) ? FIRST.indexOf(one.station) : FIRST.length);
  return [...forms].sort(
    (one, other) =>
      rank(one) - rank(other) ||
      (one.notBefore ?? 0) - (other.notBefore ?? 0) ||
      (one.due ?? Number.MAX_SAFE_INTEGER) - (other.due ?? Number.MAX_SAFE_INTEGER) ||
      (one.form < other.form ? -1 : 1),
  );
}

/** When somebody of the site first met this person. */
export function firstSeen(person: PersonHere): number {
  return person.first;
}

export function ageInYears(person: PersonHere, now: number): number | null {
  return (person.birth_date ? ageBetween(person.birth_date, now)?.years : null) ?? null;
}

/** Drafts and marks by card, so that a list of thousands looks each of them up once. */
export class Desk {
  readonly known: Known;
  readonly #stations = new Map<string, PlannedForm[]>();
  readonly #drafts: ReadonlyMap<string, DraftRow[]>;
  readonly #marks: ReadonlyMap<string, Mark[]>;

  constructor(known: Known) {
    this.known = known;
    for (const form of known.plan)
      this.#stations.set(form.station, [...(this.#stations.get(form.station) ?? []), form]);
    this.#drafts = byCard(known.drafts);
    this.#marks = byCard(known.marks);
  }

  /** One place a station, in the order of the plan. */
  places(person: PersonHere): Place[] {
    const codes = person.codes.length > 0 ? person.codes : [person.card];
    const drafts = codes.flatMap((code) => this.#drafts.get(code) ?? []);
    const marks = codes.flatMap((code) => this.#marks.get(code) ?? []);
    const since = firstSeen(person);
    const age = ageInYears(person, this.known.now);
    return [...this.#stations].map(([station, forms]) => {
      const mine = this.known.stations.length === 0 || this.known.stations.includes(station);
      return { mine, ...this.#place(person, station, forms, { drafts, marks, since, age }) };
    });
  }

  /** What is over comes before what waits: a draft, then what was closed, then the age, then the day. */
  #place(person: PersonHere, station: string, forms: readonly PlannedForm[], own: Own): Omit<Place, "mine"> {
    const { now } = this.known;
    const form = forms.find((one) => fits(one, own.age)) ?? (forms[0] as PlannedForm);
    const draft = own.drafts.find((one) => forms.some(({ form: key }) => key === one.form));
    const mark = own.marks.findLast((one) => one.station === station && daysBetween(one.at, now) <= 0);
    const noted = mark ? { mark } : {};
    if (draft) return { kind: "draft", form: forms.find((one) => one.form === draft.form) ?? form, draft, ...noted };
    const closed = person.closed[station];
    const again = closed?.not_wanted?.again_on ?? null;
    const offered = again !== null && again <= localDate(now);
    if (closed && !offered) return { kind: closed.not_wanted ? "not_wanted" : "done", form, closed, ...from(again) };
    const part = person.parts.find((one) => forms.some(({ form: key }) => key === one.form));
    if (part) return { kind: "part", form: forms.find((one) => one.form === part.form) ?? form, part, ...noted };
    if (!fits(form, own.age) || past(person, station)) return { kind: "none", form };
    const begins = own.since + (form.notBefore ?? 0) * DAY;
    if (daysBetween(begins, now) < 0) return { kind: "later", form, from: localDate(begins) };
    return { kind: mark?.kind === "not_now" ? "not_now" : "waits", form, ...noted };
  }
}

interface Own {
  drafts: readonly DraftRow[];
  marks: readonly Mark[];
  since: number;
  age: number | null;
}

const DAY = 86_400_000;

function from(day: string | null): { from?: string } {
  return day === null ? {} : { from: day };
}

function fits(form: PlannedForm, age: number | null): boolean {
  const [least, most] = form.ages;
  return age === null || ((least === null || age >= least) && (most === null || age <= most));
}

/** A first look sorts who comes first; behind the medic's screening it sorts nothing any more. */
function past(person: PersonHere, station: string): boolean {
  const medical = person.closed["medical"];
  return station === "first_look" && medical !== undefined && !medical.not_wanted;
}

function byCard<T extends { card: string | null }>(rows: readonly T[]): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const row of rows) {
    if (!row.card) continue;
    const same = found.get(row.card);
    if (same) same.push(row);
    else found.set(row.card, [row]);
  }
  return found;
}

/** Still to do for this person, today. */
export function open(place: Place): boolean {
  return place.kind === "draft" || place.kind === "part" || place.kind === "waits" || place.kind === "not_now";
}
