/** What the sample screens stand on: an invented tablet at 14:09, invented staff and people. */
import type { TemplateResult } from "../../../static/node_modules/lit/html.js";
import type { Wired } from "../../../static/src/tablet/actions.ts";
import type { Later } from "../../../static/src/tablet/later.ts";
import type { Actions, Model } from "../../../static/src/tablet/model.ts";
import type { State } from "../../../static/src/tablet/states.ts";
import type { PersonHere, Status } from "../../../static/src/vault/index.ts";

export type Screen = (model: Model, act: Actions) => TemplateResult;

/** One picture: the state, and what stands in the model beside the ordinary. */
export interface Sample {
  state: State;
  /** A function where it holds words of the language. */
  model?: Partial<Model> | (() => Partial<Model>);
  /** For states of later.ts: its screen, wired to a tablet that does nothing but paint. */
  screen?(wired: Wired, later: Later): Screen;
  /** What lies around every screen: practice. */
  around?(screen: Screen): Screen;
  /** Once it is shown. */
  then?(language: string): void | Promise<void>;
}

export const NOW = Date.parse("2026-03-02T14:09:00");
export const at = (clock: string): number => Date.parse(`2026-03-02T${clock}:00`);

export const status: Status = {
  state: "enrolled",
  problem: null,
  device: { name: "T-07", site: "a", siteName: "Arrival point A", programmeName: "Sample", digits: "41827 90315 66402 18734 50921" },
  staff: [
    { id: "1", name: "Dana Test-Staff", drafts: 2, ready: true, added: false },
    { id: "2", name: "Marat Test-Staff", drafts: 1, ready: true, added: false },
    { id: "3", name: "Saule Test-Staff", drafts: 0, ready: true, added: false },
    { id: "5", name: "Timur Test-Helper", drafts: 0, ready: true, added: true },
    { id: "4", name: "Yerlan Test-Staff", drafts: 0, ready: false, added: false },
  ],
  confirmed: true,
  oldestUnsent: at("13:41"),
  skipped: {},
  counts: { tablet: 12, carried: 30, safe: 158 },
  lastContact: at("14:05"),
  keysConfirmed: at("09:00"),
  release: "5d1f0c3a9be47726",
  unlocked: false,
  alarms: [],
};

export function person(card: string, family: string, name: string, sex: string, birth: string, clock: string): PersonHere {
  const row = { card, family_card: family, name, sex, birth_date: birth, stations: ["registration"] };
  const submission = `${card}-s`;
  const closed = { registration: { at: at(clock), device: null, submission, state: "tablet" as const } };
  return { ...row, at: at(clock), submission, codes: [card], from: "here", device: null, parts: [], closed, twice: false };
}

export const people = [
  person("W5TN-1AAA-7Q", "W5TN-1AAA-7Q", "Zarina", "female", "1985-04-01", "13:50"),
  person("R2XD-0B1C-8M", "R2XD-0B1C-8M", "Botagoz", "female", "1998-09-12", "12:25"),
  person("9XHE-2QJT-5V", "R2XD-0B1C-8M", "Samat", "male", "2025-06-02", "12:25"),
  person("7KQ4-M2XD-9P", "7KQ4-M2XD-9P", "Gulnar", "female", "1994-11-30", "09:10"),
  person("T8VB-3HNE-2C", "7KQ4-M2XD-9P", "Timur", "male", "2014-12", "09:10"),
  person("4MWP-6ZRD-8K", "7KQ4-M2XD-9P", "Aigul", "female", "2021-11-20", "09:10"),
];
