/**
 * Where the tablet stands and what can move it: the whole machine is the table below, no I/O in here.
 *
 * Rules:
 * - An event that a state does not list changes nothing: a late answer or a double tap cannot lose a screen.
 * - Every state lists `taken` (another window took the vault) and, once the vault is open, `gone` (the browser took the
 *   storage away); every unlocked state lists `rest` and `lock`.
 * - Nothing leads from `form` or `seal` anywhere but through an event that is sent after the draft is on disk, or by
 *   `practice`, which has no draft.
 */

const TAKEN = { taken: "elsewhere", gone: "opening" } as const;
/** `rest` locks the screen only (a PIN reopens it); `lock` lets the keys go; `practice` = practice began or ended. */
const LOCKS = { rest: "pin", lock: "unlock", practice: "home", ...TAKEN } as const;

export const TABLE = {
  /** The vault is being opened. */
  opening: {
    new: "start",
    invited: "enrol",
    enrolled: "unlock",
    open_elsewhere: "elsewhere",
    failed: "broken",
    ...TAKEN,
  },
  /** Another window holds the vault. */
  elsewhere: { use_here: "opening" },
  /** The vault would not open. */
  broken: { again: "opening", ...TAKEN },
  /** No device yet, and no invitation. */
  start: { invited: "enrol", invitation: "invitation", ...TAKEN },
  /** The camera looks for an invitation. */
  invitation: { leave: "start", invited: "enrol", ...TAKEN },
  enrol: { enrolled: "ready", already: "unlock", ...TAKEN },
  /** Ready for offline: the plain checks. Reached from enrolment and from home or unlock. */
  ready: { work: "unlock", work_unlocked: "home", lock: "unlock", ...TAKEN },
  unlock: { unlocked: "home", check: "ready", invited: "enrol", ...TAKEN },
  /** The screen is locked within a shift: the PIN reopens it, keys are still in memory. */
  pin: { unlocked: "home", lock: "unlock", ...TAKEN },
  home: {
    open: "form",
    outbox: "outbox",
    check: "ready",
    scan: "scan",
    find: "find",
    person: "person",
    hand: "handover",
    sit: "sitting",
    colleague: "colleague",
    end: "shift_end",
    ...LOCKS,
  },
  /** A card by camera or by its typed code. */
  scan: { leave: "home", person: "person", back_to_person: "person", sit: "sitting", open: "form", ...LOCKS },
  find: { leave: "home", person: "person", scan: "scan", ...LOCKS },
  person: { leave: "home", scan: "scan", sit: "sitting", open: "form", person: "person", ...LOCKS },
  /** Language, interpreter, who is near: asked once, before the first form of a person. */
  sitting: { leave: "home", person: "person", open: "form", answer: "form", ...LOCKS },
  form: {
    leave: "home",
    person: "person",
    finish: "seal",
    give: "given",
    sit: "sitting",
    hand: "handover",
    ...LOCKS,
  },
  /** The tablet is in the hands of the person who is asked: only her questions, no name, no way back. */
  given: { returned: "form", ...LOCKS },
  seal: { answer: "form", sealed: "home", person: "person", ...LOCKS },
  /** A colleague is chosen who goes on with a draft. */
  handover: { leave: "home", answer: "form", ...LOCKS },
  outbox: { leave: "home", end: "shift_end", ...LOCKS },
  colleague: { leave: "home", ...LOCKS },
  /** The end of a shift: the head as QR, what is left, *Close the tablet*. */
  shift_end: {
    leave: "home",
    outbox: "outbox",
    open: "form",
    sit: "sitting",
    hand: "handover",
    closed: "closed",
    ...LOCKS,
  },
  /** After *Close the tablet*: nothing of a person is here any more. */
  closed: { again: "unlock", ...TAKEN },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type State = keyof typeof TABLE;
type EventsOf<S> = S extends State ? keyof (typeof TABLE)[S] : never;
export type Move = EventsOf<State>;

export const FIRST: State = "opening";

/** States whose screens come with later.ts: nothing of them is loaded before home. */
export const LATER = [
  "invitation",
  "pin",
  "scan",
  "find",
  "person",
  "sitting",
  "form",
  "given",
  "seal",
  "handover",
  "colleague",
  "shift_end",
  "closed",
] as const satisfies readonly State[];
export type LaterState = (typeof LATER)[number];

/** States in which somebody's work is on the screen. */
export const UNLOCKED: ReadonlySet<State> = new Set<State>(
  (Object.keys(TABLE) as State[]).filter((state) => "rest" in TABLE[state]),
);

/** The state after `move`; the same one when it means nothing here. */
export function after(state: State, move: Move): State {
  const row: Readonly<Partial<Record<Move, State>>> = TABLE[state];
  return row[move] ?? state;
}
