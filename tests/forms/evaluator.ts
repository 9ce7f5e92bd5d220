/**
 * The tablet's evaluator as a process: a line of JSON in, a line of JSON out. For tests that compare it with Python's.
 *
 * in:  {tree}                              out: {text}
 *      {trees: […]}                        out: {texts: […]}
 *      {question, typed, choices}          out: {kept, wrong}
 *      {names}                             out: {names: [every function that the tablet has]}
 *      {form, today, now, known, device, chance, steps: [[name, …arguments]], context}  out: {steps: [what the page would be told], …}
 */
import { createInterface } from "node:readline";
import { FUNCTIONS } from "../../static/src/form/functions.ts";
import { openForm } from "../../static/src/form/index.ts";
import { FORM_FUNCTIONS, Interpreter } from "../../static/src/form/interpret.ts";
import { checkValue, lexical, type Typed } from "../../static/src/form/lexical.ts";
import { split } from "../../static/src/form/split.ts";
import { Tree } from "../../static/src/form/tree.ts";
import type { CompiledForm, Engine, Expression, Known, Question, SplitContext } from "../../static/src/form/types.ts";
import { text } from "../../static/src/form/values.ts";

interface Play {
  form: CompiledForm;
  today: string;
  now: string;
  steps: [string, ...unknown[]][];
  context: SplitContext;
  known?: Known;
  device?: Record<string, string>;
  chance?: number;
}

const NOTHING = { questions: [], lists: {}, order: [], affects: {} } as unknown as CompiledForm;

function evaluated(tree: Expression): string {
  const answers = new Tree(NOTHING);
  const interpreter = new Interpreter(NOTHING, answers, "2026-03-01", "2026-03-01T14:06:00.000+05:00", "en");
  return text(interpreter.value(tree, { place: answers.root, current: answers.root, position: 1, size: 1 }));
}

function step(engine: Engine, [name, ...rest]: [string, ...unknown[]]): unknown {
  const call = (engine as unknown as Record<string, (...given: unknown[]) => unknown>)[name];
  if (call === undefined) throw new Error(`no step ${name}`);
  return call.apply(engine, rest) ?? null;
}

function played({ form, today, now, steps, context, known = {}, device = {}, chance = 0.5 }: Play): unknown {
  const world = { today, now, device, random: () => chance };
  const engine = openForm(form, { ...world, known });
  const told = [engine.changes()] as unknown[];
  for (const one of steps) told.push([step(engine, one), engine.changes()]);
  const last = steps.findLast(([name]) => name === "know")?.[1] as Known | undefined;
  const again = openForm(form, { ...world, language: engine.language, known: last ?? known });
  again.restore(engine.draft());
  return {
    steps: told,
    missing: engine.missing(),
    sealed: engine.answersForSeal(),
    draft: engine.draft(),
    restored: again.all(),
    all: engine.all(),
    split: split(engine, context),
    flags: engine.flags(),
    prefilled: engine.prefilled(),
  };
}

function kept(question: Question, typed: Typed, choices: string[]): unknown {
  const value = lexical(question, typed);
  return { kept: value, wrong: value === "" ? null : checkValue(question, value, choices) };
}

// biome-ignore lint/suspicious/noExplicitAny: a line of JSON
function answered(given: any): unknown {
  if ("tree" in given) return { text: evaluated(given.tree) };
  if ("trees" in given) return { texts: given.trees.map(evaluated) };
  if ("question" in given) return kept(given.question, given.typed, given.choices);
  if ("names" in given) return { names: [...Object.keys(FUNCTIONS), ...Object.keys(FORM_FUNCTIONS)] };
  return played(given);
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(answered(JSON.parse(line)))}\n`);
}
