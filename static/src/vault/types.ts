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
  /** Who may unlock here: everybody of the site. `ready` = their slot is here, so it works with the wire cut. */
  staff: { id: string; name: string; drafts: number; ready: boolean }[];
  counts: Counts;
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
  /** `broken_record` when its bytes were changed on disk; it stays, so that recovery may try. */
  problem: string | null;
}

export interface OpenDraft extends DraftRow {
  state: DraftState | null;
}

/** One part's plaintext: what the form's `split` gives, its bucket from the compiled form. */
export interface Payload {
  audience: string;
  bucket: number;
  json: unknown;
}

/** One row of the site's people list (the form's `PersonRow`). */
export interface Person {
  card: string;
  family_card?: string;
  name?: string;
  sex?: string;
  birth_date?: string;
  birth_date_precision?: string;
  stations: string[];
}

export interface PersonHere extends Person {
  /** When their newest row was sealed here. */
  at: number;
  /** Submission their newest row came from. */
  submission: string;
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
  /** Atomic: afterwards the submission is in the outbox and the draft is gone, or nothing happened. */
  seal(draftId: string, payloads: readonly Payload[], labels: SealLabels): Promise<Sealed>;
  /** Newest first. */
  outbox(): Promise<OutboxRow[]>;
  /** The newest row of each card, newest first. */
  people(): Promise<PersonHere[]>;
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
