/** Samples of *Find*, of *is it she?*, and of one person. */
import { type FindActions, type FindView, findScreen } from "../../../static/src/tablet/people/find-screen.ts";
import type { Panel, PersonActions, PersonView } from "../../../static/src/tablet/people/model.ts";
import { personScreen } from "../../../static/src/tablet/people/person-screen.ts";
import { families } from "../../../static/src/tablet/today.ts";
import type { PersonHere } from "../../../static/src/vault/index.ts";
import { day, PEOPLE } from "./arrived.ts";
import type { Sample } from "./ground.ts";

const find = (text: string, people: readonly PersonHere[] | null): Sample => {
  const found = people && { people, count: people.length };
  const view: FindView = { wanted: { text, age: null, sex: null }, found };
  return { state: "find", screen: () => (model, act) => findScreen(model, act, view, {} as FindActions) };
};

const someone = (who: PersonHere | null, change: Partial<PersonView> = {}): Sample => {
  const { people, desk } = day();
  const family = families(people, desk).find((one) => one.people.some(({ person }) => person === who))?.people ?? [];
  const one = family.find(({ person }) => person === who) ?? null;
  const forms = { registration: "registration", firstLook: "first_look" };
  const view: PersonView = {
    card: who?.card ?? "3FJK-8QTR-1M",
    one,
    family,
    sure: true,
    said: null,
    panel: null,
    ...forms,
    ...change,
  };
  return { state: "person", screen: () => (model, act) => personScreen(model, act, view, {} as PersonActions) };
};

const open = (who: PersonHere, panel: Panel): Sample => someone(who, { panel });

export const PERSONS: Record<string, Sample> = {
  find: find("айгүл", [PEOPLE.aigul, PEOPLE.timur, PEOPLE.bare]),
  "find-reading": find("", null),
  "find-none": find("Zhanar", []),
  "person-ask": someone(PEOPLE.gulnar, { sure: false }),
  person: someone(PEOPLE.aigul),
  "person-part": someone(PEOPLE.timur),
  "person-not-wanted": someone(PEOPLE.gulnar),
  "person-not-now": open(PEOPLE.bare, { is: "not_now", station: "medical" }),
  "person-again": open(PEOPLE.bare, { is: "not_wanted", station: "medical" }),
  "person-twin": open(PEOPLE.samat, { is: "twin" }),
  "person-twice": someone(PEOPLE.twice, { said: "The draft is about this person now." }),
  "person-twice-ask": someone(PEOPLE.twice, { sure: false }),
  "person-unknown": someone(null),
};
