/** People of a made-up arrival, for tests of home, plan and find. */
import { Desk, type Known, type PlannedForm } from "../../../static/src/tablet/plan.ts";
import type { DraftRow, Mark, PersonHere } from "../../../static/src/vault/index.ts";

export const NOW = new Date(2026, 2, 2, 14, 0).getTime();
export const HOUR = 3_600_000;

export function person(card: string, more: Partial<PersonHere> = {}): PersonHere {
  const at = more.at ?? NOW - HOUR;
  const nothing = { stations: [], submission: "s", from: "here", device: null, parts: [], closed: {}, twice: false };
  return { ...nothing, card, codes: [card], at, first: at, ...more } as PersonHere;
}

export const closed = (at: number, more: Partial<PersonHere["closed"][string]> = {}): PersonHere["closed"][string] => ({
  at,
  device: null,
  submission: "s",
  state: "tablet",
  ...more,
});

const form = (key: string, more: Partial<PlannedForm> = {}): PlannedForm => ({
  form: key,
  version: `${key}-1`,
  station: key,
  subject: "person",
  title: { "": key },
  short: { "": key },
  notBefore: 0,
  due: 0,
  ages: [null, null],
  ...more,
});

export const PLAN: PlannedForm[] = [
  form("first_look"),
  form("registration", { subject: "household" }),
  form("medical", { notBefore: 1, due: 3 }),
  form("education", { ages: [6, 17] }),
];

export function desk(more: Partial<Known> = {}): Desk {
  return new Desk({ now: NOW, plan: PLAN, drafts: [], marks: [], stations: [], ...more });
}

export const draft = (form: string, card: string, more: Partial<DraftRow> = {}): DraftRow =>
  ({
    id: `${form} ${card}`,
    form,
    version: `${form}-1`,
    begun: NOW,
    savedAt: NOW,
    card,
    hands: [],
    due: null,
    ...more,
  }) as DraftRow;

export const mark = (card: string, station: string, at = NOW, kind: Mark["kind"] = "not_now"): Mark => ({
  id: `${card} ${station}`,
  card,
  station,
  kind,
  reason: "asleep",
  at,
  by: { id: "1", name: "Dana" },
});
