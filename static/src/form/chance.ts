/**
 * What is left to chance in a form: ids, and the order of choices. The same as forms/chance.py.
 *
 * Rules: nothing here draws by itself: `random` is given, 0 ≤ x < 1, so that a form plays the same again. A seed gives the
 * order that ODK gives (Park and Miller's generator, as JavaRosa shuffles).
 */
import { number, text, type Value } from "./values.ts";

const MOST = 2_147_483_647;
const STEP = 16_807;
const LONGEST_ID = 1000;

export type Random = () => number;

/** An id of version 4, or so many of its letters; "" for a length that is no number. */
export function uuid(random: Random, length?: number): string {
  if (length === undefined) return one(random);
  if (Number.isNaN(length)) return "";
  const wanted = Math.trunc(Math.max(0, Math.min(LONGEST_ID, length)));
  let found = "";
  while (found.length < wanted) found += one(random);
  return found.slice(0, wanted);
}

function one(random: Random): string {
  const digits = Array.from({ length: 32 }, () => Math.floor(random() * 16));
  digits[12] = 4;
  digits[16] = ((digits[16] ?? 0) % 4) + 8;
  const letters = digits.map((digit) => digit.toString(16)).join("");
  return [[0, 8] as const, [8, 12] as const, [12, 16] as const, [16, 20] as const, [20, 32] as const]
    .map(([from, to]) => letters.slice(from, to))
    .join("-");
}

/** The generator of a seed: a number is cut to a whole one; a text that is none counts its letters. */
export function seeded(seed: Value): Random {
  let found = number(seed);
  if (Number.isNaN(found)) found = folded(text(seed));
  let state = Math.trunc(Math.max(-9.0e15, Math.min(9.0e15, found))) % MOST;
  if (state <= 0) state += MOST - 1;
  return () => {
    state = (state * STEP) % MOST;
    return (state - 1) / (MOST - 1);
  };
}

/** A number of a text, the same in both languages; blank is 0. */
function folded(words: string): number {
  let found = 0;
  for (const letter of words) found = (found * 31 + (letter.codePointAt(0) ?? 0)) % MOST;
  return found;
}

/** The items in another order (the inside-out shuffle). */
export function shuffled<Item>(items: readonly Item[], random: Random): Item[] {
  const found: Item[] = [];
  items.forEach((item, place) => {
    const other = Math.floor(random() * (place + 1));
    found.push(item);
    if (other === place) return;
    found[place] = found[other] as Item;
    found[other] = item;
  });
  return found;
}
