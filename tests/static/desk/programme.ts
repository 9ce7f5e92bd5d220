// A small invented programme with real keys, and a centre in memory that keeps what it is pushed and may be told to lie.

import type { Centre } from "../../../static/src/desk/centre.ts";
import { type Bundle, readBundle } from "../../../static/src/sync/bundle.ts";
import { type Bytes, equal } from "../../../static/src/sync/bytes.ts";
import { Directory } from "../../../static/src/sync/directory.ts";
import { deviceBody, directoryEntry } from "../../../static/src/sync/directory-write.ts";
import { type Entry, entryHash, readEntry, type Signed } from "../../../static/src/sync/entry.ts";
import { sealGrant } from "../../../static/src/sync/grant.ts";
import { b64, madeId, newLogId, sha256 } from "../../../static/src/sync/ids.ts";
import { ReadingKey, SigningKey } from "../../../static/src/sync/keys.ts";
import { emptyLog, type LogState } from "../../../static/src/sync/log.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { type Sealed, sealSubmission } from "../../../static/src/sync/seal.ts";
import { deriveSlot, readSlot, type Slot, sealSlot } from "../../../static/src/sync/slot.ts";
import { writeHead, writeReceipt } from "../../../static/src/sync/statement.ts";
import type { Transport } from "../../../static/src/sync/transport.ts";
import type { WireMap } from "../../../static/src/sync/wire.ts";
import { FORM, payload } from "./made.ts";

export const NOW = 1_780_000_000_000;
export const FORM_BYTES = new TextEncoder().encode(JSON.stringify(FORM));
export const PASSPHRASE = "calm river stone paper lamp door";
const COST = { memory: 65_536, passes: 3, lanes: 1 };
const AUDIENCES = ["people@arrival", "coordination", "family", "protection"];

/** Argon2id's stand-in: these tests are about what follows. */
export const derive = async (passphrase: string, salt: Uint8Array): Promise<Uint8Array> => {
  const first = await sha256(new TextEncoder().encode(`${passphrase}${b64(salt)}`));
  return new Uint8Array([...first, ...(await sha256(first))]);
};

export type Person = { staff: Bytes; name: string; signing: SigningKey; pkcs8: Bytes; reading: ReadingKey };

export class Programme {
  directory!: Directory;
  readonly chain: Signed[] = [];
  readonly objects = new Map<string, Bytes>();
  readonly audiences = new Map<string, ReadingKey>();
  root!: SigningKey;
  saule!: Person;
  protection!: Person;
  store!: SigningKey;
  tablet!: SigningKey;
  log!: LogState;
  version!: Bytes;

  static async begin(): Promise<Programme> {
    const made = new Programme();
    made.root = (await SigningKey.generate()).key;
    made.saule = await person("Saule Test-Admin");
    made.protection = await person("Dana Test-Protection");
    made.store = (await SigningKey.generate()).key;
    made.directory = new Directory(made.root.keyId);
    const recovery = await ReadingKey.generate();
    await made.write(
      "programme",
      { name: "Autumn test", root: made.root.public, recovery: recovery.public },
      made.root,
    );
    await made.write("administrator", bodyOf(made.saule), made.root);
    await made.write("site", { site: "arrival", name: "Arrival hall", role: "arrival" });
    await made.write("staff", bodyOf(made.protection));
    await made.write("store", { key: made.store.public, role: "centre", name: "centre" });
    for (const audience of AUDIENCES) await made.begin_(audience, recovery);
    for (const audience of AUDIENCES.slice(0, 3)) await made.grant(audience, made.saule.reading);
    await made.grant("protection", made.protection.reading);
    made.version = await sha256(FORM_BYTES);
    const buckets = FORM.audiences.map(({ audience, bucket }) => ({ audience, bucket }));
    await made.write("form", { form: "registration", number: 1, version: made.version, audiences: buckets, files: [] });
    await made.enrol("T-01");
    return made;
  }

  async write(kind: string, body: WireMap, key: SigningKey = this.saule.signing): Promise<void> {
    const signed = await directoryEntry(this.directory, key, kind, body, NOW);
    await this.directory.append(signed, NOW);
    this.chain.push(signed);
  }

  async begin_(audience: string, recovery: ReadingKey): Promise<void> {
    const key = await ReadingKey.generate();
    this.audiences.set(audience, key);
    await this.write("audience", { audience, epoch: 1, key: key.public, steward: this.saule.staff });
    await this.grant(audience, recovery);
  }

  async grant(audience: string, reader: ReadingKey): Promise<void> {
    const key = this.audiences.get(audience) as ReadingKey;
    const object = await sealGrant(this.root.keyId, audience, 1, key, reader.public);
    const id = await sha256(object);
    this.objects.set(b64(id), object);
    await this.write("grant", { audience, epoch: 1, reader: reader.keyId, object: id, size: object.length });
  }

  async enrol(name: string): Promise<SigningKey> {
    const invitation = (await SigningKey.generate()).key;
    const body = { key: invitation.public, site: "arrival", end: NOW * 2, count: 1, name };
    await this.write("invitation", body);
    const signing = (await SigningKey.generate()).key;
    const reading = await ReadingKey.generate();
    const device = { name, site: "arrival", signing, reading, invitation: invitation.keyId };
    await this.write("device", await deviceBody(this.root.keyId, device), invitation);
    this.tablet = signing;
    this.log = emptyLog(newLogId(signing.keyId));
    return signing;
  }

  /** The next submission of the tablet: one family, with a word for each audience. */
  async seal(name: string, submission: Bytes = madeId()): Promise<Sealed> {
    const member = { card: "7KQ4-M2XD-9P", name, stations: ["registration"] };
    const about = (audience: string, more: object) => ({
      ...payload({
        audience,
        submission: b64(submission),
        form: { key: "registration", version: b64(this.version), number: 1 },
        subject: { household: null, cards: [member.card] },
        ...more,
      }),
    });
    const payloads = {
      people: about("people", { people: [member] }),
      coordination: about("coordination", { answers: { members: [{ name, sex: "f" }] } }),
      family: about("family", { answers: { first_need: `coat for ${name}` } }),
      protection: about("protection", { answers: { members: [{ relation: "aunt" }] } }),
    };
    const writer = { key: this.tablet, log: this.log, time: NOW, offset: null };
    const input = { version: this.version, submission, payloads: payloads as never };
    const sealed = await sealSubmission(this.directory, writer, input);
    this.log = sealed.next;
    return sealed;
  }
}

async function person(name: string): Promise<Person> {
  const { key, pkcs8 } = await SigningKey.generate();
  return { staff: madeId(), name, signing: key, pkcs8, reading: await ReadingKey.generate() };
}

function bodyOf({ staff, name, signing, reading }: Person): WireMap {
  const keys = { signing: signing.public, reading: reading.public, work: null };
  return { staff, name, ...keys, site: "arrival", stations: [] };
}

type Kept = { signed: Signed; entry: Entry; hash: Bytes };

/** A centre in memory; every field may be changed by a test to make it hostile, forgetful or out of reach. */
export class MemoryCentre {
  readonly made: Programme;
  readonly kept: Kept[] = [];
  readonly heads: Signed[] = [];
  readonly objects: Map<string, Bytes>;
  readonly sent: string[] = [];
  readonly slots: { staff: string; auth: string; slot: Slot }[] = [];
  /** runs before the next bundle is taken: somebody else was faster */
  before: (() => Promise<void>) | null = null;
  slotsClosed = false;
  offline = false;
  receipts: SigningKey;
  shown: Signed[] | null = null;

  constructor(made: Programme) {
    this.made = made;
    this.objects = new Map(made.objects);
    this.receipts = made.store;
  }

  async take(sealed: Sealed): Promise<void> {
    await this.keep(
      sealed.entry,
      sealed.parts.map((part) => part.bytes),
    );
  }

  async keep(signed: Signed, parts: readonly Bytes[]): Promise<void> {
    this.kept.push({ signed, entry: readEntry(signed.bytes), hash: await entryHash(signed.bytes) });
    for (const part of parts) this.objects.set(b64(await sha256(part)), part);
  }

  async state(seq: number): Promise<void> {
    const { made } = this;
    const head = made.directory.head;
    if (!head) throw new Error("no head");
    const hash = made.log.hash;
    const body = {
      log: made.log.log,
      seq,
      hash,
      time: NOW,
      directory: head,
      release: "r",
      epochs: [],
      ready: true,
      drafts: [],
    };
    this.heads.push(await writeHead(made.root.keyId, made.tablet, body));
  }

  centre(who: Person): Centre {
    const { made } = this;
    return {
      find: async () => ({ staff: who.staff, programme: made.root.keyId, ...COST }),
      openSlot: async (staff, auth) => {
        this.sent.push(b64(auth));
        const derived = await deriveSlot(made.root.keyId, staff, "desk", PASSPHRASE, COST, derive);
        if (!equal(derived.auth, auth)) throw Problem.of("wrong_passphrase");
        const secrets = { kind: "desk", signing: who.pkcs8, reading: who.reading } as const;
        return sealSlot(made.root.keyId, staff, secrets, COST, derived.wrap);
      },
      putTabletSlot: async (staff, auth, slot) => {
        if (this.offline || this.slotsClosed) throw new Problem("no_network");
        this.slots.push({ staff: b64(staff), auth: b64(auth), slot: readSlot(slot) });
      },
      form: async () => FORM,
    };
  }

  transport(): Transport {
    const { made } = this;
    const there = () => {
      if (this.offline) throw new Problem("no_network");
    };
    const limits = { body: 1, part: 1, daily: 1 };
    const session = { v: 1 as const, token: "t", until: 0 };
    return {
      hello: async () => {
        there();
        const head = made.directory.head;
        if (!head) throw new Error("no head");
        return { v: 1, store: made.store.public, programme: made.root.keyId, time: NOW, limits, head };
      },
      directory: async (after) => {
        there();
        const chain = this.shown ?? made.chain;
        const last = chain.at(-1);
        if (!last) throw new Error("no head");
        const head = { seq: chain.length, hash: await entryHash(last.bytes) };
        return { v: 1, head, entries: chain.slice(after) };
      },
      have: async ([log]) => {
        there();
        const mine = this.kept.filter((one) => log && equal(one.entry.log, log));
        const top = mine.toSorted((a, b) => b.entry.seq - a.entry.seq)[0];
        const logs = top ? [{ log: top.entry.log, seq: top.entry.seq, hash: top.hash, contiguous: top.entry.seq }] : [];
        return { v: 1, logs, missing: [] };
      },
      pushBundle: async (bytes) => {
        there();
        return this.push(readBundle(bytes));
      },
      putObject: async () => {},
      object: async (id) => {
        there();
        const object = this.objects.get(b64(id));
        if (!object) throw Problem.of("not_found");
        return object;
      },
      receipts: async (log, after) => {
        there();
        const mine = this.kept.filter((one) => equal(one.entry.log, log) && one.entry.seq > after);
        return Promise.all(mine.map((one) => this.receipt(one)));
      },
      changes: async (after) => {
        there();
        const entries = this.kept.map(({ signed }, at) => ({
          seq: at + 1,
          ...signed,
          received: NOW + at,
          remark: null,
        }));
        const statements = this.heads.map((one, at) => ({ seq: at + 1, kind: "head" as const, ...one, received: NOW }));
        const more = false;
        return { v: 1, cursor: entries.length, entries: entries.slice(after), statements, more };
      },
      session: async () => {
        there();
        return session;
      },
    };
  }

  async push(bundle: Bundle) {
    await this.before?.();
    const head = this.made.directory.head;
    if (!head) throw new Error("no head");
    const before = this.kept.length;
    const { directory, newer } = await this.append(bundle);
    for (const signed of bundle.entries) await this.keep(signed, bundle.parts);
    const fresh = this.kept.slice(before);
    const entries = fresh.map(({ hash }) => ({
      hash,
      state: "held" as const,
      remark: null,
      problem: null,
      missing: [],
    }));
    const receipts = await Promise.all(fresh.map((one) => this.receipt(one)));
    return { v: 1 as const, head, directory, entries, receipts, statements: [], newer };
  }

  /** All or none, on top of the head; like a centre, with what is newer when the head has moved. */
  async append(bundle: Bundle) {
    const { made } = this;
    const [first] = bundle.directory;
    const after = first ? readEntry(first.bytes).seq - 1 : made.directory.seq;
    const trial = await made.directory.copy();
    let problem: string | null = null;
    for (const signed of bundle.directory) {
      if (problem === null) problem = await trial.append(signed, NOW).then(() => null, codeOf);
    }
    if (problem === null) {
      for (const chunk of bundle.chunks) this.objects.set(b64(await sha256(chunk)), chunk);
      for (const signed of bundle.directory) {
        await made.directory.append(signed);
        made.chain.push(signed);
      }
    }
    const hashes = await Promise.all(bundle.directory.map((signed) => entryHash(signed.bytes)));
    const newer = problem === "directory_moved" ? made.chain.slice(after) : null;
    return { directory: hashes.map((hash) => ({ hash, problem })), newer };
  }

  receipt({ entry, hash }: Kept): Promise<Signed> {
    const { made } = this;
    const head = made.directory.head;
    if (!head) throw new Error("no head");
    const body = { store: this.receipts.keyId, log: entry.log, seq: entry.seq, hash, contiguous: entry.seq, time: NOW };
    return writeReceipt(made.root.keyId, this.receipts, { ...body, directory: head });
  }
}

function codeOf(problem: unknown): string {
  if (!Problem.is(problem)) throw problem;
  return problem.code;
}
