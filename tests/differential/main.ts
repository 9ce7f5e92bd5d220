/**
 * The suite as a process: a form in, what came of it out, a line of JSON each.
 *
 * in:  {form, xform, files, seeds, steps, explained}      (files: name → path on disk)
 * out: {status: "played" | "refused", reason, count, plays: [{seed, steps}], failures: [{seed, steps, differences}],
 *       explained: {id: how often}}; "refused": the reference does not take the form; then it is
 *       played by ours alone.
 */
import { createInterface } from "node:readline";
import type { CompiledForm } from "../../static/src/form/types.ts";
import type { Difference } from "./comparing.ts";
import { Explained, type Explanation } from "./explaining.ts";
import { own } from "./own.ts";
import type { Step } from "./player.ts";
import { improvise, type Stage, shortest } from "./playing.ts";
import { reference } from "./reference.ts";

interface Asked {
  readonly name: string;
  readonly form: CompiledForm;
  readonly xform: string;
  readonly files: Record<string, string>;
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly explained: readonly Explanation[];
}
interface Failure {
  readonly seed: number;
  readonly steps: readonly Step[];
  readonly differences: readonly Difference[];
}

async function answer({ name, form, xform, files, seeds, steps, explained }: Asked): Promise<unknown> {
  const excuses = new Explained(name, form, explained);
  let open: Stage["reference"];
  try {
    open = await reference(xform, files);
    open().close();
  } catch (error) {
    return { status: "refused", reason: String(error).slice(0, 300), plays: alone(form, seeds, steps) };
  }
  const stage: Stage = { form, reference: open, excuse: (difference) => excuses.excuse(difference) };
  const count: Record<string, number> = {};
  const failures: Failure[] = [];
  const plays = seeds.map((seed) => {
    const play = improvise(stage, seed, steps);
    for (const [facet, found] of Object.entries(play.count)) count[facet] = (count[facet] ?? 0) + found;
    if (play.differences.length > 0) {
      const least = shortest(stage, play, Math.max(12, Math.round(4000 / form.questions.length)));
      failures.push({ seed, steps: least.steps, differences: least.differences.slice(0, 8) });
    }
    return { seed, steps: play.refused ? play.steps.slice(0, -1) : play.steps };
  });
  return { status: "played", reason: "", count, plays, failures, explained: excuses.used };
}

/** Steps of a form that only ours takes, so that our two evaluators can still be compared. */
function alone(
  form: CompiledForm,
  seeds: readonly number[],
  steps: number,
): { seed: number; steps: readonly Step[] }[] {
  const stage: Stage = { form, reference: () => own(form), excuse: () => null };
  return seeds.map((seed) => ({ seed, steps: improvise(stage, seed, steps).steps }));
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
