/**
 * The site's list: what other tablets of the site sealed for its people, read out of a store's feed (PROTOCOL 9).
 *
 * Rules:
 * - The cursor moves in the transaction that keeps the rows: a crash anywhere reads the same entries again, and an entry
 *   that is here already is not read twice.
 * - An entry that does not open is counted and passed over: nobody can hold up a site by sealing nonsense.
 * - What wants a key whose grant is not here yet is read again once it is; what was written on a directory that goes
 *   further than the one here, once that has grown.
 * - A store that is busy, or whose session ended, ends the round: only what is wrong with an entry passes it over.
 * - When the tablet was closed or wiped meanwhile (another era), nothing that was read before is kept.
 */
import type { Bytes } from "../sync/bytes.ts";
import { type Entry, entryHash, type PartRef, partsOf, readEntry, submissionOf } from "../sync/entry.ts";
import { IdMap } from "../sync/idmap.ts";
import { b64, hex, keyOfLog } from "../sync/ids.ts";
import type { Chain } from "../sync/log.ts";
import { openSubmission } from "../sync/opening.ts";
import { Problem } from "../sync/problems.ts";
import type { Changes, Session as StoreSession } from "../sync/transport.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { type Cursor, fact, write } from "./database.ts";
import { foldPages } from "./folding.ts";
import { type Group, type Page, sealPage } from "./people.ts";
import { vaultProblem } from "./problems.ts";
import { rowsOf } from "./rows.ts";
import { heldNames, openSiteKeys } from "./site-keys.ts";

/** Parts fetched at once. */
const ABREAST = 6;
/** Entries that do not open and are remembered by hash; beyond, they are passed over without a word. */
const MOST_SKIPPED = 1000;

/** A store's refusals that are of the thing itself; every other one may be another at the next round. */
const FINAL: ReadonlySet<unknown> = new Set([undefined, 403, 404, 409, 410, 422]);

type FeedEntry = Changes["entries"][number];

/** What reading one entry came to. `waits` = for a key, or a directory, that is not here. */
type Read = { group: Group } | { skipped: string; hash: string } | { waits: number } | null;

/** Reads on until the feed ends. Problems: `no_network`, `locked`, what the store refuses. */
export async function pullPeople(context: Context, keys: Keys, store: Bytes, session: StoreSession): Promise<void> {
  await openSiteKeys(context, keys, session);
  // No desk has confirmed this tablet yet.
  if (keys.site.size === 0) return;
  const era = await fact(context.db, "era");
  let cursor = await beginning(context, keys, store);
  for (let more = true; more; ) {
    const page = await context.transport.changes(cursor.at, 0, session);
    const known = await hashesHere(context, keys);
    const reads = await readAll(context, keys, session, page.entries, known);
    stillMine(context, keys);
    const moved = page.cursor > cursor.at;
    cursor = after(cursor, page, reads);
    await keep(context, keys, era, cursor, reads);
    more = page.more && moved;
  }
  await foldPages(context, keys);
}

/** Where to read on: at the start of a store's feed that is new here, and back where a key was lacking that came since. */
async function beginning(context: Context, keys: Keys, store: Bytes): Promise<Cursor> {
  const held = [...heldNames(keys), `directory ${needEnrolled(context).directory.seq}`];
  const known = await fact(context.db, "cursor");
  if (known?.store !== b64(store)) return { store: b64(store), at: 0, back: null, held };
  const came = held.some((one) => !known.held.includes(one));
  if (came && known.back !== null) return { ...known, at: Math.min(known.at, known.back - 1), back: null, held };
  return { ...known, held };
}

function after(cursor: Cursor, page: Changes, reads: readonly Read[]): Cursor {
  const waits = reads.flatMap((one) => (one && "waits" in one ? [one.waits] : []));
  const back = [...waits, ...(cursor.back === null ? [] : [cursor.back])];
  return { ...cursor, at: Math.max(page.cursor, cursor.at), back: back.length > 0 ? Math.min(...back) : null };
}

async function hashesHere(context: Context, keys: Keys): Promise<Set<string>> {
  const pages = await keys.people.pages(context, keys);
  return new Set([...pages.values()].flat().map((one) => one.hash));
}

async function readAll(
  context: Context,
  keys: Keys,
  session: StoreSession,
  entries: readonly FeedEntry[],
  known: ReadonlySet<string>,
): Promise<Read[]> {
  const reads: Read[] = [];
  for (let at = 0; at < entries.length; at += ABREAST) {
    stillMine(context, keys);
    const some = entries.slice(at, at + ABREAST);
    reads.push(...(await Promise.all(some.map((one) => readOne(context, keys, session, one, known)))));
  }
  return reads;
}

async function readOne(
  context: Context,
  keys: Keys,
  session: StoreSession,
  fed: FeedEntry,
  known: ReadonlySet<string>,
): Promise<Read> {
  const { device, directory } = needEnrolled(context);
  const hash = await entryHash(fed.bytes);
  if (known.has(b64(hash))) return null;
  const skipped = (problem: string): Read => ({ skipped: problem, hash: b64(hash) });
  try {
    const entry = readEntry(fed.bytes);
    const part = partsOf(entry).find((one) => one.audience === `people@${device.site}`);
    // A reviewer's entries name no person of the list; what was erased is not asked for.
    if (!part || entry.kind !== "submission" || directory.erased.has(part.id)) return null;
    const ahead = entry.directory !== null && entry.directory.seq > directory.seq;
    const passed = (problem: string): Read => (ahead ? { waits: fed.seq } : skipped(problem));
    if (!directory.devices.has(keyOfLog(entry.log))) return passed("unknown_device");
    if (!keys.site.has(part.key) && directory.audienceKeys(part.audience).has(part.key)) return { waits: fed.seq };
    const opened = await open(context, keys, session, fed, { entry, hash, part });
    return typeof opened === "string" ? passed(opened) : { group: groupOf(fed, { entry, hash, part }, opened) };
  } catch (cause) {
    if (!Problem.is(cause) || cause.code === "no_network" || !FINAL.has(cause.detail["status"])) throw cause;
    return cause.code === "erased" ? null : skipped(cause.code);
  }
}

interface Named {
  readonly entry: Entry;
  readonly hash: Bytes;
  readonly part: PartRef;
}

/** The part's rows, through the eight steps; or the code of the first that failed. */
async function open(context: Context, keys: Keys, session: StoreSession, fed: FeedEntry, { entry, hash, part }: Named) {
  const { directory } = needEnrolled(context);
  const parts = new IdMap<Uint8Array>();
  parts.set(part.id, await context.transport.object(part.id, session));
  // Whether an entry of a revoked tablet stands below a cut shows only when the chain in between is here: the list asks
  // each time that it is shown (people.ts), so that here the entry is taken at its word.
  const believed: Chain = { hashOnChain: (_, seq) => (seq === entry.seq ? hash : undefined) };
  const opened = await openSubmission(directory, fed, parts, keys.site, believed);
  const people = opened.parts.find((one) => hex(one.id) === hex(part.id));
  const failed = opened.failed ?? people?.failed;
  if (failed) return failed.problem;
  return (people?.payload && rowsOf(people.payload)) ?? "malformed";
}

function groupOf({ received }: FeedEntry, { entry, hash, part }: Named, rows: Group["rows"]): Group {
  const { submission, form } = submissionOf(entry);
  const { seq, time, offset } = entry;
  const ids = {
    submission: b64(submission),
    form: b64(form),
    log: b64(entry.log),
    hash: b64(hash),
    prev: b64(entry.prev),
  };
  return { ...ids, seq, part: b64(part.id), time, offset, received, rows };
}

async function keep(context: Context, keys: Keys, era: string | undefined, cursor: Cursor, reads: readonly Read[]) {
  const groups = reads.flatMap((one) => (one && "group" in one ? [one.group] : []));
  const skipped = reads.flatMap((one) => (one && "skipped" in one ? [one] : []));
  const put: Page[] = groups.length > 0 ? [await sealPage(context, keys, groups)] : [];
  context.ensureOpen();
  await write(context.db, ["people", "facts"], async (tx) => {
    const facts = tx.objectStore("facts");
    if ((await facts.get("era")) !== era) throw vaultProblem("locked");
    for (const { key, record } of put) await tx.objectStore("people").put(record, key);
    await facts.put(cursor, "cursor");
    if (skipped.length === 0) return;
    const before = ((await facts.get("skipped")) ?? {}) as Record<string, string>;
    const all = [...Object.entries(before), ...skipped.map((one) => [one.hash, one.skipped] as const)];
    await facts.put(Object.fromEntries(all.slice(0, MOST_SKIPPED)), "skipped");
  });
  await keys.people.changed(put);
  if (put.length > 0 || skipped.length > 0) context.changed();
}

function stillMine(context: Context, keys: Keys): void {
  context.ensureOpen();
  if (context.keys !== keys) throw vaultProblem("locked");
}
