/**
 * I14: what the programme erased leaves this tablet too. The entry stays, since it names nobody; its parts go, and with
 * the part that says who they are also their rows of the people list and what the outbox calls them.
 */
import { partsOf, readEntry } from "../sync/entry.ts";
import { b64 } from "../sync/ids.ts";
import { type Context, needEnrolled, needKeys } from "./context.ts";
import { type EntryRow, read, write } from "./database.ts";
import { type Labels, sealLabels } from "./outbox.ts";
import { openRecord } from "./records.ts";

export async function dropErased(context: Context): Promise<void> {
  const erased = needEnrolled(context).directory.erased.keys().map(b64);
  if (erased.length === 0) return;
  const nameless = await namelessOf(context);
  await write(context.db, ["parts", "people", "entries"], async (tx) => {
    for (const id of erased) await tx.objectStore("parts").delete(id);
    for (const { place, submission, sealed } of nameless) {
      await tx.objectStore("people").delete(IDBKeyRange.bound(`${submission}/`, `${submission}/~`));
      const row = await tx.objectStore("entries").get(place);
      if (row) await tx.objectStore("entries").put({ ...row, sealed });
    }
  });
}

/** Submissions whose people part is erased, with labels that name nobody. */
async function namelessOf(context: Context): Promise<Pick<EntryRow, "place" | "submission" | "sealed">[]> {
  const { device, directory } = needEnrolled(context);
  const { vault } = needKeys(context);
  const rows = await read(() => context.db.getAll("entries"));
  const gone = rows.filter((row) =>
    partsOf(readEntry(row.bytes)).some((part) => part.audience.startsWith("people@") && directory.erased.has(part.id)),
  );
  const relabel = async ({ place, submission, sealed }: EntryRow) => {
    const opened = openRecord<Labels>(device.programme, vault, "entries", submission, sealed);
    const title = await opened.then(
      (labels) => labels.title,
      () => ({}),
    );
    const labels = { title, card: null, name: null };
    return { place, submission, sealed: await sealLabels(device.programme, vault, submission, labels) };
  };
  return Promise.all(gone.map(relabel));
}
