/**
 * The people list as it is kept here: what each submission said of whom, under the vault key, in pages of many
 * submissions. Single records would take a cheap tablet seconds to open; page keys tell nothing, so a thief cannot count
 * who is in which family.
 *
 * In memory, while unlocked, the rows stay open: a list that somebody pages through is opened once. `PeopleList` is of
 * one unlock and goes with its keys.
 */
import { b64, keyOfLog, unb64 } from "../sync/ids.ts";
import type { Chain } from "../sync/log.ts";
import { randomBytes } from "../sync/randomness.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { type EntryRow, fact, place, read } from "./database.ts";
import { type Merged, mergePeople, type Said } from "./merging.ts";
import { openRecord, sealRecord } from "./records.ts";
import type { DeliveryState, Person } from "./types.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const STORE = "people";
const PAGE = "page:";

/** What one submission said. Ids are b64. */
export interface Group {
  submission: string;
  /** Form version. */
  form: string;
  log: string;
  seq: number;
  hash: string;
  prev: string;
  /** Object id of the people part: what an erasure names. */
  part: string | null;
  /** Claims of the entry, ms. */
  time: number;
  offset: number | null;
  /** By the centre's clock; null for what was sealed here. */
  received: number | null;
  rows: Person[];
}

/** A page to be written: `[record key, record]`, and what is in it. */
export interface Page {
  readonly key: string;
  readonly record: Bytes;
  readonly groups: Group[];
}

export async function sealPage(context: Context, keys: Keys, groups: Group[]): Promise<Page> {
  const { programme } = needEnrolled(context).device;
  const key = `${PAGE}${b64(randomBytes(9))}`;
  return { key, record: await sealRecord(programme, keys.vault, STORE, key, groups), groups };
}

/** The rows of one unlock. */
export class PeopleList {
  #pages: Promise<Map<string, Group[]>> | null = null;
  #view: { of: string; merged: Merged } | null = null;
  #version = 0;

  /** Pages as they are on disk now. One that was changed there is left out: `broken` names it. */
  async pages(context: Context, keys: Keys): Promise<ReadonlyMap<string, Group[]>> {
    for (;;) {
      const before = this.#version;
      this.#pages ??= load(context, keys);
      const pages = await this.#pages.catch((cause: unknown) => {
        this.#pages = null;
        throw cause;
      });
      // What was written while it was read may not be in it.
      if (before === this.#version || this.#pages === null) return pages;
    }
  }

  /** After the transaction that wrote `put` and deleted `gone`. */
  async changed(put: readonly Page[], gone: readonly string[] = []): Promise<void> {
    this.#view = null;
    if (this.#pages === null) return;
    const pages = await this.#pages.catch(() => null);
    if (pages === null) return;
    for (const key of gone) pages.delete(key);
    for (const { key, groups } of put) pages.set(key, groups);
    this.#version += 1;
  }

  /** Reads everything again at the next question. */
  forget(): void {
    this.#view = null;
    this.#pages = null;
    this.#version += 1;
  }

  async merged(context: Context, keys: Keys): Promise<Merged> {
    const pages = await this.pages(context, keys);
    const { directory } = needEnrolled(context);
    const unsafe = await unsafePlaces(context);
    const of = [this.#version, directory.seq, ...unsafe.entries()].join();
    if (this.#view?.of === of) return this.#view.merged;
    const groups = [...pages.values()].flat();
    const offset = (await fact(context.db, "offset")) ?? 0;
    const merged = mergePeople(saidBy(context, keys, standing(context, groups), offset, unsafe));
    this.#view = { of, merged };
    return merged;
  }
}

async function load(context: Context, keys: Keys): Promise<Map<string, Group[]>> {
  const { db } = context;
  const { programme } = needEnrolled(context).device;
  const [names, records] = await read(() => Promise.all([db.getAllKeys(STORE), db.getAll(STORE)]));
  const opened = await Promise.all(
    names.map((key, at) =>
      openRecord<unknown>(programme, keys.vault, STORE, key, records[at] as Bytes).catch(() => null),
    ),
  );
  const pages = new Map<string, Group[]>();
  const single = new Map<string, FirstVersion>();
  for (const [at, key] of names.entries()) {
    const value = opened[at];
    if (value && key.startsWith(PAGE)) pages.set(key, value as Group[]);
    else if (value) single.set(key, value as FirstVersion);
  }
  if (single.size === 0) return pages;
  return new Map([...pages, ...firstVersion(await read(() => db.getAll("entries")), single)]);
}

/** A row as version 1 of the database kept it: one record each, until pages are folded. */
type FirstVersion = Person & { at: number; submission: string };

/** All rows of a submission stand under its first record, so that people without a card stay apart. */
function firstVersion(own: readonly EntryRow[], records: ReadonlyMap<string, FirstVersion>): Map<string, Group[]> {
  const entries = new Map(own.map((entry) => [entry.submission, entry]));
  const first = new Map<string, Group>();
  const pages = new Map<string, Group[]>();
  for (const [key, { at, submission, ...person }] of records) {
    const entry = entries.get(submission);
    if (!entry) continue;
    const { version, log, seq, hash } = entry;
    const place = { form: version, log: b64(log), seq, hash: b64(hash), prev: "", part: null };
    const group: Group = { submission, ...place, time: at, offset: null, received: null, rows: [] };
    const known = first.get(submission);
    (known ?? group).rows.push(person);
    if (!known) first.set(submission, group);
    pages.set(key, [group]);
  }
  return pages;
}

/** Own entries that are not at the centre, by place. */
async function unsafePlaces({ db }: Context): Promise<Map<string, DeliveryState>> {
  const states = ["tablet", "carried"] as const;
  const found = await read(() => Promise.all(states.map((one) => db.getAllKeysFromIndex("entries", "state", one))));
  return new Map(
    found.flatMap((places, at) => places.map((one): [string, DeliveryState] => [one, states[at] ?? "tablet"])),
  );
}

/** Those whose writer's word counts: a key that was revoked counts up to its cuts (PROTOCOL 6.3), wherever they are now. */
function standing(context: Context, groups: readonly Group[]): Group[] {
  const { directory } = needEnrolled(context);
  const revoked = new Set(groups.map((one) => one.log).filter((log) => directory.revoked.has(keyOfLog(unb64(log)))));
  if (revoked.size === 0) return [...groups];
  const byHash = new Map(groups.filter((one) => revoked.has(one.log)).map((one) => [one.hash, one]));
  const chain: Chain = {
    hashOnChain(tip, seq) {
      let at = byHash.get(b64(tip));
      while (at && at.seq > seq) at = byHash.get(at.prev);
      return at?.seq === seq ? unb64(at.hash) : undefined;
    },
  };
  const counts = ({ log, seq, hash }: Group): boolean =>
    !revoked.has(log) || directory.standing(unb64(log), seq, unb64(hash), chain) === null;
  return groups.filter(counts);
}

function saidBy(
  context: Context,
  keys: Keys,
  groups: readonly Group[],
  offset: number,
  unsafe: ReadonlyMap<string, DeliveryState>,
): Said[] {
  const { directory } = needEnrolled(context);
  const own = b64(keys.signing.keyId);
  const writerOf = once((log: string) => {
    const writer = keyOfLog(unb64(log));
    return { here: b64(writer) === own, device: directory.devices.get(writer)?.name ?? null };
  });
  const formOf = once((version: string) => directory.forms.get(unb64(version))?.form ?? version);
  return groups.map((group) => {
    const { submission, log, seq, rows } = group;
    const { here, device } = writerOf(log);
    const state = here ? (unsafe.get(place(log, seq)) ?? "safe") : null;
    return { submission, form: formOf(group.form), log, seq, at: timeHere(group, offset), here, device, state, rows };
  });
}

function once<T>(work: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = work(key);
    known.set(key, made);
    return made;
  };
}

/** A claim on this tablet's clock. Nothing was sealed after the centre had it, whatever the other clock said. */
function timeHere({ time, offset, received }: Group, here: number): number {
  const claimed = offset === null ? time : time + offset - here;
  return received === null ? claimed : Math.min(claimed, received - here);
}
