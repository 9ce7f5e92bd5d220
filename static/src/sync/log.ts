/**
 * A writer's log and what a reader checks of one (PROTOCOL 4.1-4.4): numbers from 1 without holes, each naming the hash
 * of the one before. Pure; keeping the state is the vault's and the desk's.
 */
import { type Bytes, equal } from "./bytes.ts";
import { type Entry, entryHash, type Head, readEntry, type Signed, writeEntry, ZERO_HASH } from "./entry.ts";
import { IdMap } from "./idmap.ts";
import type { SigningKey } from "./keys.ts";
import { Problem } from "./problems.ts";
import type { WireMap } from "./wire.ts";

/** Where a log stands: the number and hash of its last entry; seq 0 and zeros before the first. */
export interface LogState {
  readonly log: Bytes;
  readonly seq: number;
  readonly hash: Bytes;
}

export interface LogClaims {
  readonly time: number;
  readonly offset: number | null;
  readonly directory: Head;
}

export function emptyLog(log: Uint8Array): LogState {
  return { log: log.slice() as Bytes, seq: 0, hash: ZERO_HASH };
}

/** The next entry of `state` and the state after it. Nothing is kept here: store both or neither. */
export async function writeNext(
  pid: Uint8Array,
  key: SigningKey,
  state: LogState,
  kind: string,
  body: WireMap,
  claims: LogClaims,
): Promise<{ signed: Signed; hash: Bytes; next: LogState }> {
  const place = { log: state.log, seq: state.seq + 1, prev: state.hash };
  const signed = await writeEntry(pid, key, { ...place, kind, body, ...claims });
  const hash = await entryHash(signed.bytes);
  return { signed, hash, next: { log: state.log, seq: place.seq, hash } };
}

/** What somebody who holds entries knows of their order. */
export interface Chain {
  /** The hash at number `seq` on the chain that ends in the entry `tip`; undefined when not wholly here. */
  hashOnChain(tip: Uint8Array, seq: number): Bytes | undefined;
}

/** A `Chain` in memory, for desks and tests. */
export class Entries implements Chain {
  readonly #entries = new IdMap<Entry>();

  /** Takes an entry; its signature is the caller's care. */
  add(hash: Uint8Array, entry: Entry): void {
    this.#entries.set(hash, entry);
  }

  hashOnChain(tip: Uint8Array, seq: number): Bytes | undefined {
    let at = tip as Bytes;
    let entry = this.#entries.get(at);
    while (entry && entry.seq > seq) {
      at = entry.prev;
      entry = this.#entries.get(at);
    }
    return entry?.seq === seq ? at : undefined;
  }
}

/** Whether these bytes are 1…n of one log. Throws `malformed`, or `broken_chain` with the number that does not fit. */
export async function checkChain(entries: readonly Uint8Array[]): Promise<LogState | null> {
  let before: LogState | null = null;
  for (const data of entries) {
    const entry = readEntry(data);
    checkFollows(entry, before);
    before = { log: entry.log, seq: entry.seq, hash: await entryHash(data) };
  }
  return before;
}

/** That `entry` follows `before` (null: is the first). Throws `broken_chain` with the number that it should have. */
export function checkFollows(entry: Entry, before: LogState | null): void {
  const seq = before?.seq ?? 0;
  const hash = before?.hash ?? ZERO_HASH;
  const sameLog = before === null || equal(before.log, entry.log);
  if (!sameLog || entry.seq !== seq + 1 || !equal(entry.prev, hash))
    throw new Problem("broken_chain", { seq: seq + 1 });
}
