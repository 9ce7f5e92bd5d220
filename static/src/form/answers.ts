/**
 * Answers between four shapes: as typed, as expressions read them, as a draft keeps them, as sealed. The same as
 * forms/answers.py.
 *
 * Rules: reading is generous and loses nothing; sealing is exact: numbers are JSON numbers, several choices a list, an
 * acknowledgement true, all else text, a card code as it is printed.
 */
import { readCard } from "./card.ts";
import { checkValue, lexical } from "./lexical.ts";
import { everything, join, type Node } from "./tree.ts";
import type { Answer, Answers, CompiledForm, Draft, Question, Ref } from "./types.ts";

/** Kinds that hold no answer of a person. */
const SILENT = new Set(["group", "repeat", "note", "calculate", "hidden"]);
/** Roles that hold a card's code. */
const CARDS = new Set(["card", "family_card", "replaces", "twin_of"]);

export function holdsAnswer(question: Question): boolean {
  return !SILENT.has(question.kind);
}

/** Whether a person answers it (or could, were it relevant). A select that is a `label` only heads others. */
export function asks({ kind, calculation, appearance }: Question): boolean {
  return !SILENT.has(kind) && calculation === undefined && appearance?.includes("label") !== true;
}

/** One sealed answer. */
export function answer(question: Question, value: string): Answer {
  if (CARDS.has(question.role ?? "")) return readCard(value) ?? value;
  if (question.kind === "integer" || question.kind === "decimal" || question.kind === "range") {
    return checkValue(question, value, []) === null ? Number(value) + 0 : value;
  }
  if (question.kind === "select_multiple" || question.kind === "rank") return value.split(" ");
  return question.kind === "acknowledge" ? true : value;
}

/**
 * Name → value of all that is relevant and wanted. A repeat that holds a wanted question keeps an item for every
 * instance, so that lists of several audiences stay in step.
 */
export function sealed(node: Node, wanted: (question: Question) => boolean): Answers {
  const found: Answers = {};
  for (const [name, nodes] of node.below) {
    const shown = nodes.filter((child) => child.shown());
    const [first] = shown;
    const question = first?.question;
    if (first === undefined || question === null || question === undefined) continue;
    if (question.kind === "repeat") {
      const items = shown.map((instance) => sealed(instance, wanted));
      if (items.some(holdsAnything)) found[name] = items;
    } else if (question.kind === "group") {
      const inner = sealed(first, wanted);
      if (holdsAnything(inner)) found[name] = inner;
    } else if (first.string() !== "" && question.kind !== "note" && wanted(question)) {
      found[name] = answer(question, first.value);
    }
  }
  return found;
}

function holdsAnything(answers: Answers): boolean {
  return Object.keys(answers).length > 0;
}

/** Sealed answers as a draft's values and repeats. Throws RangeError for names that the form does not have. */
export function entered(
  form: CompiledForm,
  answers: Answers,
): { values: Record<Ref, string>; repeats: Record<Ref, number> } {
  const values: Record<Ref, string> = {};
  const repeats: Record<Ref, number> = {};
  const questions = new Map(form.questions.map((question) => [question.ref, question]));
  const walk = (level: Answers, over: Ref, above: Ref): void => {
    for (const [name, value] of Object.entries(level)) {
      const question = questions.get(join(over, name));
      if (question === undefined) throw new RangeError(`no question ${join(over, name)}`);
      const ref = join(above, name);
      if (question.kind === "group") walk(value as Answers, question.ref, ref);
      else if (question.kind === "repeat") {
        const items = value as Answers[];
        repeats[ref] = items.length;
        for (const [before, item] of items.entries()) walk(item, question.ref, `${ref}[${before + 1}]`);
      } else values[ref] = lexical(question, value as Answer);
    }
  };
  walk(answers, "", "");
  return { values, repeats };
}

/**
 * All that was entered, hidden answers too; what is blank is left out. Instances that a smaller count took out stand behind
 * the others, as far as somebody entered something there: they come back with the number, also when the tablet was locked
 * in between.
 */
export function kept(root: Node): Draft {
  const draft: Draft = { values: {}, ways: {}, repeats: {} };
  keep(root, "", draft);
  return draft;
}

function keep(node: Node, ref: Ref, draft: Draft): void {
  if (node.value !== "") draft.values[ref] = node.value;
  if (node.way !== null) draft.ways[ref] = node.way;
  for (const [name, nodes] of node.below) {
    const inner = join(ref, name);
    const range = node.ranges.get(name);
    const whole = range === undefined ? nodes : [...nodes, ...waiting(range)];
    if (range !== undefined) draft.repeats[inner] = whole.length;
    for (const [place, one] of whole.entries()) keep(one, range ? `${inner}[${place + 1}]` : inner, draft);
  }
}

/** Instances that were taken out, in the form's order, up to the last one in which something was entered. */
function waiting({ spare }: Node): Node[] {
  const first = spare.findIndex(wasEntered);
  return first < 0 ? [] : spare.slice(first).reverse();
}

function wasEntered(instance: Node): boolean {
  for (const node of everything(instance)) if (answered(node) || waiting(node).length > 0) return true;
  return false;
}

function answered({ question, value, way }: Node): boolean {
  if (question === null || !asks(question)) return false;
  return way !== null || (value !== "" && value !== (question.default ?? ""));
}
