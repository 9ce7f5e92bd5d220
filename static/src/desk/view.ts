// What the screens are given: plain values, ready to be shown. Screens are functions of this and nothing else.
import type { Language, Failure as ShownProblem } from "../ui/index.ts";
import type { AnswerGroup } from "./answers.ts";
import type { Attached, AttachmentActions, AttachmentState } from "./attachments.ts";
import type { ChoresActions, ChoresDialog, ChoresView, ReconcileView } from "./chores-view.ts";
import type { TabletRow, Truth } from "./fleet.ts";
import type { FormsActions, FormsDialog, FormsView } from "./forms-view.ts";
import type { InboxRow } from "./inbox.ts";
import type { Decision, Failure } from "./records.ts";
import type { Route, Shown } from "./route.ts";
import type { Told, ToldFlag } from "./told.ts";

/** Steps of signing in, in order. */
export const SIGN_IN_STEPS = ["find", "derive", "slot", "directory", "grants"] as const;
export type SignInStep = (typeof SIGN_IN_STEPS)[number];

export type DoorView = {
  language: Language;
  release: string;
  /** the step under way, or null when nothing runs */
  step: SignInStep | null;
  /** which field is empty */
  missing: "name" | "passphrase" | null;
  problem: ShownProblem | null;
  /** the desk locked itself */
  rested: boolean;
  passphraseShown: boolean;
};

/** A flag in the words of the form: what to do. */
export type FlagView = ToldFlag & { action: string };

export type PartView = {
  audience: string;
  state:
    | { is: "open"; answers: AnswerGroup; formNumber: number; language: string; flags: FlagView[] }
    | { is: "sealed" }
    | { is: "erased" }
    | { is: "waiting" }
    | { is: "unreached" }
    | { is: "failed"; failure: Failure };
};

export type SubmissionView = {
  row: InboxRow;
  /** place in the list that it was opened from */
  place: { n: number; of: number; previous: string | null; next: string | null };
  failure: Failure | null;
  parts: PartView[];
  staff: string | null;
  tablet: string;
  seq: number;
  sealedAt: number;
  receivedAt: number;
  /** the tablet says a time more than a day after the centre took it in */
  clockOff: boolean;
  version: string;
  formNumber: number | null;
  /** the centre's receipt was verified */
  safe: boolean;
  twins: { hash: string; receivedAt: number; tablet: string }[];
  successors: { hash: string; receivedAt: number; tablet: string }[];
  /** of any opened part: the same in each but for the flags */
  told: Told | null;
  /** the piece that this one goes on with; `hash` null when it is not here */
  before: { hash: string | null } | null;
  /** pieces that go on with this one */
  after: { hash: string; receivedAt: number; tablet: string }[];
  decisions: Decision[];
  mayDecide: boolean;
};

export type DeskView = {
  language: Language;
  release: string;
  now: number;
  programme: string;
  person: { name: string; administrator: boolean };
  /** audiences held */
  held: string[];
  siteName: (site: string) => string;
  /** the title of a form version, or the beginning of its id while the form is not here */
  formName: (version: string) => string;
  route: Route;
  truth: Truth;
  /** the first reading of what is there is still under way */
  reading: boolean;
  /** since when the centre does not answer */
  away: number | null;
  alarms: ShownProblem[];
  rows: InboxRow[];
  /** how many rows of a list are drawn; the rest follows on asking */
  limit: number;
  counts: Record<Shown, number>;
  opening: { done: number; all: number };
  submission: SubmissionView | null;
  /** how far an attachment of the page is opened */
  attached: (which: Attached) => AttachmentState;
  fleet: TabletRow[];
  keptApart: number;
  chores: ChoresView;
  /** only on its page */
  forms: FormsView | null;
  reconcile: ReconcileView | null;
  dialog: Dialog;
};

export type Dialog =
  | null
  | { is: "keys" }
  | { is: "return"; of: string; site: string; words: string; missing: boolean }
  | FormsDialog
  | ChoresDialog;

/** What a person can do; the desk does it. */
export type DoorActions = {
  speak(language: Language): void;
  unlock(name: string, passphrase: string): void;
  showPassphrase(shown: boolean): void;
};

export type DeskActions = {
  speak(language: Language): void;
  lock(): void;
  accept(of: string): void;
  askReturn(of: string): void;
  /** the question as it is typed, so that locking can keep it, sealed */
  writeReturn(words: string): void;
  sendReturn(of: string, words: string): void;
  closeDialog(): void;
  attachments: AttachmentActions;
  showKeys(): void;
  showMore(): void;
  showAll(): void;
  ask(dialog: ChoresDialog | FormsDialog): void;
  chores: ChoresActions;
  forms: FormsActions;
};
