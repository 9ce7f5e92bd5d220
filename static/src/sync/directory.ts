/**
 * The directory: one chain, append only, every entry checked by everybody (PROTOCOL 6).
 *
 *   on top of the head        checked, applied
 *   the same entry again      nothing happens
 *   anything else             `directory_moved`; for a reader of another's chain `split_directory`
 */
import { equal } from "./bytes.ts";
import { judge, signerPublic } from "./directory-rules.ts";
import { type Context, State } from "./directory-state.ts";
import { View } from "./directory-view.ts";
import { type Entry, entryHash, type Head, readEntry, type Signed, verifyEntry, ZERO_HASH } from "./entry.ts";
import { IdSet } from "./idmap.ts";
import { directoryLog } from "./ids.ts";
import { Problem } from "./problems.ts";
import { isMap, type Value } from "./wire.ts";

interface Link {
  readonly signed: Signed;
  readonly context: Context;
}

/** A programme's directory as far as it is known here. Appends wait for each other. */
export class Directory extends View {
  #chain: Link[] = [];
  #void = new IdSet();
  #last: Promise<unknown> = Promise.resolve();

  constructor(pid: Uint8Array) {
    super(pid);
  }

  /** A directory from its first entry on. Throws the problem of the first entry that fails. */
  static async read(pid: Uint8Array, chain: readonly Signed[]): Promise<Directory> {
    const directory = new Directory(pid);
    for (const signed of chain) await directory.append(signed);
    return directory;
  }

  /** Another that goes on by itself: what is appended to it does not show here. */
  async copy(): Promise<Directory> {
    const other = new Directory(this.pid);
    other.#chain = [...this.#chain];
    [other.state, other.#void] = await replay(this.#chain, this.pid, this.#void);
    return other;
  }

  /** The newest entry; null before the first. */
  get head(): Head | null {
    const last = this.#chain.at(-1);
    return last ? { seq: this.#chain.length, hash: last.context.hash } : null;
  }

  /** The number of the newest entry, 0 before the first. */
  get seq(): number {
    return this.#chain.length;
  }

  /** Hashes of entries that a root-signed revoke made void; they stay in the chain and are not applied. */
  get void(): IdSet {
    return this.#void;
  }

  /** The entries after number `seq`. */
  since(seq: number): Signed[] {
    return this.#chain.slice(Math.max(seq, 0)).map((link) => link.signed);
  }

  /** Every entry, in order. */
  entries(): Entry[] {
    return this.#chain.map((link) => link.context.entry);
  }

  /** The hash of the entry with this number; undefined beyond the head. */
  hashAt(seq: number): Head["hash"] | undefined {
    return this.#chain[seq - 1]?.context.hash;
  }

  /**
   * Checks and applies an entry on top of the head. `at` is the appending store's clock (ms), null when reading a chain.
   * An entry that is here already changes nothing. Throws a `Problem` and changes nothing.
   */
  append(signed: Signed, at: number | null = null): Promise<Entry> {
    const turn = this.#last.then(() => this.#append(signed, at));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Reads on in another's chain, which may overlap mine. Throws `split_directory` where it contradicts mine, else the
   * problem of the first entry that fails; those before it are applied.
   */
  async extend(newer: readonly Signed[]): Promise<void> {
    for (const signed of newer) {
      const entry = readEntry(signed.bytes);
      const mine = this.hashAt(entry.seq);
      const head = this.head;
      const contradicts = mine
        ? !equal(mine, await entryHash(signed.bytes))
        : head !== null && entry.seq === head.seq + 1 && !equal(entry.prev, head.hash);
      if (contradicts) throw new Problem("split_directory", { seq: entry.seq });
      await this.append(signed);
    }
  }

  /**
   * Whether another's view of the chain is mine: `seen`, or `ahead` when it names what I do not have yet. Throws
   * `split_directory`, an alarm.
   */
  checkView(head: Head): "seen" | "ahead" {
    const mine = this.hashAt(head.seq);
    if (mine && !equal(mine, head.hash)) throw new Problem("split_directory", { seq: head.seq });
    return mine ? "seen" : "ahead";
  }

  /**
   * Whether `other` (all that a store shows) goes on from what I have seen. Throws `shortened_directory` or
   * `split_directory`; not the latter when a root-signed `follow` after the split names a place in `other`.
   */
  compare(other: Directory): void {
    let split: number | null = null;
    for (let seq = 1; seq <= Math.min(this.seq, other.seq) && split === null; seq++) {
      if (!equal(this.hashAt(seq) as Uint8Array, other.hashAt(seq) as Uint8Array)) split = seq;
    }
    if (split === null) {
      if (other.seq < this.seq) throw new Problem("shortened_directory", { seen: this.seq, shown: other.seq });
      return;
    }
    const from = split;
    const follows = other
      .entries()
      .slice(from - 1)
      .filter((entry) => entry.kind === "follow");
    if (!follows.some((entry) => Number(entry.body["seq"]) >= from))
      throw new Problem("split_directory", { seq: from });
  }

  async #append(signed: Signed, at: number | null): Promise<Entry> {
    const entry = readEntry(signed.bytes);
    const hash = await entryHash(signed.bytes);
    if (!equal(entry.log, directoryLog(this.pid))) throw new Problem("wrong_programme", { reason: "log" });
    const mine = this.hashAt(entry.seq);
    if (mine && equal(mine, hash)) return entry;
    if (entry.seq !== this.seq + 1 || !equal(entry.prev, this.head?.hash ?? ZERO_HASH)) {
      throw new Problem("directory_moved", { seq: this.seq });
    }
    const context: Context = { entry, hash, by: entry.by ?? ZERO_HASH, at };
    const signer = await signerPublic(this.state, context);
    if (!(await verifyEntry(signer, this.pid, signed))) throw new Problem("bad_signature");
    this.#checkPlaces(entry);
    const voided = await this.#voided(context);
    if (voided) [this.state, this.#void] = voided;
    else await judge(this.state, context);
    this.#chain.push({ signed, context });
    return entry;
  }

  /** That `follow`, and cuts in this log, name entries of this very chain. */
  #checkPlaces({ kind, body }: Entry): void {
    const own = directoryLog(this.pid);
    const cuts: Value[] = kind === "revoke" && "key" in body && Array.isArray(body["cut"]) ? body["cut"] : [];
    const inOwn = cuts.filter((cut) => isMap(cut) && cut["log"] instanceof Uint8Array && equal(cut["log"], own));
    for (const place of kind === "follow" ? [body] : inOwn) {
      const { seq, hash } = place as { [key: string]: Value };
      if (typeof seq !== "number" || !(hash instanceof Uint8Array)) throw new Problem("malformed", { reason: "place" });
      const mine = this.hashAt(seq);
      if (!mine || !equal(mine, hash)) throw new Problem("split_directory", { seq });
    }
  }

  /** The state without what a bad administrator signed after a cut in this log; null when there is no such cut. */
  async #voided(context: Context): Promise<[State, IdSet] | null> {
    const key = context.entry.body["key"];
    const byRoot = context.entry.kind === "revoke" && equal(context.by, this.pid);
    if (!byRoot || !(key instanceof Uint8Array)) return null;
    const [judged] = await replay(this.#chain, this.pid, this.#void);
    await judge(judged, context);
    const cut = judged.revoked.get(key)?.cuts.get(directoryLog(this.pid));
    if (!cut) return null;
    const keys = new IdSet(judged.keysOf(key));
    const fallen = this.#chain.filter(({ context: one }) => keys.has(one.by) && one.entry.seq > cut.seq);
    const without = new IdSet([...this.#void.values(), ...fallen.map((link) => link.context.hash)]);
    const [state, all] = await replay(this.#chain, this.pid, without);
    await judge(state, context);
    return [state, all];
  }
}

/** The state without the void entries, and all that is void with them because it stood on them. */
async function replay(chain: readonly Link[], pid: Uint8Array, without: IdSet): Promise<[State, IdSet]> {
  const state = new State(pid);
  const fallen = new IdSet(without.values());
  for (const { context } of chain) {
    if (fallen.has(context.hash)) continue;
    try {
      await judge(state, context);
    } catch {
      fallen.add(context.hash);
    }
  }
  return [state, fallen];
}
