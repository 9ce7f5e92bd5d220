/** The outbox: what was sealed here and where it stands. Labels are under the vault key, states are not. */
import { nowMs } from "../sync/clock.ts";
import { type Context, needEnrolled, needKeys } from "./context.ts";
import { type Database, type EntryRow, fact, read, write } from "./database.ts";
import { openRecord, sealRecord } from "./records.ts";
import type { Counts, OutboxRow } from "./types.ts";

const STORE = "entries";
const DAY = 24 * 60 * 60 * 1000;
/** Longer than any backup interval: until then the centre might need it again (PROTOCOL 9). */
const LEAST_DAYS = 30;

export interface Labels {
  title: Record<string, string>;
  card: string | null;
  name: string | null;
  /** For each chunk of the entry, which of its attachments it is of: here alone, the manifest does not tell. */
  of?: number[];
}

export function sealLabels(
  pid: Uint8Array,
  vaultKey: CryptoKey,
  submission: string,
  labels: Labels,
): Promise<Uint8Array<ArrayBuffer>> {
  const { title, card, name, of = [] } = labels;
  return sealRecord(pid, vaultKey, STORE, submission, { title, card, name, of });
}

/** Labels that name nobody, for an entry that is named now. */
export async function nameless(pid: Uint8Array, vaultKey: CryptoKey, row: EntryRow): Promise<EntryRow> {
  const opened = openRecord<Labels>(pid, vaultKey, STORE, row.submission, row.sealed);
  const { title, of = [] } = await opened.catch(() => ({ title: {}, of: [] }));
  return { ...row, sealed: await sealLabels(pid, vaultKey, row.submission, { title, card: null, name: null, of }) };
}

export async function listOutbox(context: Context): Promise<OutboxRow[]> {
  const { device } = needEnrolled(context);
  const { vault } = needKeys(context);
  const rows = await read(() => context.db.getAll(STORE));
  const open = async (row: EntryRow): Promise<OutboxRow> => {
    const { of, ...labels } = await openRecord<Labels>(device.programme, vault, STORE, row.submission, row.sealed);
    const attachments = sentOf(row, of ?? []);
    const { submission, seq, form, version, sealedAt, state, receiptAt, problem } = row;
    return { submission, seq, form, version, sealedAt, state, receiptAt, problem, attachments, ...labels };
  };
  return (await Promise.all(rows.map(open))).sort((a, b) => b.sealedAt - a.sealedAt || b.seq - a.seq);
}

/** An attachment was sent when all its chunks were. */
function sentOf({ chunks = [], state }: EntryRow, of: readonly number[]): OutboxRow["attachments"] {
  const all = new Set(of).size;
  if (all === 0) return null;
  const left = new Set(of.filter((_, at) => state === "tablet" && chunks[at]?.sent !== true)).size;
  return { sent: all - left, all };
}

export async function countStates(db: Database): Promise<Counts> {
  const count = (state: EntryRow["state"]) => read(() => db.countFromIndex(STORE, "state", state));
  const [tablet, carried, safe, removed] = await Promise.all(
    (["tablet", "carried", "safe", "removed"] as const).map(count),
  );
  return { tablet: tablet ?? 0, carried: carried ?? 0, safe: (safe ?? 0) + (removed ?? 0) };
}

/**
 * Deletes the sealed bytes of what the centre has held for `days`; the small row stays, for the chain. That long by the
 * centre's clock (its receipt, its last hello) and by this one: neither a clock years off nor a `hello`, which anybody on
 * the line can forge, removes anything too early.
 */
export async function removeSafe(context: Context, days: number): Promise<number> {
  const storeNow = nowMs() + ((await fact(context.db, "offset")) ?? 0);
  const lastSeen = (await fact(context.db, "storeTime")) ?? 0;
  const kept = Math.max(days, LEAST_DAYS) * DAY;
  const before = Math.min(storeNow, lastSeen) - kept;
  const here = nowMs() - kept;
  return write(context.db, [STORE, "parts", "receipts"], async (tx) => {
    const rows = await tx.objectStore(STORE).index("state").getAll("safe");
    const old = rows.filter(
      ({ receiptAt, safeAt }) => receiptAt !== null && receiptAt < before && safeAt !== null && safeAt < here,
    );
    for (const row of old) {
      for (const part of [...row.parts, ...(row.chunks ?? [])]) await tx.objectStore("parts").delete(part.key);
      await tx.objectStore(STORE).put({ ...row, state: "removed" });
    }
    return old.length;
  });
}
