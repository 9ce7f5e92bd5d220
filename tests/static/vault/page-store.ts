/** A store of the made-up programme that lives in the page: honest unless told otherwise. */
import { type Answer, readBundle } from "../../../static/src/sync/bundle.ts";
import { equal } from "../../../static/src/sync/bytes.ts";
import { Directory } from "../../../static/src/sync/directory.ts";
import { DirectoryDraft } from "../../../static/src/sync/directory-write.ts";
import {
  entryHash,
  namedObjects,
  partsOf,
  readEntry,
  type Signed,
  submissionOf,
  verifyEntry,
} from "../../../static/src/sync/entry.ts";
import { b64, keyOfLog, sha256, unb64 } from "../../../static/src/sync/ids.ts";
import { keyId, ReadingKey, SigningKey } from "../../../static/src/sync/keys.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { writeReceipt } from "../../../static/src/sync/statement.ts";
import type { Transport } from "../../../static/src/sync/transport.ts";

import { hire, kept, PEOPLE, signedOf, type World } from "./page-world.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** How the store misbehaves, set by a test. */
export interface Mood {
  down: boolean;
  /** Signs receipts with a key that the directory does not list. */
  impostor: boolean;
  /** Takes the bundle, and the line breaks before the answer. */
  mute: boolean;
  /** Shows only the first n directory entries. */
  shows: number | null;
  /** Takes no parts with a bundle. */
  noParts: boolean;
  /** Gives no session: the tablet was revoked. */
  refuses: boolean;
  /** The line breaks after so many objects were fetched. */
  breaksAfter: number | null;
  /** What it says instead of giving an object. */
  gives: { code: string; status: number } | null;
  /** The line breaks when so many more objects were put; they are kept. */
  cutsAfter: number | null;
  /** What it says instead of taking an object of this size. */
  takes: { code: string; status: number; size: number } | null;
}

export class PageStore implements Transport {
  world: World;
  readonly mood: Mood = {
    down: false,
    impostor: false,
    mute: false,
    shows: null,
    noParts: false,
    refuses: false,
    breaksAfter: null,
    gives: null,
    cutsAfter: null,
    takes: null,
  };
  directorySessions = 0;
  pushes = 0;
  /** Objects that were asked for. */
  fetched = 0;
  /** All that was brought, in order: how many parts a bundle had, the size of each object that was put. */
  brought: { parts: number; size: number }[] = [];
  /** How far its clock is ahead of the page's. */
  hours = 0;
  #signs: string;
  readonly #pid: Bytes;
  #directory: Directory | null = null;

  constructor(world: World) {
    this.world = world;
    this.#signs = world.store;
    this.#pid = unb64(world.programme);
  }

  beRelay(): void {
    this.#signs = this.world.relay;
  }

  beCentre(): void {
    this.#signs = this.world.store;
  }

  async becomeStranger(): Promise<void> {
    this.#signs = b64((await SigningKey.generate()).pkcs8);
  }

  /** The world as another tablet left it. */
  meet(world: World): void {
    this.world = world;
    this.#directory = null;
  }

  /** An administrator adds somebody who unlocks tablets. */
  async hire(name: string): Promise<void> {
    await this.#asAdmin(async (draft) => {
      const { staff, slots } = await hire(this.#pid, draft, [name]);
      this.world.staff.push(...staff);
      Object.assign(this.world.slots, slots);
    });
  }

  /** A desk gives every tablet that is listed the key of its site's people, of this epoch. */
  async confirm(epoch = 1): Promise<void> {
    await this.#asAdmin(async (draft) => {
      const key = await ReadingKey.fromSeed(unb64(this.world.people[epoch - 1] ?? ""));
      const held = draft.directory.grants.filter((one) => one.audience === PEOPLE && one.epoch === epoch);
      for (const { reading } of draft.directory.devices.values()) {
        const id = await keyId(reading);
        if (!held.some((one) => equal(one.reader, id))) await draft.grant(PEOPLE, epoch, key, reading);
      }
    });
  }

  /** A new key for the site's people, which no tablet holds yet. */
  async newEpoch(): Promise<void> {
    await this.#asAdmin(async (draft) => {
      const key = await ReadingKey.generate();
      await draft.epoch(PEOPLE, key, unb64(this.world.steward), []);
      this.world.people.push(b64(key.seed));
    });
  }

  /** The tablet of this name is lost: what it wrote counts up to its number `upTo` (0: nothing). */
  async revoke(name: string, upTo: number): Promise<void> {
    await this.#asAdmin(async (draft) => {
      const found = draft.directory.devices.entries().find(([, one]) => one.name === name);
      if (!found) throw new Error("no such tablet");
      const cuts = [];
      for (const one of Object.values(this.world.entries)) {
        const { log, seq } = readEntry(unb64(one.bytes));
        const hash = await entryHash(unb64(one.bytes));
        if (seq === upTo && equal(keyOfLog(log), found[0])) cuts.push({ log, seq, hash });
      }
      await draft.write("revoke", { key: found[0], reason: "lost", cut: cuts });
    });
  }

  /** An administrator erases the parts of a submission for this audience. */
  async erase(submission: string, audience: string): Promise<void> {
    await this.#erase(this.#partsOf(submission, audience));
  }

  /** An administrator erases the chunks of a submission's attachments. */
  async erasePictures(submission: string): Promise<void> {
    const entries = Object.values(this.world.entries).map((one) => readEntry(unb64(one.bytes)));
    const entry = entries.find((one) => b64(submissionOf(one).submission) === submission);
    await this.#erase(entry ? submissionOf(entry).attachments.map((one) => one.id) : []);
  }

  async #erase(objects: Bytes[]): Promise<void> {
    await this.#asAdmin(async (draft) => {
      const asked_by = unb64(this.world.staff[0]?.id ?? "");
      await draft.write("erase", { objects, ground: "withdrawal", asked_by });
    });
  }

  /** The bytes of a part are not what they were. */
  spoil(submission: string, audience: string): void {
    for (const id of this.#partsOf(submission, audience)) this.world.objects[b64(id)] = b64(new Uint8Array(5000));
  }

  /** What it lists. */
  listed(): Promise<Directory> {
    return Directory.read(this.#pid, this.world.chain.map(signedOf));
  }

  #partsOf(submission: string, audience: string): Bytes[] {
    const entries = Object.values(this.world.entries).map((one) => readEntry(unb64(one.bytes)));
    const entry = entries.find((one) => b64(submissionOf(one).submission) === submission);
    const parts = entry ? partsOf(entry).filter((part) => part.audience === audience) : [];
    return parts.map((part) => part.id);
  }

  async #asAdmin(work: (draft: DirectoryDraft) => Promise<void>): Promise<void> {
    const directory = await Directory.read(this.#pid, this.world.chain.map(signedOf));
    const draft = await DirectoryDraft.on(directory, await SigningKey.fromPkcs8(unb64(this.world.admin)), Date.now());
    await work(draft);
    this.world.chain = draft.directory.since(0).map(kept);
    for (const object of draft.objects) this.world.objects[b64(await sha256(object))] = b64(object);
    this.#directory = null;
  }

  /** The logs it holds, with their numbers and what the first entry continues. */
  logs(): { log: string; seqs: number[]; after: { log: string; seq: number } | null }[] {
    const logs = new Map<string, { log: string; seqs: number[]; after: { log: string; seq: number } | null }>();
    for (const one of Object.values(this.world.entries)) {
      const entry = readEntry(unb64(one.bytes));
      const id = b64(entry.log);
      const log = logs.get(id) ?? { log: id, seqs: [], after: null };
      log.seqs = [...log.seqs, entry.seq].sort((a, b) => a - b);
      const { after } = submissionOf(entry);
      if (after) log.after = { log: b64(after.log), seq: after.seq };
      logs.set(id, log);
    }
    return [...logs.values()];
  }

  async hello() {
    this.#line();
    const limits = { body: 4 * 1024 * 1024, part: 1024 * 1024, daily: 1e9 };
    const { public: store } = await this.#key();
    return { v: 1 as const, store, programme: this.#pid, time: this.#now(), limits, head: await this.#head() };
  }

  async directory(after: number) {
    this.#line();
    this.directorySessions += 1;
    const shown = this.world.chain.slice(0, this.mood.shows ?? undefined);
    return { v: 1 as const, head: await this.#head(), entries: shown.slice(after).map(signedOf) };
  }

  async have(logs: readonly Uint8Array[], ids: readonly Uint8Array[]) {
    this.#line();
    const heads = await Promise.all(logs.map((log) => this.#logHead(log)));
    const missing = ids.filter((id) => !(b64(id) in this.world.entries) && !(b64(id) in this.world.objects));
    return { v: 1 as const, logs: heads.filter((head) => head !== null), missing: missing as Bytes[] };
  }

  async pushBundle(data: Uint8Array): Promise<Answer> {
    this.#line();
    this.pushes += 1;
    const bundle = readBundle(data);
    this.brought.push({ parts: bundle.parts.length, size: data.length });
    const directory = await Promise.all(bundle.directory.map((signed) => this.#append(signed)));
    const parts = this.mood.noParts ? [] : bundle.parts;
    const here = new Map(await Promise.all(parts.map(async (part) => [b64(await sha256(part)), part] as const)));
    const taken = [];
    for (const signed of bundle.entries) taken.push(await this.#take(signed, here));
    for (const one of bundle.statements) this.world.heads.push(kept(one));
    if (this.mood.mute) throw new Problem("no_network");
    return {
      v: 1,
      head: await this.#head(),
      directory,
      entries: taken.map((one) => one.answer),
      receipts: taken.flatMap((one) => (one.receipt ? [one.receipt] : [])),
      statements: bundle.statements.map(() => ({ problem: null })),
      newer: null,
    };
  }

  async putObject(id: Uint8Array, data: Uint8Array): Promise<void> {
    this.#line();
    const { takes } = this.mood;
    if (takes?.size === data.length) throw Problem.of(takes.code, { status: takes.status });
    if (!equal(await sha256(data), id)) throw new Problem("hash_differs");
    this.world.objects[b64(id)] = b64(data);
    this.brought.push({ parts: 0, size: data.length });
    if (this.mood.cutsAfter !== null && --this.mood.cutsAfter < 0) throw new Problem("no_network");
  }

  async session() {
    this.#line();
    if (this.mood.refuses) throw new Problem("revoked");
    return { v: 1 as const, token: "token", until: Date.now() + 900_000 };
  }

  async object(id: Uint8Array): Promise<Bytes> {
    this.#line();
    this.fetched += 1;
    if (this.mood.breaksAfter !== null && this.fetched > this.mood.breaksAfter) throw new Problem("no_network");
    const { gives } = this.mood;
    if (gives) throw Problem.of(gives.code, { status: gives.status });
    const found = this.world.objects[b64(id)];
    if (!found) throw Problem.of("not_found", { status: 404 });
    return unb64(found);
  }

  /** To tablets: what names people of the site; two at a time, so that pages are many. */
  async changes(after: number) {
    this.#line();
    const all = Object.values(this.world.entries).map((one, at) => ({ seq: at + 1, ...signedOf(one) }));
    const some = all.slice(after, after + 2).map((one) => ({ ...one, received: this.#now(), remark: null }));
    const cursor = after + some.length;
    return { v: 1 as const, cursor, entries: some, statements: [], more: cursor < all.length };
  }

  receipts = async () => this.#never();

  #never(): never {
    throw new Error("the vault does not ask for this");
  }

  #now(): number {
    return Date.now() + this.hours * 3_600_000;
  }

  #line(): void {
    if (this.mood.down) throw new Problem("no_network");
  }

  async #key(): Promise<SigningKey> {
    return SigningKey.fromPkcs8(unb64(this.#signs));
  }

  async #head() {
    const shown = this.world.chain.slice(0, this.mood.shows ?? undefined);
    const last = shown.at(-1);
    if (!last) throw new Error("no directory");
    return { seq: shown.length, hash: await entryHash(unb64(last.bytes)) };
  }

  async #append(signed: Signed) {
    const hash = await entryHash(signed.bytes);
    this.#directory ??= await Directory.read(this.#pid, this.world.chain.map(signedOf));
    try {
      await this.#directory.append(signed, Date.now());
    } catch (cause) {
      return { hash, problem: (cause as Problem).code };
    }
    this.world.chain = this.#directory.since(0).map(kept);
    return { hash, problem: null };
  }

  async #logHead(log: Uint8Array) {
    const own = Object.values(this.world.entries)
      .map((one) => ({ entry: readEntry(unb64(one.bytes)), bytes: unb64(one.bytes) }))
      .filter(({ entry }) => equal(entry.log, log))
      .sort((a, b) => b.entry.seq - a.entry.seq)[0];
    if (!own) return null;
    const { seq } = own.entry;
    return { log: own.entry.log, seq, hash: await entryHash(own.bytes), contiguous: seq };
  }

  async #take(signed: Signed, here: ReadonlyMap<string, Uint8Array>) {
    const hash = await entryHash(signed.bytes);
    const entry = readEntry(signed.bytes);
    this.#directory ??= await Directory.read(this.#pid, this.world.chain.map(signedOf));
    const key = this.#directory.keyOfLog(entry.log);
    if (!key || !(await verifyEntry(key, this.#pid, signed))) throw new Error("an entry that does not verify");
    const wanted = namedObjects(entry).map((one) => one.id);
    for (const id of wanted) {
      const part = here.get(b64(id));
      if (part) this.world.objects[b64(id)] = b64(part);
    }
    const missing = wanted.filter((id) => !(b64(id) in this.world.objects));
    const fork = await this.#isFork(entry.log, entry.seq, hash);
    const state = missing.length > 0 ? ("waiting" as const) : ("held" as const);
    const answer = { hash, state, remark: fork ? ("fork" as const) : null, problem: null, missing };
    if (state === "waiting") return { answer, receipt: null };
    this.world.entries[b64(hash)] = kept(signed);
    return { answer, receipt: await this.#receipt(entry.log, entry.seq, hash) };
  }

  async #isFork(log: Uint8Array, seq: number, hash: Uint8Array): Promise<boolean> {
    for (const one of Object.values(this.world.entries)) {
      const other = readEntry(unb64(one.bytes));
      if (equal(other.log, log) && other.seq === seq && !equal(await entryHash(unb64(one.bytes)), hash)) return true;
    }
    return false;
  }

  async #receipt(log: Bytes, seq: number, hash: Bytes): Promise<Signed> {
    const key = this.mood.impostor ? (await SigningKey.generate()).key : await this.#key();
    const directory = await this.#head();
    const claims = { log, seq, hash, contiguous: 0, time: this.#now(), directory };
    return writeReceipt(this.#pid, key, { store: key.keyId, ...claims });
  }
}
