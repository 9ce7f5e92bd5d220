/** Marks: notes about a card on this tablet only (*Not now*, *Stopped here*), each under the vault key by a random id. */
import { nowMs } from "../sync/clock.ts";
import { b64 } from "../sync/ids.ts";
import { randomBytes } from "../sync/randomness.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { read, write } from "./database.ts";
import { vaultProblem } from "./problems.ts";
import { openRecord, sealRecord } from "./records.ts";
import type { Mark } from "./types.ts";

const STORE = "marks";

/** Oldest first. One that was changed on disk is left out: it was a note, not an answer. */
export async function listMarks(context: Context, keys: Keys): Promise<Mark[]> {
  const { programme } = needEnrolled(context).device;
  const { db } = context;
  const [ids, records] = await read(() => Promise.all([db.getAllKeys(STORE), db.getAll(STORE)]));
  const opened = ids.map((id, at) =>
    openRecord<Mark>(programme, keys.vault, STORE, id, records[at] as Uint8Array).catch(() => null),
  );
  const marks = (await Promise.all(opened)).filter((one) => one !== null);
  return marks.sort((one, other) => one.at - other.at);
}

export async function addMark(context: Context, keys: Keys, one: Omit<Mark, "id" | "at" | "by">): Promise<Mark> {
  const { programme } = needEnrolled(context).device;
  const { card, station, kind, reason } = one;
  const id = b64(randomBytes(12));
  const mark: Mark = { id, card, station, kind, reason, at: nowMs(), by: { id: keys.staff, name: keys.staffName } };
  const record = await sealRecord(programme, keys.vault, STORE, id, mark);
  // A long press came first: it writes after this, or not at all.
  if (context.keys !== keys) throw vaultProblem("locked");
  await write(context.db, [STORE], (tx) => tx.objectStore(STORE).add(record, id));
  context.changed();
  return mark;
}

export async function removeMark(context: Context, id: string): Promise<void> {
  await write(context.db, [STORE], (tx) => tx.objectStore(STORE).delete(id));
  context.changed();
}
