// Which numbers of a log are not here: exactly those missing below the highest seen or stated (I3, I8).
// Pure arithmetic over what was verified; says nothing about numbers that nobody ever named.

/** A run of numbers, both ends included. */
export type Run = { from: number; to: number };

export type LogGaps = {
  /** how many different numbers are held */
  held: number;
  /** the highest number held or stated, 0 when nothing is known */
  highest: number;
  /** how many numbers are missing below or at `highest` */
  owed: number;
  /** the missing numbers as runs, ascending */
  missing: Run[];
};

/** The gaps of one log. `held` may repeat and be in any order; `stated` is the highest number that the writer signed for. */
export function gapsOf(held: Iterable<number>, stated: number): LogGaps {
  const numbers = [...new Set(held)].filter((n) => Number.isSafeInteger(n) && n >= 1).sort((a, b) => a - b);
  const last = numbers.at(-1) ?? 0;
  const highest = Math.max(last, stated);
  const missing: Run[] = [];
  let next = 1;
  for (const n of numbers) {
    if (n > next) missing.push({ from: next, to: n - 1 });
    next = n + 1;
  }
  if (highest >= next) missing.push({ from: next, to: highest });
  const owed = missing.reduce((sum, run) => sum + run.to - run.from + 1, 0);
  return { held: numbers.length, highest, owed, missing };
}

/** Runs as people read them: `#2`, `#2–#3, #7`. */
export function runsInWords(runs: readonly Run[]): string {
  return runs.map(({ from, to }) => (from === to ? `#${from}` : `#${from}–#${to}`)).join(", ");
}
