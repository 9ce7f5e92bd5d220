/**
 * Pictures after text: the chunks of attachments go to a store one by one, when all entries and parts are there.
 *
 * Rules:
 * - The store is asked first what it lacks: a chunk that it has is never sent again, after whatever cut. A chunk is the
 *   unit of resume; smallest first, so that most submissions are whole soon.
 * - Between two chunks whatever was sealed meanwhile goes first (`between`).
 * - What is refused for the chunk's own sake is noted at its entry and holds up no other; anything else ends the round.
 */
import { writeBundle } from "../sync/bundle.ts";
import { b64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import type { Context } from "./context.ts";
import { type ChunkName, type EntryRow, read, write } from "./database.ts";
import { missingOf } from "./having.ts";
import { keepAnswer } from "./settling.ts";

/** Refusals of one chunk; the others may still be taken. */
const OWN_FAULT = new Set(["unnamed_object", "hash_differs", "too_large", "malformed"]);

interface Waiting {
  readonly row: EntryRow;
  readonly chunk: ChunkName;
}

/** `pending` = entries that this store owes a receipt for. Entries that became whole here. */
export async function sendChunks(
  context: Context,
  pending: () => Promise<EntryRow[]>,
  between: () => Promise<unknown>,
): Promise<number> {
  const tried = new Set<string>();
  let whole = 0;
  for (;;) {
    const rows = (await pending()).filter((row) => (row.chunks ?? []).some((one) => !tried.has(one.key)));
    if (rows.length === 0) return whole;
    const queue = await lacking(context, rows);
    // What the store has all of waits for nothing but its receipt.
    const settled = rows.filter((row) => !queue.some((one) => one.row.place === row.place));
    for (const row of settled) whole += await askReceipt(context, row);
    for (const row of rows) for (const one of row.chunks ?? []) tried.add(one.key);
    const left = countLeft(queue);
    for (const one of queue) {
      await between();
      if (!(await bring(context, one))) continue;
      const { place } = one.row;
      left.set(place, (left.get(place) ?? 0) - 1);
      if (left.get(place) === 0) whole += await askReceipt(context, one.row);
    }
  }
}

/** Chunks that the store lacks, smallest first. What it says is noted, so that the outbox tells the truth. */
async function lacking(context: Context, rows: readonly EntryRow[]): Promise<Waiting[]> {
  const all = rows.flatMap((row) => (row.chunks ?? []).map((chunk) => ({ row, chunk })));
  const missing = await missingOf(
    context,
    all.map((one) => one.chunk.id),
  );
  const { erased } = context.enrolled?.directory ?? {};
  const lacks = ({ chunk }: Waiting): boolean => missing.has(b64(chunk.id)) && erased?.has(chunk.id) !== true;
  for (const row of rows) {
    await note(context, row.place, (chunk) => ({ ...chunk, sent: !lacks({ row, chunk }) }));
  }
  return all.filter(lacks).sort((a, b) => a.chunk.size - b.chunk.size || a.row.sealedAt - b.row.sealedAt);
}

/** True when the store has it now. */
async function bring(context: Context, { row, chunk }: Waiting): Promise<boolean> {
  const bytes = await read(() => context.db.get("parts", chunk.key));
  if (!bytes) return false;
  try {
    await context.transport.putObject(chunk.id, bytes);
  } catch (cause) {
    if (!Problem.is(cause)) throw cause;
    if (OWN_FAULT.has(cause.code)) {
      await note(context, row.place, (one) => one, cause.code);
      return false;
    }
    if (cause.code !== "erased") throw cause;
  }
  await note(context, row.place, (one) => (one.key === chunk.key ? { ...one, sent: true } : one));
  context.changed();
  return true;
}

/** The entry alone, as a question: the answer has its receipt. 1 when it is whole there. */
async function askReceipt(context: Context, row: EntryRow): Promise<number> {
  const answer = await context.transport.pushBundle(writeBundle({ entries: [row] }));
  await keepAnswer(context, answer, [row]);
  context.changed();
  return answer.entries.some((one) => one.state === "held") ? 1 : 0;
}

function countLeft(queue: readonly Waiting[]): Map<string, number> {
  const left = new Map<string, number>();
  for (const { row } of queue) left.set(row.place, (left.get(row.place) ?? 0) + 1);
  return left;
}

async function note(
  context: Context,
  place: string,
  change: (chunk: ChunkName) => ChunkName,
  problem?: string,
): Promise<void> {
  await write(context.db, ["entries"], async (tx) => {
    const row = await tx.objectStore("entries").get(place);
    if (!row?.chunks) return;
    const said = problem === undefined ? {} : { problem };
    await tx.objectStore("entries").put({ ...row, ...said, chunks: row.chunks.map(change) });
  });
}
