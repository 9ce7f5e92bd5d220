/**
 * A made-up programme for tests of the vault, and a store of it that lives in the page: honest unless told otherwise.
 * Both survive a dead browser as JSON, which the test keeps.
 */
import { type Answer, readBundle } from "../../../static/src/sync/bundle.ts";
import { equal } from "../../../static/src/sync/bytes.ts";
import { Directory } from "../../../static/src/sync/directory.ts";
import { DirectoryDraft } from "../../../static/src/sync/directory-write.ts";
import { entryHash, namedObjects, readEntry, type Signed, verifyEntry } from "../../../static/src/sync/entry.ts";
import { b64, madeId, sha256, unb64 } from "../../../static/src/sync/ids.ts";
import { ReadingKey, SigningKey } from "../../../static/src/sync/keys.ts";
import { writeLink } from "../../../static/src/sync/link.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { randomBytes } from "../../../static/src/sync/randomness.ts";
import { COST, deriveSlot, sealSlot } from "../../../static/src/sync/slot.ts";
import { writeReceipt } from "../../../static/src/sync/statement.ts";
import type { Transport } from "../../../static/src/sync/transport.ts";
import { derive } from "../../../static/src/vault/argon.ts";

type Bytes = Uint8Array<ArrayBuffer>;
interface Kept {
  bytes: string;
  signature: string;
}

export interface World {
  programme: string;
  chain: Kept[];
  store: string;
  link: string;
  form: string;
  staff: { id: string; name: string; passphrase: string }[];
  slots: Record<string, string>;
  /** What the store holds: entries by hash, objects by id. */
  entries: Record<string, Kept>;
  objects: Record<string, string>;
  heads: Kept[];
}

const AUDIENCES = ["people@arrival", "coordination", "family"];
const BUCKET = 4096;
const kept = ({ bytes, signature }: Signed): Kept => ({ bytes: b64(bytes), signature: b64(signature) });
const signedOf = ({ bytes, signature }: Kept): Signed => ({ bytes: unb64(bytes), signature: unb64(signature) });

/**
 * Root, an administrator, two intake workers who unlock tablets, one form for three audiences, one invitation that admits
 * `count` tablets for `lasts` milliseconds.
 */
export async function found(count = 1, lasts = 365 * 24 * 3600 * 1000): Promise<World> {
  const [root, admin, store, invitation] = await Promise.all([0, 1, 2, 3].map(() => SigningKey.generate()));
  if (!root || !admin || !store || !invitation) throw new Error("keys");
  const [recovery, reading] = [await ReadingKey.generate(), await ReadingKey.generate()];
  const now = Date.now();
  const steward = madeId();
  const draft = await DirectoryDraft.on(new Directory(root.key.keyId), admin.key, now);
  await draft.write("programme", { name: "Practice", root: root.key.public, recovery: recovery.public }, root.key);
  const person = { staff: steward, name: "Gulnara", site: "arrival", stations: [] };
  const desk = { signing: admin.key.public, reading: reading.public, work: null };
  await draft.write("administrator", { ...person, ...desk }, root.key);
  await draft.write("site", { site: "arrival", name: "Arrival hall", role: "arrival" });
  await draft.write("store", { key: store.key.public, role: "centre", name: "centre" });
  for (const audience of AUDIENCES) {
    await draft.write("audience", { audience, epoch: 1, key: (await ReadingKey.generate()).public, steward });
  }
  const form = randomBytes(32);
  const audiences = ["people", "coordination", "family"].map((audience) => ({ audience, bucket: BUCKET }));
  await draft.write("form", { form: "registration", number: 1, version: form, audiences, files: [] });
  const { staff, slots } = await hire(root.key.keyId, draft);
  const end = now + lasts;
  await draft.write("invitation", { key: invitation.key.public, site: "arrival", end, count, name: "T-01" });
  const { directory } = draft;
  if (!directory.head) throw new Error("no head");
  return {
    programme: b64(root.key.keyId),
    chain: directory.since(0).map(kept),
    store: b64(store.pkcs8),
    link: writeLink(root.key.keyId, directory.head, invitation.pkcs8),
    form: b64(form),
    staff,
    slots,
    entries: {},
    objects: {},
    heads: [],
  };
}

async function hire(pid: Bytes, draft: DirectoryDraft): Promise<Pick<World, "staff" | "slots">> {
  const staff: World["staff"] = [];
  const slots: World["slots"] = {};
  for (const name of ["Aigerim", "Daniyar"]) {
    const id = madeId();
    const work = await ReadingKey.generate();
    const keys = { signing: null, reading: null, work: work.public };
    await draft.write("staff", { staff: id, name, site: "arrival", stations: ["registration"], ...keys });
    const passphrase = `${name.toLowerCase()} lamp river stone`;
    const { wrap } = await deriveSlot(pid, id, "tablet", passphrase, COST, derive);
    slots[b64(id)] = b64(await sealSlot(pid, id, { kind: "tablet", work }, COST, wrap));
    staff.push({ id: b64(id), name, passphrase });
  }
  return { staff, slots };
}

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
}

export class PageStore implements Transport {
  readonly world: World;
  readonly mood: Mood = { down: false, impostor: false, mute: false, shows: null, noParts: false };
  directorySessions = 0;
  pushes = 0;
  readonly #pid: Bytes;
  #directory: Directory | null = null;

  constructor(world: World) {
    this.world = world;
    this.#pid = unb64(world.programme);
  }

  async hello() {
    this.#line();
    const limits = { body: 4 * 1024 * 1024, part: 1024 * 1024, daily: 1e9 };
    const { public: store } = await this.#key();
    return { v: 1 as const, store, programme: this.#pid, time: Date.now(), limits, head: await this.#head() };
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
    if (!equal(await sha256(data), id)) throw new Problem("hash_differs");
    this.world.objects[b64(id)] = b64(data);
  }

  async session() {
    this.#line();
    return { v: 1 as const, token: "token", until: Date.now() + 900_000 };
  }

  object = async (): Promise<Bytes> => this.#never();
  receipts = async () => this.#never();
  changes = async () => this.#never();

  #never(): never {
    throw new Error("the vault does not ask for this");
  }

  #line(): void {
    if (this.mood.down) throw new Problem("no_network");
  }

  async #key(): Promise<SigningKey> {
    return SigningKey.fromPkcs8(unb64(this.world.store));
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
    const wanted = namedObjects(entry).parts.map((part) => part.id);
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
    const claims = { log, seq, hash, contiguous: 0, time: Date.now(), directory };
    return writeReceipt(this.#pid, key, { store: key.keyId, ...claims });
  }
}
