/**
 * Patterns of `regex()`, walked over letter by letter. The states were made by forms/patterns.py, which says what they are.
 *
 * Rules: an answer is walked over once and every state is tried once a letter: no answer, however hostile, holds up the
 * tablet, as it could with an engine that goes back and tries again.
 */
import type { Syntax } from "./lists.ts";

/** Letters of a text that a pattern is held against; a longer one fits none. */
const LONGEST = 10_000;

/** Whether the whole text is as the pattern says. */
export function matches(states: readonly Syntax[], text: string): boolean {
  const [, sets, first, last, follow, blank] = states as readonly [
    string,
    readonly (readonly number[])[],
    readonly number[],
    readonly number[],
    readonly (readonly number[])[],
    number,
  ];
  if (text === "") return blank === 1;
  const letters = Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
  if (letters.length > LONGEST) return false;
  let held = reached(first, sets, letters[0] ?? 0);
  for (const letter of letters.slice(1)) {
    const tried = new Set<number>();
    for (const state of held) for (const after of follow[state] ?? []) tried.add(after);
    held = reached(tried, sets, letter);
    if (held.length === 0) return false;
  }
  return held.some((state) => last.includes(state));
}

function reached(tried: Iterable<number>, sets: readonly (readonly number[])[], letter: number): number[] {
  const found: number[] = [];
  for (const state of tried) if (among(letter, sets[state] ?? [])) found.push(state);
  return found;
}

function among(letter: number, borders: readonly number[]): boolean {
  for (let at = 0; at < borders.length; at += 2) {
    if ((borders[at] ?? 0) <= letter && letter <= (borders[at + 1] ?? 0)) return true;
  }
  return false;
}
