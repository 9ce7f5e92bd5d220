/** What a store still has: the truth that beats any receipt (PROTOCOL 8 `have`, 9). */
import { b64, hex } from "../sync/ids.ts";
import { raise } from "./alarms.ts";
import type { Context } from "./context.ts";
import { type EntryRow, place, read, write } from "./database.ts";
import { isCopied } from "./delivery.ts";
import { abandonLog, currentRow } from "./logs.ts";
import { afterAbsence, type Role } from "./receipts.ts";

/** Ids in one question. */
const MOST = 1000;

/** I12: asks how far the store knows our log. A copied or restored profile writes on in a new one. */
export async function checkLogs(context: Context): Promise<void> {
  const row = await currentRow(context);
  if (!row || row.moved) return;
  const { logs } = await context.transport.have([row.log], []);
  const theirs = logs.find((one) => b64(one.log) === b64(row.log));
  const at = theirs && (await read(() => context.db.get("entries", place(b64(row.log), theirs.seq))));
  if (isCopied(row, theirs, (seq) => (at?.seq === seq ? at.hash : undefined))) await abandonLog(context, row.log);
}

/** Asks for everything that this store is said to hold. What it has not goes back, and is sent again. */
export async function audit(context: Context, role: Role): Promise<void> {
  const states = role === "centre" ? (["safe", "removed"] as const) : (["carried"] as const);
  const rows = await read(() =>
    Promise.all(states.map((state) => context.db.getAllFromIndex("entries", "state", state))),
  );
  const held = rows.flat();
  for (let at = 0; at < held.length; at += MOST) {
    const asked = held.slice(at, at + MOST);
    const { missing } = await context.transport.have(
      [],
      asked.map((row) => row.hash),
    );
    const gone = new Set(missing.map(hex));
    await takeBack(
      context,
      asked.filter((row) => gone.has(hex(row.hash))),
      role,
    );
  }
}

/** Which of these ids the store lacks, as b64. */
export async function missingOf(context: Context, ids: readonly Uint8Array[]): Promise<Set<string>> {
  const lacking = new Set<string>();
  for (let at = 0; at < ids.length; at += MOST) {
    const { missing } = await context.transport.have([], ids.slice(at, at + MOST));
    for (const id of missing) lacking.add(b64(id));
  }
  return lacking;
}

async function takeBack(context: Context, gone: readonly EntryRow[], role: Role): Promise<void> {
  if (gone.length === 0) return;
  await write(context.db, ["entries"], async (tx) => {
    for (const { place: at } of gone) {
      const row = await tx.objectStore("entries").get(at);
      if (row) await tx.objectStore("entries").put({ ...row, state: afterAbsence(row.state, role) });
    }
  });
  const lost = gone.filter((row) => row.state === "removed");
  if (lost.length > 0) await raise(context.db, "centre_lost", { count: lost.length });
  context.changed();
}
