/**
 * I14: what the programme erased leaves this tablet too. The entry stays, since it names nobody; its parts go, and with
 * the part that says who they are also their rows of the people list and what the outbox calls them.
 */
import { partsOf, readEntry } from "../sync/entry.ts";
import { b64 } from "../sync/ids.ts";
import { type Context, type Keys, needEnrolled, needKeys } from "./context.ts";
import { type EntryRow, read, write } from "./database.ts";
import { nameless } from "./outbox.ts";
import { type Group, type Page, sealPage } from "./people.ts";
import { vaultProblem } from "./problems.ts";

export async function dropErased(context: Context): Promise<void> {
  const { device, directory } = needEnrolled(context);
  const keys = needKeys(context);
  const erased = directory.erased.keys().map(b64);
  if (erased.length === 0) return;
  const own = await unnamed(context);
  const labels = await Promise.all(own.map((row) => nameless(device.programme, keys.vault, row)));
  const { put, gone } = await pagesWithout(context, keys, new Set(erased), new Set(own.map((row) => row.submission)));
  await write(context.db, ["parts", "people", "entries"], async (tx) => {
    // Closed or wiped meanwhile: what was read before must not come back. The next round erases what is left.
    for (const key of gone) if ((await tx.objectStore("people").count(key)) === 0) throw vaultProblem("locked");
    for (const id of erased) await tx.objectStore("parts").delete(id);
    for (const key of gone) await tx.objectStore("people").delete(key);
    for (const { key, record } of put) await tx.objectStore("people").put(record, key);
    for (const { place, sealed } of labels) {
      const row = await tx.objectStore("entries").get(place);
      if (row) await tx.objectStore("entries").put({ ...row, sealed });
    }
  });
  await keys.people.changed(put, gone);
}

/** Own entries whose people part is erased. */
async function unnamed(context: Context): Promise<EntryRow[]> {
  const { directory } = needEnrolled(context);
  const rows = await read(() => context.db.getAll("entries"));
  return rows.filter((row) =>
    partsOf(readEntry(row.bytes)).some((part) => part.audience.startsWith("people@") && directory.erased.has(part.id)),
  );
}

/** The pages of the people list that name somebody who goes, made anew without them. */
async function pagesWithout(
  context: Context,
  keys: Keys,
  parts: ReadonlySet<string>,
  submissions: ReadonlySet<string>,
) {
  const goes = (one: Group): boolean => submissions.has(one.submission) || (one.part !== null && parts.has(one.part));
  const pages = [...(await keys.people.pages(context, keys))].filter(([, groups]) => groups.some(goes));
  const put: Page[] = [];
  for (const [, groups] of pages) {
    const left = groups.filter((one) => !goes(one));
    if (left.length > 0) put.push(await sealPage(context, keys, left));
  }
  return { put, gone: pages.map(([key]) => key) };
}
