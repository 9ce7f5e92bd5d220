/**
 * What takes names off the tablet: *Close the tablet*, and a long press on the lock.
 *
 * Rules:
 * - Closing is one transaction: people list, marks and colleagues go, and the outbox keeps titles and states without a
 *   name or a card. What was sealed stays, as ciphertext, and is delivered without a key.
 * - Other people's drafts stay: they are under keys of their own. Own drafts come first (`drafts_left`).
 * - The era changes, so that a round of the courier that is under way brings no name back; the cursor goes with it, so that
 *   the next one begins at the start.
 */
import { b64 } from "../sync/ids.ts";
import { randomBytes } from "../sync/randomness.ts";
import { dropColleagues } from "./colleagues.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { read, type Writing, write } from "./database.ts";
import { nameless } from "./outbox.ts";
import { vaultProblem } from "./problems.ts";

const NAMED = ["people", "marks", "facts"] as const;

export async function closeTablet(context: Context, keys: Keys): Promise<void> {
  const { db } = context;
  const { programme } = needEnrolled(context).device;
  const left = await read(() => db.countFromIndex("drafts", "author", keys.staff));
  if (left > 0) throw vaultProblem("drafts_left", { n: left });
  const entries = await read(() => db.getAll("entries"));
  const labels = await Promise.all(entries.map((row) => nameless(programme, keys.vault, row)));
  await write(db, [...NAMED, "entries"], async (tx) => {
    for (const { place, sealed } of labels) {
      const row = await tx.objectStore("entries").get(place);
      if (row) await tx.objectStore("entries").put({ ...row, sealed });
    }
    await dropNames(tx as unknown as Writing<(typeof NAMED)[number]>);
  });
  keys.people.forget();
  await dropColleagues(context, true);
  context.changed();
}

/** Without a key: people list and marks. */
export async function wipeNames(context: Context): Promise<void> {
  await write(context.db, [...NAMED], dropNames);
  context.changed();
}

async function dropNames(tx: Writing<(typeof NAMED)[number]>): Promise<void> {
  await tx.objectStore("people").clear();
  await tx.objectStore("marks").clear();
  await tx.objectStore("facts").put(b64(randomBytes(9)), "era");
  await tx.objectStore("facts").delete("cursor");
}
