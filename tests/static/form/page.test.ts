/** Whatever people do, a page that hears only of changes shows what the engine knows, and a draft opens as it was. */
import assert from "node:assert/strict";
import test from "node:test";
import { type Changes, type CompiledForm, type Engine, openForm, type Ref } from "../../../static/src/form/index.ts";
import { form } from "./opened.ts";

const STEPS = 250;
const OPTIONS = { today: "2026-03-01", now: "2026-03-01T14:06:00.000+05:00", random: () => 0.375 };
type Facets = Record<string, Record<string, unknown>>;

/** Numbers that are the same in every run. */
function dice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = Math.imul(state, 1664525) + 1013904223;
    return Math.floor(((state >>> 0) / 2 ** 32) * sides);
  };
}

/** What a page knows that began with nothing: what is not there any more goes with its repeat. */
function hear(page: Facets, told: Changes, now: Changes): void {
  for (const [facet, found] of Object.entries(told)) {
    const known = { ...page[facet], ...(found as Record<string, unknown>) };
    const there = now[facet as keyof Changes];
    page[facet] = Object.fromEntries(Object.entries(known).filter(([key]) => key in there));
  }
}

function answers(compiled: CompiledForm, engine: Engine, roll: (sides: number) => number): void {
  const all = engine.all();
  const question = (ref: Ref) => compiled.questions.find((one) => one.ref === ref.replace(/\[\d+\]/g, ""));
  const repeats = Object.keys(all.repeats).filter((ref) => question(ref)?.count === undefined);
  const repeat = repeats[roll(repeats.length)];
  const kind = roll(10);
  if (repeat !== undefined && kind === 0 && Object.values(all.repeats).reduce((sum, one) => sum + one, 0) < 14) {
    engine.addRepeat(repeat);
  } else if (repeat !== undefined && kind === 1 && (all.repeats[repeat] ?? 0) > 0) {
    engine.removeRepeat(repeat, 1 + roll(all.repeats[repeat] ?? 0));
  } else {
    const open = Object.keys(all.ways).filter((ref) => question(ref)?.calculation === undefined);
    const ref = open[roll(open.length)] ?? "";
    const choices = (compiled.lists[question(ref)?.list ?? ""] ?? []).map(({ name }) => name);
    const values = choices.length > 0 ? [...choices, null] : ["7", "2", "0", "Айгүл", "2026-03-01", null];
    engine.set(ref, values[roll(values.length)] ?? null);
  }
}

for (const name of ["counted", "homes", "reckoning", "visit"]) {
  test(`a page of ${name} shows what the engine knows, after every step`, () => {
    const compiled = form(name);
    const engine = openForm(compiled, OPTIONS);
    const roll = dice(name.length);
    const page: Facets = {};
    hear(page, engine.changes(), engine.all());
    for (let step = 0; step < STEPS; step++) {
      answers(compiled, engine, roll);
      if (roll(5) > 0) {
        hear(page, engine.changes(), engine.all());
        assert.deepEqual(page, { ...engine.all() }, `step ${step}`);
      }
      if (step % 50 === 49) {
        const again = openForm(compiled, OPTIONS);
        again.restore(JSON.parse(JSON.stringify(engine.draft())));
        assert.deepEqual(again.all(), engine.all(), `opened again after step ${step}`);
        assert.deepEqual(again.missing(), engine.missing());
        assert.deepEqual(again.answersForSeal(), engine.answersForSeal());
      }
    }
  });
}
