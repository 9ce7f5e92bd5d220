/**
 * Where the tablet stands and what can move it: the whole machine is the table below, no I/O in here.
 *
 * Rules:
 * - An event that a state does not list changes nothing: a late answer or a double tap cannot lose a screen.
 * - Every state lists `taken` (another window took the vault); every unlocked state lists `lock`.
 * - Nothing leads from `form` or `seal` anywhere but through an event that is sent after the draft is on disk.
 */

const TAKEN = { taken: "elsewhere" } as const;

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
  start: { invited: "enrol", ...TAKEN },
  enrol: { enrolled: "ready", already: "unlock", ...TAKEN },
  /** Ready for offline: the plain checks. Reached from enrolment and from home or unlock. */
  ready: { work: "unlock", work_unlocked: "home", lock: "unlock", ...TAKEN },
  unlock: { unlocked: "home", check: "ready", invited: "enrol", ...TAKEN },
  home: { open: "form", outbox: "outbox", check: "ready", lock: "unlock", ...TAKEN },
  form: { leave: "home", finish: "seal", lock: "unlock", ...TAKEN },
  seal: { answer: "form", sealed: "home", lock: "unlock", ...TAKEN },
  outbox: { leave: "home", lock: "unlock", ...TAKEN },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type State = keyof typeof TABLE;
type EventsOf<S> = S extends State ? keyof (typeof TABLE)[S] : never;
export type Move = EventsOf<State>;

export const FIRST: State = "opening";

/** States in which keys are in memory. */
export const UNLOCKED: ReadonlySet<State> = new Set<State>(["home", "form", "seal", "outbox"]);

/** The state after `move`; the same one when it means nothing here. */
export function after(state: State, move: Move): State {
  const row: Readonly<Partial<Record<Move, State>>> = TABLE[state];
  return row[move] ?? state;
}
