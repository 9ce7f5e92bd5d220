/**
 * Everything that a screen may show, and everything a person can ask of it. Screens are functions of these two.
 *
 * Rules: plain data, made by the controllers; no vault, no engine, no document in here.
 */
import type { Language } from "../ui/languages.ts";
import type { Failure } from "../ui/problem.ts";
import type { EnrolStep, OutboxRow, Status } from "../vault/index.ts";
import type { Battery } from "./carrying.ts";
import type { Check } from "./checks.ts";
import type { Later } from "./later.ts";
import type { SaveState } from "./saving.ts";
import type { SealSummary } from "./sealing.ts";
import type { About, Alarm, Paper, Sitting } from "./sitting/model.ts";
import type { State } from "./states.ts";
import type { Home } from "./today.ts";

/** What is under way, so that its button says so and cannot be pressed twice. */
export type Busy =
  | "unlock"
  | "enrol"
  | "checks"
  | "fix"
  | "open"
  | "move"
  | "language"
  | "seal"
  | "send"
  | "lock"
  | "colleague"
  | "close"
  | "update"
  | "later";

/** A good thing that happened, told once. */
export interface Notice {
  kind: "sealed" | "practised" | "sent" | "nothing_to_send" | "said";
  at: number;
  n?: number;
  /** Ready words, of `said`. */
  text?: string;
}

/** Why the keys went: somebody locked, thirty minutes at rest, the shift was over, five wrong PINs, a long press. */
export type Locked = "locked" | "rest" | "shift" | "pin" | "wiped";

export interface FormView {
  title: string;
  name: string | null;
  card: string | null;
  /** Whom it is about; null in a form that registers. */
  about: About | null;
  /** Place among the open sections, from 1. */
  place: number;
  count: number;
  /** Title of the next section; null on the last. */
  next: string | null;
  languages: readonly Language[];
  language: string;
  save: SaveState;
  /** Wrong answers in the whole form. */
  wrong: number;
  /** Flags of P1 that are raised. */
  alarms: readonly Alarm[];
  /** A quiet form calls for somebody: a neutral mark. */
  marked: boolean;
  sitting: Sitting | null;
  /** Something in it is asked in private only. */
  sensitive: boolean;
  /** Why the talk was stopped before, until it goes on. */
  stopped: string | null;
  /** It goes on with what was sealed in part. */
  continues: boolean;
  paper: Paper | null;
  /** About one person. */
  person: boolean;
  /** What is done may be sealed alone. */
  parts: boolean;
  /** It has questions that the person may answer alone now. */
  givable: boolean;
  /** In the hands of the person who is asked. */
  given: boolean;
}

export interface Model {
  state: State;
  release: string;
  now: number;
  busy: Busy | null;
  problem: Failure | null;
  notice: Notice | null;
  /** "Lock anyway": offered only after a lock that could not save. */
  lockBlocked: boolean;
  status: Status | null;
  /** The programme's, by name. */
  settings: Record<string, string | number | boolean | null>;
  battery: Battery | null;
  enrol: { at: EnrolStep | "forms"; done: readonly (EnrolStep | "forms")[] };
  checks: { list: readonly Check[]; at: number } | null;
  unlock: { staff: string | null; shown: boolean; lockedAt: number | null; why: Locked | null };
  /** `offer` = the shift has no PIN yet and nobody said that they want none. */
  pin: "none" | "offer" | "set";
  who: string | null;
  home: Home;
  form: FormView | null;
  seal: SealSummary | null;
  outbox: { rows: readonly OutboxRow[]; all: boolean };
  /** What the last round of delivery met, or null. */
  delivery: Failure | null;
  /** A made-up family in memory: never sealed, never sent. */
  practice: boolean;
  /** A newer release is here, whole, and waits. */
  update: boolean;
}

export interface Actions {
  useHere(): void;
  again(): void;
  language(code: Language): void;
  check(): void;
  fix(check: Check): void;
  work(): void;
  choose(staff: string): void;
  show(): void;
  unlock(passphrase: string): void;
  lock(anyway?: boolean): void;
  /** A long press on the lock. */
  wipe(): void;
  begin(): void;
  resume(draft: string): void;
  showAll(all: boolean): void;
  /** More families of home. */
  more(): void;
  openOutbox(): void;
  leave(): void;
  back(): void;
  next(): void;
  answer(ref: string): void;
  backToForm(): void;
  seal(): void;
  send(): void;
  showAllSealed(): void;
  update(): void;
  /** What lives in later.ts: loaded if it is not yet, then done. */
  later(work: (later: Later) => unknown): void;
}
