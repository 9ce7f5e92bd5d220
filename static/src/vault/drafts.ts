/**
 * Drafts: one encrypted record each, keyed by the submission id it will have.
 *
 * Rules:
 * - A draft's key is its own, sealed to its author's work key and to recovery: a draft is never lost by a forgotten
 *   passphrase, and no colleague's passphrase opens it.
 * - Saves of one draft run one after the other. While one runs, only the newest waits: the last state wins, and a slow
 *   disk is not asked for states that nobody needs any more.
 * - A save never brings back a draft that was sealed or discarded meanwhile.
 */

import { nowMs } from "../sync/clock.ts";
import { b64, madeId, unb64 } from "../sync/ids.ts";
import { aeadKey } from "../sync/keys.ts";
import { randomBytes } from "../sync/randomness.ts";
import { type Context, needEnrolled, needKeys } from "./context.ts";
import { type DraftRecord, read, write } from "./database.ts";
import { vaultProblem } from "./problems.ts";
import { openRecord, sealRecord, unwrapDraftKey, wrapDraftKey } from "./records.ts";
import type { DraftRow, DraftState, OpenDraft } from "./types.ts";

const STORE = "drafts";

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
    return row(record, null);
  }

  /** Newest first. One that does not decrypt is listed with its problem, and hides no other. */
  async list(): Promise<DraftRow[]> {
    const { staff } = needKeys(this.#context);
    const records = await read(() => this.#context.db.getAllFromIndex(STORE, "author", staff));
    const rows = await Promise.all(
      records.map(async (record) => {
        try {
          return row(record, await this.#state(record));
        } catch {
          return { ...row(record, null), problem: "broken_record" };
        }
      }),
    );
    return rows.sort((a, b) => (b.savedAt ?? b.begun) - (a.savedAt ?? a.begun));
  }

  async open(id: string): Promise<OpenDraft> {
    const record = await this.#record(id);
    const state = await this.#state(record);
    return { ...row(record, state), state };
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
    await this.#record(id);
    await write(this.#context.db, [STORE], (tx) => tx.objectStore(STORE).delete(id));
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
    return this.#record(id);
  }

  forget(id: string): void {
    this.#keys.delete(id);
    this.#lines.delete(id);
  }

  forgetAll(): void {
    this.#keys.clear();
    this.#lines.clear();
  }

  async #record(id: string): Promise<DraftRecord> {
    const { staff } = needKeys(this.#context);
    const record = await read(() => this.#context.db.get(STORE, id));
    if (!record) throw vaultProblem("unknown_draft");
    if (record.author !== staff) throw vaultProblem("not_your_draft");
    return record;
  }

  #key(record: DraftRecord): Promise<CryptoKey> {
    const known = this.#keys.get(record.id);
    if (known) return known;
    const key = this.#unwrap(record);
    this.#keys.set(record.id, key);
    key.catch(() => this.#keys.delete(record.id));
    return key;
  }

  async #unwrap(record: DraftRecord): Promise<CryptoKey> {
    const { work } = needKeys(this.#context);
    const { device } = needEnrolled(this.#context);
    const wrap = record.wraps.find((one) => b64(one.reader) === b64(work.keyId));
    if (!wrap) throw vaultProblem("not_your_draft");
    return aeadKey(await unwrapDraftKey(device.programme, unb64(record.id), work, wrap.sealed));
  }

  async #state(record: DraftRecord): Promise<DraftState | null> {
    if (!record.sealed) return null;
    const { programme } = needEnrolled(this.#context).device;
    return openRecord<DraftState>(programme, await this.#key(record), STORE, record.id, record.sealed);
  }

  async #write(id: string, state: DraftState): Promise<number> {
    const { programme } = needEnrolled(this.#context).device;
    const sealed = await sealRecord(programme, await this.#key(await this.#record(id)), STORE, id, state);
    const savedAt = nowMs();
    await write(this.#context.db, [STORE], async (tx) => {
      const record = await tx.objectStore(STORE).get(id);
      if (!record) throw vaultProblem("unknown_draft");
      await tx.objectStore(STORE).put({ ...record, sealed, savedAt });
    });
    return savedAt;
  }
}

function row(record: DraftRecord, state: DraftState | null): DraftRow {
  const { id, form, version, begun, savedAt } = record;
  return {
    id,
    form,
    version,
    begun,
    savedAt,
    language: state?.language ?? null,
    section: state?.section ?? 0,
    card: state?.card ?? null,
    name: state?.name ?? null,
    problem: null,
  };
}
