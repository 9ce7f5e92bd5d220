/**
 * Answers a form the way a day does: at random, but never wrong, as far as a worker would come before she is called away.
 * Chance comes from a seed, so that a day can be lived again.
 */
import type { Engine, Question, Ref } from "../../../static/src/form/index.ts";

export type Chance = () => number;

/** mulberry32: small, seeded, good enough to vary a day. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(from: readonly T[], random: Chance): T => {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new RangeError("nothing to pick from");
  return found;
};

const TRIES = 12;

/** Every question that stands open, in page order, those that an answer opened too; at most `most` of them. */
export function answerAll(engine: Engine, random: Chance, most = Number.POSITIVE_INFINITY): number {
  let answered = 0;
  for (let found = next(engine); found && answered < most; found = next(engine)) {
    passed.add(mark(engine, found[0])); // asked once, whatever came of it
    answer(engine, found, random);
    answered += 1;
  }
  return answered;
}

/** The first question that is asked now and has neither an answer nor a way out. */
function next(engine: Engine): [Ref, Question] | null {
  const { relevant, values, ways, readonly } = engine.all();
  for (const question of engine.form.questions) {
    if (["group", "repeat", "note", "calculate"].includes(question.kind) || question.calculation !== undefined)
      continue;
    for (const ref of engine.refs(question.ref)) {
      const open = relevant[ref] !== false && shown(ref, relevant) && !readonly[ref];
      if (open && (values[ref] ?? "") === "" && !ways[ref] && !passed.has(mark(engine, ref))) return [ref, question];
    }
  }
  return null;
}

const shown = (ref: Ref, relevant: Record<Ref, boolean>): boolean => {
  const pieces = ref.split(".");
  return pieces.every((_, at) => relevant[pieces.slice(0, at + 1).join(".")] !== false);
};

/** Questions that were asked; some stay blank: free to be, or nothing fitted. */
const passed = new Set<string>();
const engines = new WeakMap<Engine, number>();
let count = 0;
function mark(engine: Engine, ref: Ref): string {
  if (!engines.has(engine)) {
    count += 1;
    engines.set(engine, count);
  }
  return `${engines.get(engine)} ${ref}`;
}

function answer(engine: Engine, [ref, question]: [Ref, Question], random: Chance): void {
  const ways = question.ways ?? [];
  if (ways.length > 0 && random() < 0.08) {
    engine.way(ref, pick(ways, random));
    return;
  }
  const free = !engine.all().required[ref];
  if (question.role === "card" || question.role === "family_card" || (free && random() < 0.25)) return;
  for (let tries = 0; tries < TRIES; tries++) {
    engine.set(ref, value(engine, ref, question, random, tries));
    if (!engine.missing().invalid.includes(ref)) return;
  }
  engine.set(ref, null);
}

const NUMBERS = [1, 37, 12, 120, 4, 80, 98, 0, 20, 60, 150, 500];

function value(
  engine: Engine,
  ref: Ref,
  question: Question,
  random: Chance,
  tries: number,
): string | number | string[] {
  const choices = engine.all().choices[ref] ?? (engine.form.lists[question.list ?? ""] ?? []).map((one) => one.name);
  if (question.kind === "select_one") return pick(choices, random);
  if (question.kind === "select_multiple") return [pick(choices, random)];
  if (question.kind === "integer" || question.kind === "decimal") return NUMBERS[tries] ?? 1;
  if (question.kind === "date") return `${2026 - Math.floor(random() * 60)}-03-0${1 + Math.floor(random() * 9)}`;
  if (question.kind === "acknowledge") return "OK";
  return `words ${Math.floor(random() * 1e6)}`;
}
