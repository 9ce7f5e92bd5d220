/** Invented people of an arrival point at 14:09: what is done for them, what waits, and the plan that asks it. */
import { Desk, type PlannedForm } from "../../../static/src/tablet/plan.ts";
import type { Day } from "../../../static/src/tablet/today.ts";
import type { Closed, DraftRow, Mark, PersonHere } from "../../../static/src/vault/index.ts";
import { at, NOW } from "./ground.ts";

type Pair = readonly [en: string, kk: string];

function station(key: string, short: Pair, title: Pair, more: Partial<PlannedForm> = {}): PlannedForm {
  const words = ([en, kk]: Pair) => ({ en, kk, "": en });
  const due = { notBefore: 0, due: 3, ages: [null, null] as const };
  const names = { title: words(title), short: words(short) };
  return { form: key, version: `${key}-1`, station: key, subject: "person", ...names, ...due, ...more };
}

const PLAN = [
  station("first_look", ["First look", "Алғашқы қарау"], ["First look", "Алғашқы қарау"]),
  station("registration", ["Registered", "Тіркелді"], ["Registration", "Тіркеу"], { subject: "household" }),
  station("medical", ["Medical", "Медицина"], ["Medical screening", "Медициналық тексеру"]),
  station("education", ["Education", "Білім"], ["Education", "Білім"], { ages: [6, 17] }),
  station("family", ["Family", "Отбасы"], ["Family needs", "Отбасының мұқтажы"], { notBefore: 1 }),
];

const closed = (clock: string, more: Partial<Closed> = {}): Closed => {
  return { at: at(clock), device: null, submission: clock, state: "safe", ...more };
};

function person(card: string, clock: string, more: Partial<PersonHere> = {}): PersonHere {
  const here = { at: at(clock), first: at(clock), submission: card, codes: [card], from: "here" as const, device: null };
  return { card, stations: [], parts: [], closed: {}, twice: false, ...here, ...more };
}

const registered = (clock: string) => ({ registration: closed(clock) });
const there: Closed = closed("13:40", { device: "T-03", state: null });
const unwanted = closed("13:20", { state: "tablet", not_wanted: { station: "medical", again_on: "2026-03-05" } });
const FAMILY = { gulnar: "7KQ4-M2XD-9P", botagoz: "R2XD-0B1C-8M" };

export const PEOPLE: Record<"aigul" | "timur" | "gulnar" | "samat" | "twice" | "bare", PersonHere> = {
  aigul: person("4MWP-6ZRD-8K", "09:10", {
    family_card: FAMILY.gulnar,
    name: "Aigul Test-Sample",
    sex: "female",
    birth_date: "2021-11-20",
    queue: 2,
    closed: { first_look: there, ...registered("09:18") },
  }),
  timur: person("T8VB-3HNE-2C", "09:11", {
    family_card: FAMILY.gulnar,
    name: "Timur Test-Sample",
    sex: "male",
    birth_date: "2014-12",
    parts: [{ form: "medical", version: "medical-1", submission: "m", sections: ["danger"] }],
    closed: { ...registered("09:18"), education: closed("11:02", { state: "carried" }) },
  }),
  gulnar: person("7KQ4-M2XD-9P", "09:12", {
    family_card: FAMILY.gulnar,
    name: "Gulnar Test-Sample",
    sex: "female",
    birth_date: "1994-11-30",
    closed: { ...registered("09:18"), medical: unwanted },
  }),
  samat: person("9XHE-2QJT-5V", "12:25", {
    family_card: FAMILY.botagoz,
    name: "Samat Test-Sample",
    sex: "male",
    birth_date: "2025-06-02",
    closed: registered("12:25"),
  }),
  twice: person("R2XD-0B1C-8M", "12:26", {
    family_card: FAMILY.botagoz,
    name: "Botagoz Test-Sample",
    sex: "female",
    birth_date: "1998-09-12",
    queue: 1,
    closed: registered("12:25"),
    twice: true,
  }),
  bare: person("W5TN-1AAA-7Q", "13:58", {
    queue: 0,
    closed: { first_look: closed("13:58", { state: "tablet" }) },
  }),
};

const draft = (form: string, card: string, more: Partial<DraftRow>): DraftRow => ({
  id: `${form} ${card}`,
  form,
  version: `${form}-1`,
  begun: at("13:50"),
  savedAt: at("14:06"),
  language: "en",
  section: 2,
  card,
  name: null,
  stopped: null,
  station: form,
  due: null,
  hands: [],
  problem: null,
  ...more,
});

const mark = (card: string, reason: string): Mark => {
  return { id: card, card, station: "medical", kind: "not_now", reason, at: at("13:35"), by: { id: "1", name: "Dana" } };
};

const drafts = [
  draft("medical", PEOPLE.aigul.card, {
    due: NOW + 22 * 3_600_000,
    hands: [{ id: "2", name: "Marat Test-Staff", at: at("13:59") }],
  }),
];

/** Whoever is unlocked works at the medical station. */
export const day = (people: readonly PersonHere[] = Object.values(PEOPLE)): Day => ({
  people,
  desk: new Desk({ now: NOW, plan: PLAN, drafts, marks: [mark(PEOPLE.samat.card, "asleep")], stations: ["medical"] }),
});
