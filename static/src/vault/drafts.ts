/**
 * Drafts: one encrypted record each, keyed by the submission id it will have.
 *
 * Rules:
 * - A draft's key is its own, sealed to its author's work key and to recovery: a draft is never lost by a forgotten
 *   passphrase, and no colleague's passphrase opens it.
 * - Saves of one draft run one after the other. While one runs, only the newest waits: the last state wins, and a slow
 *   disk is not asked for states that nobody needs any more.
 * - A save never brings back a draft that was sealed, discarded or handed over meanwhile: whose it is is looked at again
 *   inside every transaction.
 */

import type { Bytes } from "../sync/bytes.ts";
import { nowMs } from "../sync/clock.ts";
import { b64, madeId, unb64 } from "../sync/ids.ts";
import { aeadKey } from "../sync/keys.ts";
import { randomBytes } from "../sync/randomness.ts";
import { type Context, needEnrolled, needKeys } from "./context.ts";
import { type DraftRecord, piecesOf, read, write } from "./database.ts";
import { draftRow } from "./draft-row.ts";
import { vaultProblem } from "./problems.ts";
import { openRecord, sealRecord, unwrapDraftKey, wrapDraftKey } from "./records.ts";
import type { DraftRow, DraftState, Hand, OpenDraft } from "./types.ts";

const STORE = "drafts";
/** The name under which who had it is sealed: it cannot stand in for the draft itself. */
const HANDS = "hands";

/** A draft of an older release lacks what came later. */
type Since = "talk" | "stopped" | "station" | "due";
type KeptState = Omit<DraftState, Since> & Partial<Pick<DraftState, Since>>;

interface Line {
  running: Promise<unknown>;
  waiting: { state: DraftState; saved: Promise<number> } | null;
}

/** The drafts of one unlocked person. */
export class Drafts {
  readonly #context: Context;
  readonly #keys = new Map<string, Promise<CryptoKey>>();
  readonly #lines = new Map<string, Line>();

  constructor(context: Context) {
    this.#context = context;
  }

  async begin(form: string, version: string): Promise<DraftRow> {
    const { db } = this.#context;
    const { work, staff } = needKeys(this.#context);
    const { device, directory } = needEnrolled(this.#context);
    const submission = madeId();
    const id = b64(submission);
    const key = randomBytes(32);
    const wraps = await wrapDraftKey(device.programme, submission, [work.public, directory.recovery], key);
    const record: DraftRecord = {
      id,
      author: staff,
      form,
      version,
      begun: nowMs(),
      savedAt: null,
      wraps,
      sealed: null,
    };
    this.#keys.set(id, aeadKey(key));
    await write(db, [STORE], (tx) => tx.objectStore(STORE).add(record));
    this.#context.changed();
    return draftRow(record, null, []);
  }

  /** Newest first. One that does not decrypt is listed with its problem, and hides no other. */
  async list(): Promise<DraftRow[]> {
    const { staff } = needKeys(this.#context);
    const records = await read(() => this.#context.db.getAllFromIndex(STORE, "author", staff));
    const rows = await Promise.all(
      records.map(async (record) => {
        try {
          return draftRow(record, await this.#state(record), await this.hands(record));
        } catch {
          return { ...draftRow(record, null, []), problem: "broken_record" };
        }
      }),
    );
    return rows.sort((a, b) => (b.savedAt ?? b.begun) - (a.savedAt ?? a.begun));
  }

  async open(id: string): Promise<OpenDraft> {
    const record = await this.mine(id);
    const state = await this.#state(record);
    return { ...draftRow(record, state, await this.hands(record)), state };
  }

  /** Resolves with the time of the save that holds this state or a later one. */
  save(id: string, state: DraftState): Promise<number> {
    const line = this.#lines.get(id) ?? { running: Promise.resolve(), waiting: null };
    this.#lines.set(id, line);
    if (line.waiting) {
      line.waiting.state = state;
      return line.waiting.saved;
    }
    const waiting = { state, saved: Promise.resolve(0) };
    waiting.saved = line.running.then(() => {
      line.waiting = null;
      return this.#write(id, waiting.state);
    });
    line.waiting = waiting;
    line.running = waiting.saved.catch(() => undefined);
    return waiting.saved;
  }

  async discard(id: string): Promise<void> {
    await this.settle(id);
    const { author } = await this.mine(id);
    await write(this.#context.db, [STORE, "pieces"], async (tx) => {
      checkAuthor(await tx.objectStore(STORE).get(id), author);
      await tx.objectStore(STORE).delete(id);
      await tx.objectStore("pieces").delete(piecesOf(id));
    });
    this.forget(id);
    this.#context.changed();
  }

  /** Until the saves asked for so far have ended, of one draft or of all. */
  async settle(id?: string): Promise<void> {
    const lines = id === undefined ? [...this.#lines.values()] : [this.#lines.get(id)];
    await Promise.all(lines.map((line) => line?.running));
  }

  /** The record, if it is this person's. Throws `unknown_draft`, `not_your_draft`. */
  async mine(id: string): Promise<DraftRecord> {
    const { staff } = needKeys(this.#context);
    return checkAuthor(await read(() => this.#context.db.get(STORE, id)), staff);
  }

  /** Who had it before, oldest first. */
  async hands(record: DraftRecord): Promise<Hand[]> {
    if (!record.hands) return [];
    const { programme } = needEnrolled(this.#context).device;
    return openRecord<Hand[]>(programme, await this.key(record), HANDS, record.id, record.hands);
  }

  /** Another's from now on: `wraps` and `hands` take the place of what was there. */
  async give(record: DraftRecord, to: string, key: Bytes, wraps: DraftRecord["wraps"], hands: Hand[]): Promise<void> {
    const { db } = this.#context;
    const { programme } = needEnrolled(this.#context).device;
    const sealed = await sealRecord(programme, await aeadKey(key), HANDS, record.id, hands);
    await write(db, [STORE], async (tx) => {
      // A save may have ended after `record` was read: what it kept stays.
      const now = checkAuthor(await tx.objectStore(STORE).get(record.id), record.author);
      await tx.objectStore(STORE).put({ ...now, author: to, wraps, hands: sealed });
    });
    this.forget(record.id);
    this.#context.changed();
  }

  /** The draft's key, 32 bytes. Throws `not_your_draft`, `broken_record`. */
  async keyBytes(record: DraftRecord): Promise<Bytes> {
    const { work } = needKeys(this.#context);
    const { device } = needEnrolled(this.#context);
    const wrap = record.wraps.find((one) => b64(one.reader) === b64(work.keyId));
    if (!wrap) throw vaultProblem("not_your_draft");
    return unwrapDraftKey(device.programme, unb64(record.id), work, wrap.sealed);
  }

  forget(id: string): void {
    this.#keys.delete(id);
    this.#lines.delete(id);
  }

  forgetAll(): void {
    this.#keys.clear();
    this.#lines.clear();
  }

  /** The draft's key, to seal and open what belongs to it. */
  key(record: DraftRecord): Promise<CryptoKey> {
    const known = this.#keys.get(record.id);
    if (known) return known;
    const key = this.keyBytes(record).then(aeadKey);
    this.#keys.set(record.id, key);
    key.catch(() => this.#keys.delete(record.id));
    return key;
  }

  async #state(record: DraftRecord): Promise<DraftState | null> {
    if (!record.sealed) return null;
    const { programme } = needEnrolled(this.#context).device;
    const state = await openRecord<KeptState>(programme, await this.key(record), STORE, record.id, record.sealed);
    return { talk: null, stopped: null, station: null, due: null, ...state };
  }

  async #write(id: string, state: DraftState): Promise<number> {
    const { programme } = needEnrolled(this.#context).device;
    const record = await this.mine(id);
    const sealed = await sealRecord(programme, await this.key(record), STORE, id, state);
    const savedAt = nowMs();
    await write(this.#context.db, [STORE], async (tx) => {
      const now = checkAuthor(await tx.objectStore(STORE).get(id), record.author);
      await tx.objectStore(STORE).put({ ...now, sealed, savedAt });
    });
    return savedAt;
  }
}

/** Throws `unknown_draft`, `not_your_draft`. */
export function checkAuthor(record: DraftRecord | undefined, author: string): DraftRecord {
  if (!record) throw vaultProblem("unknown_draft");
  if (record.author !== author) throw vaultProblem("not_your_draft");
  return record;
}
