/**
 * This profile's logs: where the next entry goes, and the head statement that tells how far the log reaches.
 *
 * A log id is chosen when the profile first writes, and again once its log turned out to be a copy's (I12); the new
 * log's first entry then names in `after` where the old one stopped.
 */
import { equal } from "../sync/bytes.ts";
import { nowMs } from "../sync/clock.ts";
import type { Signed } from "../sync/entry.ts";
import { b64, newLogId, unb64 } from "../sync/ids.ts";
import { emptyLog, type LogState } from "../sync/log.ts";
import { writeHead } from "../sync/statement.ts";
import { type Context, needEnrolled, needHead, needKeys } from "./context.ts";
import { fact, type LogRow, read, write } from "./database.ts";

export interface Writable {
  readonly state: LogState;
  /** For the first entry's body, where the log continues another. */
  readonly after: LogState | null;
}

/** The two stores that `advance` needs of a transaction, whatever else is in it. */
interface LogStore {
  get(id: string): Promise<LogRow | undefined>;
  put(row: LogRow, id: string): Promise<unknown>;
}
interface FactStore {
  get(name: "currentLog"): Promise<unknown>;
  put(id: string, name: "currentLog"): Promise<unknown>;
}

/** The log that the next entry belongs to. */
export async function writableLog(context: Context): Promise<Writable> {
  const row = await currentRow(context);
  if (row && !row.moved) return { state: row, after: null };
  const fresh = emptyLog(newLogId(needKeys(context).signing.keyId));
  const after = row && row.seq > 0 ? row : null;
  return { state: fresh, after };
}

export async function currentRow(context: Context): Promise<LogRow | undefined> {
  const current = await fact(context.db, "currentLog");
  return current === undefined ? undefined : read(() => context.db.get("logs", current));
}

/**
 * Inside the sealing transaction: whether `before` is still where this profile stands; if so, moves it to `next`. False
 * when another window sealed meanwhile: then nothing may be written, or one number would be used twice.
 */
export async function advance(logs: LogStore, facts: FactStore, before: Writable, next: LogState): Promise<boolean> {
  const current = (await facts.get("currentLog")) as string | undefined;
  const row = current === undefined ? undefined : await logs.get(current);
  const same = row && equal(row.log, before.state.log) && row.seq === before.state.seq && !row.moved;
  const fresh = before.state.seq === 0 && (row === undefined || row.moved);
  if (!same && !fresh) return false;
  const id = b64(next.log);
  await logs.put({ log: next.log, seq: next.seq, hash: next.hash, moved: false }, id);
  await facts.put(id, "currentLog");
  return true;
}

/** The next seal begins another log. */
export async function abandonLog(context: Context, log: Uint8Array): Promise<void> {
  await write(context.db, ["logs"], async (tx) => {
    const row = await tx.objectStore("logs").get(b64(log));
    if (row) await tx.objectStore("logs").put({ ...row, moved: true }, b64(log));
  });
}

/** The head statement of a log that reaches to `state`; `sealing` is the draft that is about to go. */
export async function signHead(context: Context, state: LogState, sealing: string | null): Promise<Signed> {
  const { device, directory } = needEnrolled(context);
  const { signing } = needKeys(context);
  const drafts = (await read(() => context.db.getAll("drafts"))).filter((draft) => draft.id !== sealing);
  const versions = [...new Set(drafts.map((draft) => draft.version))].sort();
  return writeHead(device.programme, signing, {
    log: state.log,
    seq: state.seq,
    hash: state.hash,
    time: nowMs(),
    directory: needHead(directory),
    release: context.release,
    epochs: [...directory.audiences.keys()].sort().map((audience) => {
      return { audience, epoch: directory.current(audience).epoch };
    }),
    ready: context.ready,
    drafts: versions.map((version) => {
      return { form: unb64(version), count: drafts.filter((draft) => draft.version === version).length };
    }),
  });
}

/**
 * Signs and keeps the head of the current log: at unlock, while the key is at hand. Before the first seal too, with
 * number 0, so that the centre knows of a tablet that has nothing to send.
 */
export async function keepHead(context: Context): Promise<void> {
  const before = await writableLog(context);
  if (before.after) return;
  const { bytes, signature } = await signHead(context, before.state, null);
  await write(context.db, ["heads", "logs", "facts"], async (tx) => {
    const logs = tx.objectStore("logs");
    if (await advance(logs, tx.objectStore("facts"), before, before.state)) {
      await tx.objectStore("heads").put({ bytes, signature }, b64(before.state.log));
    }
  });
}
