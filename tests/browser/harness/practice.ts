/** Samples of practice: home with the made-up family, a form and its check, the outbox from which nothing is sent. */
import { Desk } from "../../../static/src/tablet/plan.ts";
import { FAMILY, madeUp } from "../../../static/src/tablet/practice/family.ts";
import { around } from "../../../static/src/tablet/practice/screens.ts";
import { homeOf, noHome } from "../../../static/src/tablet/today.ts";
import type { OutboxRow } from "../../../static/src/vault/index.ts";
import { mergePeople } from "../../../static/src/vault/merging.ts";
import { FILLING } from "./filling.ts";
import { at, NOW, type Sample } from "./ground.ts";

const { people } = mergePeople(madeUp(NOW));
const desk = new Desk({ now: NOW, plan: [], drafts: [], marks: [], stations: [] });
const home = homeOf({ people, desk }, [], { ...noHome(), all: true }, true);

const title = { en: "Registered", kk: "Тіркелді" };
const kept = { submission: "1", form: "registration", version: "v", receiptAt: null, problem: null, name: null, attachments: null };
const row: OutboxRow = { ...kept, seq: 1, sealedAt: at("14:08"), state: "tablet", title, card: FAMILY };

/** As App does it. */
const sample = (one: Sample): Sample => ({
  ...one,
  model: () => ({ ...(typeof one.model === "function" ? one.model() : one.model), practice: true }),
  around: around(() => undefined),
  then: async (language) => {
    document.documentElement.toggleAttribute("data-practice", true);
    await one.then?.(language);
  },
});

const [form, seal] = [FILLING["form"], FILLING["seal"]];

export const PRACTICE: Record<string, Sample> = {
  "practice-home": sample({ state: "home", model: { home, notice: { kind: "practised", at: at("14:08") } } }),
  ...(form ? { "practice-form": sample(form) } : {}),
  ...(seal ? { "practice-seal": sample(seal) } : {}),
  "practice-outbox": sample({ state: "outbox", model: { outbox: { rows: [row], all: false } } }),
  "practice-outbox-empty": sample({ state: "outbox", model: { problem: { code: "practice_only" } } }),
};
