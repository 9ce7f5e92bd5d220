/** What the sample screens stand on: an invented tablet at 14:09, invented staff and people. */
import type { TemplateResult } from "../../../static/node_modules/lit/html.js";
import type { Wired } from "../../../static/src/tablet/actions.ts";
import type { Later } from "../../../static/src/tablet/later.ts";
import type { Actions, Model } from "../../../static/src/tablet/model.ts";
import type { State } from "../../../static/src/tablet/states.ts";
import type { Status } from "../../../static/src/vault/index.ts";

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
