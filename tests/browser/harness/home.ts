/** Samples of home. */
import { type DraftCard, homeOf, noHome } from "../../../static/src/tablet/today.ts";
import { day, PEOPLE } from "./arrived.ts";
import { at, type Sample } from "./ground.ts";

const home = { ...noHome(), canBegin: true };

const draft = (id: string, more: Partial<DraftCard>): DraftCard => {
  const still = { title: "Medical screening", name: null, card: null, savedAt: at("14:06"), givenBy: null };
  return { id, ...still, stopped: null, problem: null, ...more };
};

const drafts = [
  draft("1", { name: "Aigul", card: PEOPLE.aigul.card, givenBy: "Marat Test-Staff" }),
  draft("2", { card: PEOPLE.timur.card, stopped: "tired" }),
  draft("3", { title: "Registration", savedAt: null, problem: "broken_record" }),
];
const full = homeOf(day(), drafts, { ...home, all: true }, true);
const two = homeOf(day([PEOPLE.bare, PEOPLE.samat]), [], { ...home, all: true, shown: 1 }, true);

export const HOME: Record<string, Sample> = {
  home: { state: "home", model: { home, notice: { kind: "sealed", at: at("14:08") }, update: true, pin: "offer" } },
  "home-empty": { state: "home", model: { home } },
  "home-full": { state: "home", model: { home: { ...full, drafts: [] } } },
  "home-drafts": { state: "home", model: { home: full, notice: { kind: "said", text: "Handed over to Marat Test-Staff." } } },
  "home-mine": { state: "home", model: { home: { ...full, drafts: [], all: false } } },
  "home-more": { state: "home", model: { home: two } },
};
