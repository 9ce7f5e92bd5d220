/**
 * The made-up family of practice: names in three scripts, cards that read as cards and say what they are. Pure.
 *
 * Rules: every card begins with `PRAC-T1C`, every name ends in the word for practice; nobody made up here has a number
 * that somebody could call.
 */

import type { Colleague, DutyContact, Person } from "../../vault/index.ts";
import type { Said } from "../../vault/merging.ts";
import { localDate } from "../local-time.ts";

/** What every made-up card begins with. */
export const MARK = "PRAC-T1C";

export const FAMILY = "PRAC-T1C1-03";

/** The log of a tablet that is not there. */
export const LOG = "practice";

const MINUTE = 60_000;
/** They came yesterday: what begins on the day after the arrival can be practised too. */
const ARRIVED = 24 * 60 * MINUTE;

interface Made extends Person {
  name: string;
  age: { years: number; months: number };
  sex: "female" | "male";
}

const MEMBERS: readonly Made[] = [
  {
    card: FAMILY,
    name: "Бибігүл Жаттығу",
    sex: "female",
    age: { years: 67, months: 2 },
    birth_date_precision: "year",
    stations: ["first_look"],
    queue: 2,
  },
  {
    card: "PRAC-T1C2-04",
    name: "Maryam Practice",
    sex: "female",
    age: { years: 31, months: 5 },
    birth_date_precision: "day",
    stations: ["first_look"],
    queue: 2,
  },
  {
    card: "PRAC-T1C3-05",
    name: "يوسف تدريب",
    sex: "male",
    age: { years: 8, months: 1 },
    birth_date_precision: "month",
    stations: ["first_look"],
    queue: 2,
  },
  {
    card: "PRAC-T1C4-06",
    name: "Aizere Practice",
    sex: "female",
    age: { years: 0, months: 7 },
    birth_date_precision: "day",
    stations: ["first_look"],
    queue: 1,
  },
];

/** Digits of a date that its precision vouches for. */
const KNOWN: Readonly<Record<string, number>> = { year: 4, month: 7 };

function born({ age, birth_date_precision = "day" }: Made, now: number): string {
  const day = new Date(now);
  day.setDate(1);
  day.setMonth(day.getMonth() - 12 * age.years - age.months);
  return localDate(day.getTime()).slice(0, KNOWN[birth_date_precision]);
}

/** What was said of the family before practice begins: four first looks, then one registration. `now` in ms. */
export function madeUp(now: number): Said[] {
  const from = { log: LOG, here: true, device: null, state: "tablet" as const };
  const looks = MEMBERS.map(({ card, stations, queue }, at): Said => {
    const row: Person = queue === undefined ? { card, stations } : { card, stations, queue };
    const said = { submission: `practice-look-${at + 1}`, form: "first_look", seq: at + 1 };
    return { ...from, ...said, at: now - ARRIVED - (62 - at) * MINUTE, rows: [row] };
  });
  const registered = MEMBERS.map((one): Person => {
    const { card, name, sex, birth_date_precision = "day" } = one;
    const known = { card, family_card: FAMILY, name, sex, birth_date: born(one, now), birth_date_precision };
    return { ...known, stations: ["registration"] };
  });
  const said = { submission: "practice-registration", form: "registration", seq: looks.length + 1 };
  return [...looks, { ...from, ...said, at: now - ARRIVED - 40 * MINUTE, rows: registered }];
}

/** Colleagues who are not there. */
export const COLLEAGUES: readonly Colleague[] = [
  { id: "practice-1", name: "Dana Practice", stations: ["medical"], ready: true, added: false },
  { id: "practice-2", name: "Мұрат Жаттығу", stations: ["first_look", "registration"], ready: true, added: false },
];

/** Who there is to hand a talk to, and to call. */
export class MadeUpSite {
  readonly #self: Colleague;
  readonly #duty: () => DutyContact[];

  /** `self` = whoever practises; `duty` in the language of the screen. */
  constructor(self: Colleague, duty: () => DutyContact[]) {
    this.#self = self;
    this.#duty = duty;
  }

  colleagues(): Promise<Colleague[]> {
    return Promise.resolve([this.#self, ...COLLEAGUES]);
  }

  duty(): DutyContact[] {
    return this.#duty();
  }
}
