/**
 * Pages of the people list grow few: each seal and each pull adds a small one, and a cheap tablet opens forty pages much
 * faster than two thousand.
 */
import type { Context, Keys } from "./context.ts";
import { write } from "./database.ts";
import { type Group, type Page, sealPage } from "./people.ts";

/** Submissions in a full page. */
const FULL = 200;
/** So many pages that are not half full are folded together. */
const SMALL = 24;

export async function foldPages(context: Context, keys: Keys): Promise<void> {
  const pages = await keys.people.pages(context, keys);
  const small = [...pages].filter(([, groups]) => groups.length < FULL / 2);
  if (small.length < SMALL) return;
  const groups = small.flatMap(([, some]) => some);
  const gone = small.map(([key]) => key);
  const put: Page[] = [];
  for (let at = 0; at < groups.length; at += FULL) {
    put.push(await sealPage(context, keys, groups.slice(at, at + FULL) as Group[]));
  }
  context.ensureOpen();
  const folded = await write(context.db, ["people"], async (tx) => {
    const store = tx.objectStore("people");
    // Erased, closed or wiped meanwhile: what was read before must not come back.
    for (const key of gone) if ((await store.count(key)) === 0) return false;
    for (const key of gone) await store.delete(key);
    for (const { key, record } of put) await store.put(record, key);
    return true;
  });
  if (folded) await keys.people.changed(put, gone);
}
