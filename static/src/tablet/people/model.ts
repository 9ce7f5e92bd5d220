/** What the person's screen shows, and what can be asked of it. */
import type { Mark } from "../../vault/index.ts";
import type { Place } from "../plan.ts";
import type { TodayPerson } from "../today.ts";

/** What stands open beneath the list of forms: one thing at a time. */
export type Panel = { is: "not_now"; station: string } | { is: "not_wanted"; station: string } | { is: "twin" } | null;

export const NOT_NOW = ["asleep", "eating", "doctor", "not_found", "later"] as const;
/** Days until it is offered again. */
export const AGAIN = [1, 3, 7] as const;

export interface PersonView {
  /** Card as scanned or tapped. */
  card: string;
  /** Null = nobody of the site is known by this card here. */
  one: TodayPerson | null;
  family: readonly TodayPerson[];
  /** *Is it she?* was answered. */
  sure: boolean;
  /** What was just put right, in words. */
  said: string | null;
  panel: Panel;
  /** Newest form that registers a household; null while none is here. */
  registration: string | null;
  /** First look of the arrival plan. */
  firstLook: string | null;
}

export interface PersonActions {
  yes(): void;
  otherCard(): void;
  leave(): void;
  start(place: Place): void;
  begin(form: string): void;
  resume(draft: string): void;
  panel(panel: Panel): void;
  notNow(station: string, reason: string): void;
  undo(mark: Mark): void;
  notWanted(station: string, days: number): void;
  open(card: string): void;
  addToFamily(): void;
  newCard(): void;
  anotherFamily(): void;
  twin(card: string): void;
  wrongPerson(draft: string): void;
}
