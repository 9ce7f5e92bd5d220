/** The page that tests of the vault drive: `harness` on the window, one vault and one store at a time. */
import { b64, keyOfLog } from "../../../static/src/sync/ids.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { randomBytes } from "../../../static/src/sync/randomness.ts";
import { readShortCode, readShortHead, verifyShortHead } from "../../../static/src/sync/short-head.ts";
import { type Context, needEnrolled, needKeys } from "../../../static/src/vault/context.ts";
import { write } from "../../../static/src/vault/database.ts";
import { type Group, sealPage } from "../../../static/src/vault/people.ts";
import type { DraftState, FormVersion, Person, Session, Vault } from "../../../static/src/vault/types.ts";
import { openVault } from "../../../static/src/vault/vault.ts";
import { downgrade } from "./page-old.ts";
import { PageStore } from "./page-store.ts";
import { found, type World } from "./page-world.ts";

class Harness {
  vault: Vault | null = null;
  store: PageStore | null = null;
  taken = 0;
  found = found;

  /** Opens the vault before a store in this state of the world. */
  async open(world: World, takeOver = false): Promise<void> {
    const store = new PageStore(world);
    this.store = store;
    window.fetch = async (url) => {
      if (url !== "/slots/tablet") throw new TypeError(`no ${url}`);
      return Response.json({ slots: Object.values(store.world.slots) });
    };
    this.vault = await openVault({ takeOver, transport: store, release: "test" });
    this.vault.on("taken", () => {
      this.taken += 1;
    });
  }

  /** Opens the vault before the page's own centre: whatever serves it. */
  async openCentre(): Promise<void> {
    this.vault = await openVault({ release: "test" });
  }

  /** What a promise came to: its value, or the code it was refused with. */
  async outcome<T>(work: Promise<T>): Promise<T | string> {
    try {
      return await work;
    } catch (cause) {
      return Problem.is(cause) ? cause.code : `bug: ${cause}`;
    }
  }

  async enrolled(world: World): Promise<void> {
    await this.open(world);
    await this.need().enrol(world.link);
  }

  /** Sends, fetches; and what came of it. */
  async round(): Promise<string> {
    return this.outcome(
      this.need()
        .push()
        .then(() => "done"),
    );
  }

  async unlock(who = 0): Promise<Session> {
    const person = this.world().staff[who];
    if (!person) throw new Error("nobody");
    return this.need().unlock(person.id, person.passphrase);
  }

  async draft(): Promise<string> {
    const { form, version } = await this.form();
    return (await this.session().newDraft({ form, version })).id;
  }

  state(answers: unknown): DraftState {
    const about = { card: null, name: null, talk: null, stopped: null, station: null, due: null };
    return { language: "kk", section: 1, ...about, answers, today: "2026-03-01", now: "" };
  }

  /** A picture of so many bytes, told apart by `fill`. */
  async attach(id: string, size: number, fill = 7, type = "image/jpeg"): Promise<string> {
    return this.session().attach(id, { type, bytes: new Uint8Array(size).fill(fill) });
  }

  /** What is kept of an attachment: its type, how many bytes, and which they are. */
  async attached(id: string, name: string): Promise<{ type: string; size: number; fills: number[] }> {
    const { type, bytes } = await this.session().attachment(id, name);
    return { type, size: bytes.length, fills: [...new Set(bytes)] };
  }

  /** Seals a talk with pictures of these sizes for one audience. */
  async sealPictures(sizes: readonly number[], audience = "family"): Promise<{ submission: string; seq: number }> {
    const id = await this.draft();
    const names = [];
    for (const [at, size] of sizes.entries()) names.push(await this.attach(id, size, at + 1));
    return this.seal(id, "Sailaubek", {}, { [audience]: names });
  }

  async seal(
    id: string,
    name = "Sailaubek",
    row: Partial<Person> = {},
    attachments: Record<string, string[]> = {},
  ): Promise<{ submission: string; seq: number }> {
    const { audiences } = await this.form();
    const people: Person[] = [{ card: "7KQ4-M2XD-9P", name, stations: ["registration"], ...row }];
    const json = (audience: string) => ({ v: 1, audience, ...(audience === "people" ? { people } : { name }) });
    const payloads = audiences.map((one) => {
      const names = attachments[one.audience];
      return { ...one, json: json(one.audience), ...(names ? { attachments: names } : {}) };
    });
    const card = people[0]?.card ?? null;
    return this.session().seal(id, payloads, { title: { en: "Registration" }, card, name, people });
  }

  async sealNew(name?: string, row: Partial<Person> = {}): Promise<{ submission: string; seq: number }> {
    return this.seal(await this.draft(), name, row);
  }

  /** Saves without end; says each number only after the vault said that it is kept. */
  async saveForever(id: string, weight: number): Promise<void> {
    for (let number = 1; ; number++) {
      await this.session().saveDraft(id, this.state({ number, weight: "x".repeat(weight), again: number }));
      await report("saved", number);
    }
  }

  /** Seals without end; says each submission after the vault did. */
  async sealForever(): Promise<void> {
    for (;;) {
      const id = await this.draft();
      await this.session().saveDraft(id, this.state({ id }));
      await report("saved", id);
      const { seq } = await this.seal(id);
      await report("sealed", `${id} ${seq}`);
    }
  }

  /** Puts the second draft's bytes into the first one's record, as a thief with the disk could. */
  async swapDrafts(into: string, from: string): Promise<void> {
    const rows = (await this.raw("drafts")) as { id: string; sealed: Uint8Array }[];
    const sealed = rows.find((row) => row.id === from)?.sealed;
    const row = rows.find((one) => one.id === into);
    await this.onDisk(async (db) => {
      const tx = db.transaction("drafts", "readwrite");
      tx.objectStore("drafts").put({ ...row, sealed });
      await new Promise((resolve) => {
        tx.oncomplete = resolve;
      });
    });
  }

  /** Puts two pieces of attachments into each other's place. */
  async swapPieces(one: string, other: string): Promise<void> {
    const context = this.need() as unknown as Context;
    await write(context.db, ["pieces"], async (tx) => {
      const store = tx.objectStore("pieces");
      const [first, second] = [await store.get(one), await store.get(other)];
      if (!first || !second) throw new Error("no such piece");
      await store.put(second, one);
      await store.put(first, other);
    });
  }

  /** So many people of the site, each from a submission of another tablet, as the feed would have brought them. */
  async crowd(count: number, perPage = 200): Promise<void> {
    const context = this.need() as unknown as Context;
    const log = b64(randomBytes(40));
    for (let at = 0; at < count; at += perPage) {
      const groups = Array.from({ length: Math.min(perPage, count - at) }, (_, n) => groupOf(log, at + n));
      const page = await sealPage(context, needKeys(context), groups);
      await write(context.db, ["people"], (tx) => tx.objectStore("people").put(page.record, page.key));
    }
  }

  /** The database as release 1 left it: its stores, its people rows one record each, drafts without later fields. */
  async downgrade(): Promise<void> {
    const context = this.need() as unknown as Context;
    await downgrade(context.db, needEnrolled(context).device.programme, needKeys(context).vault);
  }

  /** What a desk reads off the screen at the end of a shift. */
  async readHead(qr: string, code: string) {
    const directory = await this.store?.listed();
    if (!directory) throw new Error("no store");
    const signed = readShortHead(qr);
    const key = directory.keyOfLog(signed.head.log);
    const head = await verifyShortHead(directory.pid, key ?? new Uint8Array(65), signed);
    const typed = await readShortCode(directory.pid, code.toLowerCase(), [head.log]);
    const device = directory.devices.get(keyOfLog(head.log))?.name;
    return { seq: head.seq, time: head.time, device, code: typed.seq, fits: typed.logs.length === 1 };
  }

  /** All rows of a store of the database, as they lie there. */
  async raw(name: string): Promise<unknown[]> {
    return this.onDisk(async (db) => {
      const all = db.transaction(name).objectStore(name).getAll();
      return new Promise((resolve) => {
        all.onsuccess = () => resolve(all.result);
      });
    });
  }

  async onDisk<T>(work: (db: IDBDatabase) => Promise<T>): Promise<T> {
    const open = indexedDB.open("esik");
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      open.onsuccess = () => resolve(open.result);
      open.onerror = () => reject(open.error);
    });
    const result = await work(db);
    db.close();
    return result;
  }

  /** Submissions in the outbox whose parts are not all there. */
  async holes(): Promise<string[]> {
    const sizes = new Map<number, number>();
    for (const part of (await this.raw("parts")) as Uint8Array[]) {
      sizes.set(part.length, (sizes.get(part.length) ?? 0) + 1);
    }
    const entries = (await this.raw("entries")) as { submission: string; parts: { size: number }[] }[];
    const take = (size: number): boolean => {
      const left = sizes.get(size) ?? 0;
      sizes.set(size, left - 1);
      return left > 0;
    };
    return entries.filter((entry) => !entry.parts.every((part) => take(part.size))).map((entry) => entry.submission);
  }

  async form(): Promise<FormVersion> {
    const form = (await this.need().forms()).find((one) => one.newest);
    if (!form) throw new Error("no form");
    return form;
  }

  need(): Vault {
    if (!this.vault) throw new Error("no vault");
    return this.vault;
  }

  session(): Session {
    const session = this.need().session();
    if (!session) throw Problem.of("locked");
    return session;
  }

  world(): World {
    if (!this.store) throw new Error("no store");
    return this.store.world;
  }
}

function groupOf(log: string, at: number): Group {
  const ids = {
    submission: `s${at}`,
    form: b64(new Uint8Array(32)),
    log,
    hash: `h${at}`,
    prev: `h${at - 1}`,
    part: null,
  };
  const row = { card: `C${at}`, family_card: `F${at % 500}`, name: `Child ${at} of the valley`, sex: "f" };
  const more = { birth_date: "2019-05-04", birth_date_precision: "day", stations: ["registration"], queue: 2 as const };
  return { ...ids, seq: at + 1, time: Date.now(), offset: 0, received: Date.now(), rows: [{ ...row, ...more }] };
}

declare global {
  interface Window {
    harness: Harness;
    /** Given by the test: takes what was acknowledged, before anything else happens. */
    report?: (kind: string, what: number | string) => Promise<void>;
  }
}

async function report(kind: string, what: number | string): Promise<void> {
  console.log(`${kind} ${what}`);
  await window.report?.(kind, what);
}

window.harness = new Harness();
