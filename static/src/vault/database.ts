/**
 * The tablet's IndexedDB.
 *
 * Rules:
 * - Every write goes through `write`: durability "strict", done only when the transaction completed. The browser's
 *   default lost every acknowledged save in a power cut.
 * - Inside `write` nothing but the database may be awaited: anything else would end the transaction half-way. All bytes
 *   are made before.
 * - What names or describes a person is in a `sealed` field (records.ts). Everything else here may be read by a thief.
 * - A failure is `storage_full` or `storage_failed`, and nothing of that transaction was written.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from "idb";
import type { Bytes } from "../sync/bytes.ts";
import { vaultProblem } from "./problems.ts";
import type { Alarm, DeliveryState } from "./types.ts";

/** This tablet's own identity. `pending` until the centre has appended its `device` entry. */
export interface DeviceRow {
  state: "pending" | "enrolled";
  programme: Bytes;
  name: string;
  site: string;
  /** Key id of the invitation. */
  invitation: Bytes;
  /** Public keys, and the signature that proves them. */
  signing: Bytes;
  reading: Bytes;
  proof: Bytes;
  /** Under the vault key: both private halves. */
  sealed: Bytes;
}

export interface DirectoryRow {
  bytes: Bytes;
  signature: Bytes;
  hash: Bytes;
}

/** A log of this profile. `current` is the one that is written; `moved` says that the next seal begins another. */
export interface LogRow {
  log: Bytes;
  seq: number;
  hash: Bytes;
  moved: boolean;
}

export interface PartName {
  /** Key in `parts`: b64 of the object id. */
  key: string;
  id: Bytes;
  size: number;
}

/** A chunk of an attachment, in `parts` too. `sent`: a store has it, as far as known; only `have` is the truth. */
export interface ChunkName extends PartName {
  sent: boolean;
}

/** A sealed submission. Stays when its bytes are removed: it is the chain that a restored profile is told by. */
export interface EntryRow {
  /** b64 log ‖ "/" ‖ seq in ten digits. */
  place: string;
  log: Bytes;
  seq: number;
  hash: Bytes;
  bytes: Bytes;
  signature: Bytes;
  submission: string;
  form: string;
  version: string;
  sealedAt: number;
  state: DeliveryState;
  receiptAt: number | null;
  /** When it became safe, by this clock; null before. */
  safeAt: number | null;
  problem: string | null;
  parts: PartName[];
  /** In the manifest's order; absent in what an older release sealed. */
  chunks?: ChunkName[];
  /** Under the vault key: what the outbox shows. */
  sealed: Bytes;
}

export interface ReceiptRow {
  bytes: Bytes;
  signature: Bytes;
}

export interface DraftRecord {
  id: string;
  author: string;
  form: string;
  version: string;
  begun: number;
  savedAt: number | null;
  /** The draft's key, sealed to its author's work key and to recovery. */
  wraps: { reader: Bytes; sealed: Bytes }[];
  /** Under the draft's key: who had it before. Absent until it is handed over. */
  hands?: Bytes;
  /** Under the draft's key; null before the first save. */
  sealed: Bytes | null;
}

/** A colleague added on the spot. Staff names stand in the directory too; of a person served nothing is here. */
export interface ColleagueRow {
  id: string;
  name: string;
  stations: string[];
  /** Public work key. */
  work: Bytes;
  slot: Bytes;
  /** The vault key, sealed to that work key. */
  wrap: Bytes;
  /** Staff id of who added them. */
  by: string;
  added: number;
}

/** How far this tablet has read a store's feed. */
export interface Cursor {
  /** b64 key id of the store whose numbers these are. */
  store: string;
  at: number;
  /** The first number that wanted a key, or a directory, that was not here; null when nothing waits. */
  back: number | null;
  /** What was here then: b64 key ids of the site's people keys, and how far the directory went. */
  held: string[];
}

/** Facts about this profile, one record each. */
export interface Facts {
  currentLog: string;
  lastContact: number;
  /** Milliseconds from this clock to the last store's. */
  offset: number;
  /** The last store's clock at the last contact. */
  storeTime: number;
  alarms: Alarm[];
  cursor: Cursor;
  /** Changes when the people list is dropped: what was read before must not come back. */
  era: string;
  /** The problem of other tablets' entries that did not open here, by b64 hash: counted once, however often read. */
  skipped: Record<string, string>;
}

export interface Schema extends DBSchema {
  device: { key: "device"; value: DeviceRow };
  directory: { key: number; value: DirectoryRow };
  slots: { key: string; value: Bytes };
  /** The vault key, sealed to a work key; by b64 key id of that. */
  vaultKeys: { key: string; value: Bytes };
  logs: { key: string; value: LogRow };
  entries: { key: string; value: EntryRow; indexes: { state: DeliveryState } };
  parts: { key: string; value: Bytes };
  /** Newest receipt, by b64 of store ‖ entry hash. */
  receipts: { key: string; value: ReceiptRow };
  /** Newest head statement, by b64 log. */
  heads: { key: string; value: ReceiptRow };
  /** The people list under the vault key, in pages of many submissions (people.ts); their keys tell nothing. */
  people: { key: string; value: Bytes };
  /** Under the vault key, by random id. */
  marks: { key: string; value: Bytes };
  colleagues: { key: string; value: ColleagueRow };
  drafts: { key: string; value: DraftRecord; indexes: { author: string } };
  /** Attachments of drafts, each under its draft's key (attachments.ts). */
  pieces: { key: string; value: Bytes };
  facts: { key: keyof Facts; value: Facts[keyof Facts] };
}

export type Database = IDBPDatabase<Schema>;
export type Store = StoreNames<Schema>;
export type Writing<S extends Store> = IDBPTransaction<Schema, S[], "readwrite">;

const NAME = "esik";
/** 2 added marks and colleagues, 3 pieces. What version 1 kept stays; `people` rows are folded into pages later. */
const VERSION = 3;

/** `gone` is called when the browser closes the database by itself: its storage was cleared. */
export async function openDatabase(gone: () => void): Promise<Database> {
  try {
    return await openDB<Schema>(NAME, VERSION, { upgrade, terminated: gone });
  } catch (cause) {
    throw storageProblem(cause);
  }
}

function upgrade(db: Database, from: number): void {
  if (from < 1) createFirst(db);
  if (from < 2) for (const store of ["marks", "colleagues"] as const) db.createObjectStore(store);
  if (from < 3) db.createObjectStore("pieces");
}

function createFirst(db: Database): void {
  for (const store of ["device", "slots", "vaultKeys", "parts", "receipts", "heads", "people", "facts"] as const) {
    db.createObjectStore(store);
  }
  db.createObjectStore("directory");
  db.createObjectStore("logs");
  db.createObjectStore("entries", { keyPath: "place" }).createIndex("state", "state");
  db.createObjectStore("drafts", { keyPath: "id" }).createIndex("author", "author");
}

/** Runs `work` in one strict transaction; resolves after it completed. All of it is written, or nothing. */
export async function write<S extends Store, T>(
  db: Database,
  stores: S[],
  work: (tx: Writing<S>) => Promise<T> | T,
): Promise<T> {
  let tx: Writing<S>;
  try {
    tx = db.transaction(stores, "readwrite", { durability: "strict" });
  } catch (cause) {
    throw storageProblem(cause);
  }
  // The outcome is awaited below; this keeps an early abort from being reported as nobody's.
  tx.done.catch(() => undefined);
  try {
    const result = await work(tx);
    await tx.done;
    return result;
  } catch (cause) {
    abort(tx);
    throw storageProblem(tx.error ?? cause);
  }
}

/** Reads that fail because the browser took the storage away are `storage_failed`, not a bug. */
export async function read<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw storageProblem(cause);
  }
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch {
    // It had ended already.
  }
}

/** DOMExceptions become Problems; everything else, Problems too, passes. */
export function storageProblem(cause: unknown): unknown {
  if (!(cause instanceof DOMException)) return cause;
  const full = cause.name === "QuotaExceededError";
  return vaultProblem(full ? "storage_full" : "storage_failed", { name: cause.name }, cause);
}

/** The key of an entry: sorts by number within its log. */
export function place(log: string, seq: number): string {
  return `${log}/${String(seq).padStart(10, "0")}`;
}

/** Every piece of a draft, or of one attachment of it. */
export function piecesOf(draft: string, name?: string): IDBKeyRange {
  const of = name === undefined ? draft : `${draft}/${name}`;
  return IDBKeyRange.bound(of, `${of}/~`);
}

export async function fact<K extends keyof Facts>(db: Database, name: K): Promise<Facts[K] | undefined> {
  return (await read(() => db.get("facts", name))) as Facts[K] | undefined;
}
