/** Decisions of the courier, without I/O: what goes together, when to try again, whether this profile is a copy. */
import { equal } from "../sync/bytes.ts";

/** What one entry weighs on the wire: a generous allowance for names, ids and lengths. */
const ALLOWANCE = 256;
/** Entries of one bundle: a cut line costs at most this much again. */
export const MOST_ENTRIES = 50;

export interface Weight {
  readonly bytes: { readonly length: number };
  readonly parts: readonly { readonly size: number }[];
}

export function weight(entry: Weight): number {
  const parts = entry.parts.reduce((sum, part) => sum + part.size + ALLOWANCE, 0);
  return entry.bytes.length + ALLOWANCE + parts;
}

/**
 * The first entries that go in one bundle of at most `limit` bytes. An entry that is too heavy by itself goes alone and
 * `bare`: the store takes it as *waiting*, then its parts one by one.
 */
export function nextBundle<E extends Weight>(pending: readonly E[], limit: number): { entries: E[]; bare: boolean } {
  const entries: E[] = [];
  let sum = 0;
  for (const entry of pending.slice(0, MOST_ENTRIES)) {
    sum += weight(entry);
    if (sum > limit) break;
    entries.push(entry);
  }
  const first = pending[0];
  return entries.length === 0 && first ? { entries: [first], bare: true } : { entries, bare: false };
}

const EVERY = 60_000;
const FIRST_RETRY = 5_000;
const LONGEST = 15 * 60_000;

/** Milliseconds until the next round after `failures` in a row; `chance` in [0, 1) spreads two hundred tablets out. */
export function pause(failures: number, chance: number): number {
  const whole = failures === 0 ? EVERY : Math.min(LONGEST, FIRST_RETRY * 2 ** (failures - 1));
  return Math.round(whole * (0.75 + chance / 2));
}

export interface Place {
  readonly seq: number;
  readonly hash: Uint8Array;
}

/**
 * I12: whether the store knows this log further than we do, or otherwise. Then the profile was restored from an older
 * copy, or has a twin, and writing on would use a number twice. `own` finds our entry of that number.
 */
export function isCopied(
  ours: Place,
  theirs: Place | undefined,
  own: (seq: number) => Uint8Array | undefined,
): boolean {
  if (theirs === undefined || theirs.seq === 0) return false;
  if (theirs.seq > ours.seq) return true;
  const hash = own(theirs.seq);
  return hash === undefined || !equal(hash, theirs.hash);
}
