/**
 * The courier: brings what was signed to a store, and takes its word only when it is signed by a listed one.
 *
 * One round: hello → the store must be listed → (with a key) directory, slots → `have` → bundles → receipts → (with a key)
 * the site's list → chunks of attachments (chunks.ts). Needs no key for what was signed. Any failure ends the round with its Problem; whatever was receipted before stays so, and a 4xx
 * deletes nothing. Rounds do not overlap.
 */
import { type Answer, MAX_BUNDLE, type SentStatement, writeBundle } from "../sync/bundle.ts";
import type { Bytes } from "../sync/bytes.ts";
import { nowMs } from "../sync/clock.ts";
import { b64, hex } from "../sync/ids.ts";
import { keyId } from "../sync/keys.ts";
import { Problem } from "../sync/problems.ts";
import type { Hello, Session as StoreSession } from "../sync/transport.ts";
import { raise } from "./alarms.ts";
import { type Context, needEnrolled } from "./context.ts";
import { type EntryRow, read, write } from "./database.ts";
import { nextBundle } from "./delivery.ts";
import { audit, checkLogs, missingOf } from "./having.ts";
import { checkProgramme, checkShown, followDirectory } from "./keeping.ts";
import { later } from "./loading.ts";
import { abandonLog, currentRow, keepHead } from "./logs.ts";
import { isPending, type Role } from "./receipts.ts";
import { keepAnswer } from "./settling.ts";

/** Room in a bundle for the head statement and lengths. */
const RESERVE = 64 * 1024;
/** Directory entries for a store that is behind: at most this many bytes of a bundle. */
const DIRECTORY_SHARE = 1024 * 1024;
const AUDIT_EVERY = 60 * 60 * 1000;

/** A store that is listed, and what it said of itself. */
interface Met {
  readonly id: Bytes;
  readonly role: Role;
  readonly hello: Hello;
}

export class Courier {
  readonly #context: Context;
  #running: Promise<number> | null = null;
  /** Stores whose word on our logs was heard since the start (I12). */
  readonly #asked = new Set<string>();
  #auditedAt = 0;
  /** A round may have ended in the middle: the store may hold more than it could say. */
  #cut = true;

  constructor(context: Context) {
    this.#context = context;
  }

  /** One round; entries sent. A second call while one runs joins it. */
  round(): Promise<number> {
    this.#running ??= this.#round().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #round(): Promise<number> {
    this.#context.ensureOpen();
    const met = await this.#meet();
    const { session, problem } = await this.#follow(met);
    if (!this.#asked.has(hex(met.id))) {
      await checkLogs(this.#context);
      this.#asked.add(hex(met.id));
      this.#auditedAt = 0;
    }
    if (Math.abs(nowMs() - this.#auditedAt) > AUDIT_EVERY) {
      await audit(this.#context, met.role);
      this.#auditedAt = nowMs();
    }
    const cut = this.#cut;
    this.#cut = true;
    const told = new Set<string>();
    let sent = await this.#send(met, told, cut);
    const names = session && !problem ? await this.#pull(met, session) : null;
    sent += await this.#sendChunks(met, told);
    this.#cut = false;
    if (problem ?? names) throw problem ?? names;
    return sent;
  }

  async #meet(): Promise<Met> {
    const { device, directory } = needEnrolled(this.#context);
    const asked = nowMs();
    const hello = await this.#context.transport.hello();
    checkProgramme(device.programme, hello);
    const id = await keyId(hello.store);
    const store = directory.store(id);
    // Its receipts would not count; it shall not learn from us either.
    if (!store) throw new Problem("unlisted_store");
    const offset = Math.round(hello.time - (asked + nowMs()) / 2);
    await write(this.#context.db, ["facts"], async (tx) => {
      await tx.objectStore("facts").put(nowMs(), "lastContact");
      await tx.objectStore("facts").put(hello.time, "storeTime");
      await tx.objectStore("facts").put(offset, "offset");
    });
    return { id, role: store.role, hello };
  }

  /**
   * The directory, as far as the keys allow. What a store refuses here, to a revoked tablet for one, does not keep the
   * work on the tablet: it is told after the work was delivered.
   */
  async #follow({ id, hello }: Met): Promise<{ session: StoreSession | null; problem: Problem | null }> {
    const { device } = needEnrolled(this.#context);
    const keys = this.#context.keys;
    await checkShown(this.#context, hello.head);
    if (!keys) return { session: null, problem: null };
    try {
      const session = await this.#context.transport.session(device.programme, id, keys.signing);
      await followDirectory(this.#context, hello, session);
      if (this.#context.keys) await keepHead(this.#context);
      return { session, problem: null };
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.code === "no_network") throw cause;
      // Locked in the middle of the round: the rest needs no key.
      return { session: null, problem: cause.code === "locked" ? null : cause };
    }
  }

  /**
   * Whom other tablets of the site registered; after the push, which must not wait for it. A refusal is told after the
   * pictures were brought.
   */
  async #pull({ id }: Met, session: StoreSession): Promise<Problem | null> {
    const { keys } = this.#context;
    if (!keys) return null;
    const { pullPeople } = await later();
    try {
      await pullPeople(this.#context, keys, id, session);
      return null;
    } catch (cause) {
      if (!(cause instanceof Problem) || cause.code === "no_network") throw cause;
      // Locked or closed meanwhile: the next round goes on.
      return cause.code === "locked" ? null : cause;
    }
  }

  async #sendChunks(met: Met, told: Set<string>): Promise<number> {
    const pending = (): Promise<EntryRow[]> => this.#pending(met.role);
    if (!(await pending()).some((row) => row.chunks?.length)) return 0;
    const { sendChunks } = await later();
    let fresh = 0;
    const whole = await sendChunks(this.#context, pending, async () => {
      if ((await pending()).some((row) => !told.has(row.place))) fresh += await this.#send(met, told, false);
    });
    return whole + fresh;
  }

  /** Entries and parts of what was not `told` in this round; what is whole with them. */
  async #send(met: Met, told: Set<string>, cut: boolean): Promise<number> {
    let pending = (await this.#pending(met.role)).filter((row) => !told.has(row.place));
    if (cut) pending = await this.#lacking(pending);
    let sent = 0;
    let first = true;
    while (first || pending.length > 0) {
      const { entries, bare } = nextBundle(pending, Math.min(met.hello.limits.body, MAX_BUNDLE) - this.#reserve(first));
      await this.#deliver(met, entries, bare, first);
      pending = pending.slice(entries.length);
      for (const row of entries) told.add(row.place);
      sent += entries.filter((row) => !row.chunks?.length).length;
      first = false;
    }
    return sent;
  }

  #reserve(first: boolean): number {
    return RESERVE + (first ? DIRECTORY_SHARE : 0);
  }

  /** Oldest first: what a store cannot place yet would only be kept as a gap. */
  async #pending(role: Role): Promise<EntryRow[]> {
    const states = (["tablet", "carried"] as const).filter((state) => isPending(state, role));
    const rows = await read(() =>
      Promise.all(states.map((state) => this.#context.db.getAllFromIndex("entries", "state", state))),
    );
    return rows.flat().sort((a, b) => a.sealedAt - b.sealedAt || a.seq - b.seq);
  }

  async #deliver(met: Met, entries: readonly EntryRow[], bare: boolean, first: boolean): Promise<void> {
    const parts = bare ? [] : await this.#parts(entries);
    const head = first ? await this.#head() : [];
    const directory = first ? this.#behind(met.hello) : [];
    const { transport } = this.#context;
    let answer = await transport.pushBundle(writeBundle({ directory, entries, statements: head, parts }));
    if (await this.#bringMissing(answer, entries)) {
      answer = await transport.pushBundle(writeBundle({ entries }));
    }
    await keepAnswer(this.#context, answer, entries);
    if (answer.entries.some((one) => one.remark === "fork")) await this.#fork(entries);
    this.#context.changed();
  }

  /** The same entries with only those parts that the store does not have: they may have arrived before a cut. */
  async #lacking(pending: readonly EntryRow[]): Promise<EntryRow[]> {
    const ids = pending.flatMap((row) => row.parts.map((part) => part.id));
    const missing = await missingOf(this.#context, ids);
    return pending.map((row) => ({ ...row, parts: row.parts.filter((part) => missing.has(b64(part.id))) }));
  }

  /** What a store that is behind has not seen of the directory, as far as it fits. */
  #behind(hello: Hello): { bytes: Bytes; signature: Bytes }[] {
    const { directory } = needEnrolled(this.#context);
    let left = DIRECTORY_SHARE;
    return directory.since(hello.head.seq).filter((signed) => {
      left -= signed.bytes.length + signed.signature.length + 64;
      return left > 0;
    });
  }

  async #head(): Promise<SentStatement[]> {
    const row = await currentRow(this.#context);
    const head = row && (await read(() => this.#context.db.get("heads", b64(row.log))));
    return head ? [{ kind: "head", ...head }] : [];
  }

  async #parts(entries: readonly EntryRow[]): Promise<Bytes[]> {
    const keys = entries.flatMap((entry) => entry.parts.map((part) => part.key));
    const found = await read(() => Promise.all(keys.map((key) => this.#context.db.get("parts", key))));
    return found.filter((part) => part !== undefined);
  }

  /** Puts what a waiting entry still wants, one by one. True when something was put. */
  async #bringMissing(answer: Answer, entries: readonly EntryRow[]): Promise<boolean> {
    const own = new Map(entries.flatMap((entry) => entry.parts.map((part) => [hex(part.id), part])));
    let put = false;
    for (const id of answer.entries.flatMap((one) => one.missing)) {
      const part = own.get(hex(id));
      const bytes = part && (await read(() => this.#context.db.get("parts", part.key)));
      if (!bytes) continue;
      await this.#context.transport.putObject(id, bytes);
      put = true;
    }
    return put;
  }

  async #fork(entries: readonly EntryRow[]): Promise<void> {
    const current = await currentRow(this.#context);
    if (!current) return;
    await abandonLog(this.#context, current.log);
    await raise(this.#context.db, "fork", { seq: entries[0]?.seq ?? 0 });
  }
}
