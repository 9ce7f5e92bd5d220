/**
 * The nouns of the vault: what the screens say to it and hear from it. No DOM, no words: a failure is a `Problem` whose
 * code has words in static/messages.
 *
 * Rules:
 * - A promise of anything that writes resolves only after the strict transaction completed (see database.ts).
 * - Ids are base64url text; times are milliseconds since 1970; a `card` is its canonical code.
 * - Without a `Session` nothing of a person can be read; what was signed before can still be sent.
 */

/** What stands between a sealed submission and the centre (PROTOCOL 9). `removed` = was safe, bytes gone after 30 days. */
export type DeliveryState = "tablet" | "carried" | "safe" | "removed";

export interface Status {
  state: "new" | "enrolled";
  /** Why a tablet that was enrolled is new again: `storage_gone`. */
  problem: string | null;
  device: { name: string; site: string; siteName: string; programmeName: string; digits: string } | null;
  /**
   * Who may unlock here: everybody of the site. `ready` = their slot is here, so it works with the wire cut; `added` = a
   * colleague added on the spot, on this tablet only.
   */
  staff: { id: string; name: string; drafts: number; ready: boolean; added: boolean }[];
  counts: Counts;
  /** The desk has confirmed this tablet: it holds the key of its site's people list. */
  confirmed: boolean;
  /** When the oldest submission was sealed that is on this tablet only, by this clock; null when there is none. */
  oldestUnsent: number | null;
  /** Entries of other tablets that did not open here, by problem; they are shown to nobody and hold up nothing. */
  skipped: Record<string, number>;
  lastContact: number | null;
  /** Time of the newest directory entry known here. */
  keysConfirmed: number | null;
  release: string;
  unlocked: boolean;
  alarms: Alarm[];
}

/** Submissions by where they stand; `removed` counts as safe. */
export interface Counts {
  tablet: number;
  carried: number;
  safe: number;
}

/** `split_directory`, `shortened_directory`, `fork`, `directory_refused`, `centre_lost`: kept until told to a person. */
export interface Alarm {
  code: string;
  at: number;
  detail: Record<string, unknown>;
}

export type EnrolStep = "link" | "directory" | "keys" | "register" | "keep" | "done";

/** One form version as the directory publishes it. */
export interface FormVersion {
  form: string;
  number: number;
  /** base64url SHA-256 of the compiled form's bytes, as in `/forms/{version}.json`. */
  version: string;
  audiences: { audience: string; bucket: number }[];
  /** The newest of its form: what a new draft begins with. Older ones are here for drafts that began with them. */
  newest: boolean;
  /** Drafts on this tablet that began with it, anybody's. */
  drafts: number;
}

/** What a draft remembers beside the answers. */
export interface DraftState {
  language: string;
  /** Section shown last, from 0. */
  section: number;
  /** For the list of drafts and the top bar; null until known. */
  card: string | null;
  name: string | null;
  /** The form engine's `draft()`. */
  answers: unknown;
  /** What the tablet remembers of the talk beside the answers (sitting, known …); the vault does not look inside. */
  talk: unknown;
  /** Why the talk was stopped (a reason's code), or null. */
  stopped: string | null;
  /** Station of the form. */
  station: string | null;
  /** Earliest deadline of the flags raised in it, ms; never of those whose level is not told. */
  due: number | null;
  /** Local date and time of the talk, given to the engine again when the draft is opened. */
  today: string;
  now: string;
}

export interface DraftRow {
  id: string;
  /** Form key and version it began with; it stays with that version. */
  form: string;
  version: string;
  begun: number;
  /** null = nothing was saved yet. */
  savedAt: number | null;
  /** null = nothing was saved yet. */
  language: string | null;
  section: number;
  card: string | null;
  name: string | null;
  stopped: string | null;
  station: string | null;
  due: number | null;
  /** Who had it before, oldest first. */
  hands: Hand[];
  /** `broken_record` when its bytes were changed on disk; it stays, so that recovery may try. */
  problem: string | null;
}

/** Somebody who held a draft until they handed it over. */
export interface Hand {
  id: string;
  name: string;
  at: number;
}

export interface OpenDraft extends DraftRow {
  state: DraftState | null;
}

/** One part's plaintext: what the form's `split` gives, its bucket from the compiled form. */
export interface Payload {
  audience: string;
  bucket: number;
  json: unknown;
  /** Names of the draft's attachments that this audience reads; all others go with the draft. */
  attachments?: readonly string[];
}

/** A picture, a signature, a sound or a file of a draft. `type` is its media type. */
export interface Attached {
  type: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** One row of the site's people list (the form's `PersonRow`). Never an answer, a score or a level. */
export interface Person {
  card: string;
  family_card?: string;
  name?: string;
  sex?: string;
  birth_date?: string;
  birth_date_precision?: string;
  /** Closed by this submission. */
  stations: string[];
  /** 0 = somebody must go to this person now, 1 = before the others, 2 = in turn. */
  queue?: 0 | 1 | 2;
  /** What was sealed of an unfinished form. */
  part?: Part;
  not_wanted?: NotWanted;
  /** Card that this one takes the place of. */
  replaces?: string;
  /** Card of the twin. */
  twin_of?: string;
}

export interface Part {
  /** Form key and version (b64) that it was begun with. */
  form: string;
  version: string;
  submission: string;
  /** References of the sections that are done. */
  sections: string[];
}

export interface NotWanted {
  station: string;
  /** YYYY-MM-DD, or null. */
  again_on: string | null;
}

/** A person as known here: what their rows say together, the newest word first (people.ts has the rules). */
export interface PersonHere extends Person {
  /** When their newest row was sealed, by this tablet's clock. */
  at: number;
  /** When their oldest row was sealed: since when they are known here. */
  first: number;
  /** Submission their newest row came from. */
  submission: string;
  /** Every code this person had, the present one first; empty for a person without a card. */
  codes: string[];
  /** Whether the newest row was sealed on this tablet. */
  from: "here" | "site";
  /** Name of the tablet that sealed the newest row. */
  device: string | null;
  /** What is still unfinished, newest first; `part` is the first of them. Sections of the same form are counted together. */
  parts: Part[];
  /** Stations that are done, or not wanted. */
  closed: Record<string, Closed>;
  /** Two submissions say different people of this card at one station: somebody must look. */
  twice: boolean;
}

export interface Closed {
  at: number;
  device: string | null;
  submission: string;
  /** Where that submission stands; null when another tablet sealed it: it came from the centre. */
  state: DeliveryState | null;
  /** Set when it was not wanted rather than done. */
  not_wanted?: NotWanted;
}

/** A note about a card, on this tablet only: *Not now*, *Stopped here*. Under the vault key. */
export interface Mark {
  id: string;
  card: string;
  station: string;
  kind: "not_now" | "stopped";
  /** A reason's code. */
  reason: string;
  at: number;
  by: { id: string; name: string };
}

/** Whom to call at this site. */
export interface DutyContact {
  name: string;
  contact: string;
  what: string;
}

/** Somebody a draft can be handed to. `ready` = they can unlock this tablet with the wire cut. */
export interface Colleague {
  id: string;
  name: string;
  stations: string[];
  ready: boolean;
  added: boolean;
}

/** The end of the shift: how far this tablet's log goes, for the desk to read off the screen (PROTOCOL 5.3). */
export interface ShiftHead {
  seq: number;
  time: number;
  /** For a QR code in alphanumeric mode. */
  qr: string;
  /** To be read out; says the number, proves nothing. */
  code: string;
}

/** What the outbox shows of a submission; encrypted under the vault key. */
export interface SealLabels {
  /** Short title of the form, in every language. */
  title: Record<string, string>;
  card: string | null;
  name: string | null;
  people: Person[];
}

export interface OutboxRow {
  submission: string;
  seq: number;
  form: string;
  version: string;
  sealedAt: number;
  state: DeliveryState;
  /** When its newest receipt was verified. */
  receiptAt: number | null;
  /** Why a store did not take it, or null. */
  problem: string | null;
  title: Record<string, string>;
  card: string | null;
  name: string | null;
  /** How many of its attachments a store has, until it has them all; null when there is none. */
  attachments: { sent: number; all: number } | null;
}

export interface Sealed {
  submission: string;
  seq: number;
  sealedAt: number;
}

/** What one push did. A problem that stopped it is thrown; those of single entries stand in the outbox. */
export interface Delivered {
  sent: number;
  counts: Counts;
  alarms: Alarm[];
}

export interface Session {
  readonly staff: { id: string; name: string };
  newDraft(of: { form: string; version: string }): Promise<DraftRow>;
  /** The author's own, newest first. */
  drafts(): Promise<DraftRow[]>;
  openDraft(id: string): Promise<OpenDraft>;
  /** Resolves with the time of the save that holds this state or a later one. Saves of a draft are in order; the last state wins. */
  saveDraft(id: string, state: DraftState): Promise<number>;
  discardDraft(id: string): Promise<void>;
  /**
   * Keeps an attachment with a draft, under the draft's key; resolves with its name when it is on disk. An answer holds
   * the name. Problems: `attachments_full`, `storage_full`.
   */
  attach(draftId: string, attached: Attached): Promise<string>;
  /** Problems: `attachment_missing`, `broken_record`. */
  attachment(draftId: string, name: string): Promise<Attached>;
  /** Erases all attachments of a draft but these: what was replaced or taken away. */
  keepAttachments(draftId: string, names: readonly string[]): Promise<void>;
  /**
   * Atomic: afterwards the submission is in the outbox and the draft is gone, or nothing happened. `continues` = the
   * submission (b64) that this one goes on with.
   */
  seal(
    draftId: string,
    payloads: readonly Payload[],
    labels: SealLabels,
    links?: { continues?: string | null },
  ): Promise<Sealed>;
  /** The draft is theirs from now on, and closed to its giver. Problems: `unknown_colleague`, `not_your_draft`. */
  handOver(draftId: string, staffId: string): Promise<void>;
  /** Newest first. */
  outbox(): Promise<OutboxRow[]>;
  /** Everybody of the site as known here, newest first. Rows are shared: read them, never change them. */
  people(): Promise<readonly PersonHere[]>;
  /** By any code they ever had. */
  person(card: string): Promise<PersonHere | null>;
  /** Oldest first. */
  marks(): Promise<Mark[]>;
  mark(one: Omit<Mark, "id" | "at" | "by">): Promise<Mark>;
  unmark(id: string): Promise<void>;
  /**
   * On the spot, without the wire: they unlock this tablet only, until it is closed or for 24 hours. The passphrase is
   * shown once.
   */
  addColleague(name: string, stations: readonly string[]): Promise<{ id: string; passphrase: string }>;
  /** The signed end of the shift. */
  head(): Promise<ShiftHead>;
  /**
   * *Close the tablet*: afterwards no name of a person served is left in the profile but in other people's drafts.
   * Throws `drafts_left {n}` while this person has drafts. Ends the session.
   */
  close(): Promise<void>;
  /** Drops every key. Safe to call twice. Saves under way are finished first. */
  lock(): Promise<void>;
}

export interface VaultEvents {
  /** Another window took over: this one can do nothing any more. */
  taken: undefined;
  /** The browser took the storage away: open the vault again, its status says what is left. */
  gone: undefined;
  /** Something that `status()` tells has changed. */
  changed: undefined;
}

export interface StorageReport {
  persistent: boolean;
  /** Bytes; null when the browser does not tell. */
  used: number | null;
  /** A browser may always tell of some 10 GiB, for privacy: little is a warning, much is no promise. */
  free: number | null;
}

export interface Vault {
  status(): Promise<Status>;
  /** `fragment` = what follows `#` in the invitation's link. Safe to repeat after any interruption with the same link. */
  enrol(fragment: string, onProgress?: (step: EnrolStep) => void): Promise<void>;
  /** Problems: `wrong_passphrase`, `not_ready_here` (no slot yet), `slot_mismatch`, `weak_slot`, `no_worker`. */
  unlock(staffId: string, passphrase: string): Promise<Session>;
  /** The unlocked session, or null. */
  session(): Session | null;
  /** A long press on the lock: drops every key at once, then the people list and the marks. Needs no key. */
  wipe(): Promise<void>;
  /** The site's `service` entries, offline. */
  duty(): DutyContact[];
  /** Everybody of the site who unlocks tablets, and who was added here, by name. */
  colleagues(): Promise<Colleague[]>;
  /** The programme's settings, by name. */
  settings(): Record<string, string | number | boolean | null>;
  push(): Promise<Delivered>;
  /** Pushes now, then every minute, with back-off and jitter after failures, until the returned function is called. */
  keepSyncing(onRound?: (result: Delivered | { problem: string }) => void): { now(): void; stop(): void };
  /** Versions to cache: all of the directory, and those that drafts began with. */
  forms(): Promise<FormVersion[]>;
  /** The compiled form, checked against its version (`hash_differs`). */
  compiledForm(version: string): Promise<unknown>;
  /** Deletes the sealed bytes of what has been safe for `days` (at least 30). Returns how many submissions. */
  removeSafe(days?: number): Promise<number>;
  storage(): Promise<StorageReport>;
  requestPersistence(): Promise<boolean>;
  /** What *Ready for offline* found; told in the next head statement. */
  noteReady(ready: boolean): void;
  on<E extends keyof VaultEvents>(event: E, listener: () => void): () => void;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** "Use here": takes the vault from the other window. */
  takeOver?: boolean;
  /** This build's release, for the head statement. */
  release?: string;
}
