/**
 * An open form whose answers change, and what follows from each change. The same as forms/evaluate.py, the reference.
 *
 * Rules: after a change only what reads it is looked at again, in the order worked out at publish time. Wrong, hidden and
 * replaced answers are kept. A way out is blank in every expression and satisfies `required`. Time is an input.
 */
import { asks, entered, holdsAnswer, kept, sealed } from "./answers.ts";
import { nothing, Reports } from "./changes.ts";
import type { Slot } from "./evaluate.ts";
import { mostUrgentFirst, toldFlags } from "./flags.ts";
import { Interpreter } from "./interpret.ts";
import { checkValue, lexical, type Typed } from "./lexical.ts";
import { namesOf } from "./lists.ts";
import { Runner } from "./run.ts";
import { everything, MOST_KEPT, type Node, nameOf, Tree } from "./tree.ts";
import type {
  AnswerProblem,
  Answers,
  Changes,
  CompiledForm,
  Draft,
  Engine,
  Known,
  Language,
  Missing,
  OpenOptions,
  Question,
  Raised,
  Ref,
  Way,
  Ways,
} from "./types.ts";

/** Throws RangeError when `answers` or `ways` name what the form does not have. */
export function openForm(form: CompiledForm, options: OpenOptions): Engine {
  const engine = new OpenForm(form, options);
  if (options.answers !== undefined || options.ways !== undefined) {
    engine.restore({ ...entered(form, options.answers ?? {}), ways: options.ways ?? {} });
  }
  return engine;
}

class OpenForm implements Engine {
  readonly form: CompiledForm;
  readonly today: string;
  readonly now: string;
  readonly #random: () => number;
  readonly #names = new Map<string, string[]>();
  readonly #runner: Runner;
  #known: Known = {};
  #language: Language;
  #tree: Tree;
  #interpreter: Interpreter;
  readonly #reports = new Reports();
  /** Kept until something is touched again: the page and the frame ask for it after every answer. */
  #missing: Missing | null = null;

  constructor(form: CompiledForm, options: OpenOptions) {
    this.form = form;
    this.today = options.today;
    this.now = options.now;
    this.#random = options.random ?? (() => 0.5);
    this.#language = options.language ?? form.default_language;
    this.#runner = new Runner(
      form,
      (node) => this.#touch(node),
      (node) => this.#reports.leave(node),
    );
    this.#tree = new Tree(form);
    this.#interpreter = this.#reader();
    const clock = { start: this.now, end: this.now, today: this.today, ...options.device } as Record<string, string>;
    for (const node of this.#preloaded()) node.value = clock[node.question?.preload ?? ""] ?? "";
    this.know(options.known ?? {});
  }

  get language(): Language {
    return this.#language;
  }

  get root(): Node {
    return this.#tree.root;
  }

  set(ref: Ref, value: Typed): void {
    const { node, question } = this.#open(ref);
    this.#runner.watch(node);
    node.value = lexical(question, value);
    if (node.value !== "") node.way = null;
    this.#changed(node);
  }

  way(ref: Ref, way: Way | null): void {
    const { node, question } = this.#open(ref);
    if (way !== null && !question.ways?.includes(way)) throw new RangeError(`${ref} has no way out ${way}`);
    this.#runner.watch(node);
    node.way = way;
    this.#changed(node);
  }

  addRepeat(ref: Ref): Ref {
    const { parent, repeat, range } = this.#byHand(ref);
    const node = this.#tree.add(parent, repeat, true);
    this.#moved([node], range);
    this.#runner.instancesChanged(parent, repeat, [node]);
    this.#run();
    return node.ref();
  }

  removeRepeat(ref: Ref, index: number): boolean {
    const { parent, repeat, range } = this.#byHand(ref);
    const instances = parent.children(nameOf(ref));
    if (!Number.isInteger(index) || index < 1 || index > instances.length) throw new RangeError(`no ${ref}[${index}]`);
    if (instances.length <= (repeat.least ?? 0)) return false;
    for (const one of instances.slice(index - 1)) for (const node of everything(one)) this.#reports.leave(node);
    this.#tree.remove(instances, index - 1);
    this.#moved(instances.slice(index - 1), range);
    this.#runner.instancesChanged(parent, repeat, []);
    this.#run();
    return true;
  }

  /** A repeat that is counted is not for hands: its number is an answer elsewhere. */
  #byHand(ref: Ref): { parent: Node; repeat: Question; range: Node } {
    const found = this.#tree.repeat(ref);
    if (found.repeat.count !== undefined) throw new RangeError(`${ref} is counted`);
    return found;
  }

  #moved(instances: readonly Node[], range: Node): void {
    this.#touch(range);
    for (const one of instances) for (const node of everything(one)) this.#touch(node);
  }

  know(known: Known): void {
    const follow = this.#fillable().filter((node) => node.way === null && node.value === this.#filled(node));
    this.#known = { ...known };
    for (const node of follow) {
      node.value = this.#filled(node);
      this.#touch(node);
    }
    this.#everything();
  }

  prefilled(): Ref[] {
    const found = this.#fillable().filter((node) => node.value !== "" && node.way === null);
    return found.filter((node) => node.value === this.#told(node)).map((node) => node.ref());
  }

  flags(): Raised[] {
    return mostUrgentFirst(this.#runner.flags.values(), this.#runner.raised, this.#tree);
  }

  #fillable(): Node[] {
    return this.form.questions.flatMap((question) =>
      question.from === undefined ? [] : this.#tree.every(question.ref),
    );
  }

  #preloaded(): Node[] {
    return this.form.questions.flatMap(({ preload, ref }) => (preload === undefined ? [] : this.#tree.every(ref)));
  }

  #filled(node: Node): string {
    return this.#told(node) || (node.question?.default ?? "");
  }

  /** Blank when nothing is known, or something that this question could not hold. */
  #told({ question }: Node): string {
    if (question === null) return "";
    const value = lexical(question, this.#known[question.from ?? ""] ?? "");
    return value !== "" && checkValue(question, value, this.#choices(question)) === null ? value : "";
  }

  #choices({ list = "" }: Question): string[] {
    let found = this.#names.get(list);
    if (found === undefined) {
      found = (this.form.lists[list] ?? []).map((choice) => choice.name);
      this.#names.set(list, found);
    }
    return found;
  }

  setLanguage(language: Language): void {
    if (!this.form.languages.includes(language)) throw new RangeError(`the form does not speak ${language}`);
    this.#language = language;
    this.#interpreter = this.#reader();
    this.#everything();
  }

  value(ref: Ref): string {
    return this.#leaf(ref).node.value;
  }

  text(ref: Ref, slot: Slot = "label"): string {
    const node = this.#tree.find(ref);
    return node.texts.get(slot) ?? String(node.question?.[slot]?.[this.#language] ?? "");
  }

  refs(question?: Ref): Ref[] {
    const nodes = question === undefined ? this.#tree.all() : this.#tree.every(question);
    return nodes.map((node) => node.ref());
  }

  #leaf(ref: Ref): { node: Node; question: Question } {
    const node = this.#tree.find(ref);
    const question = node.question;
    if (question === null || question.kind === "group" || question.kind === "repeat") {
      throw new RangeError(`${ref} holds no answer`);
    }
    return { node, question };
  }

  /** A question that a person answers; what is calculated is not hers to change. */
  #open(ref: Ref): { node: Node; question: Question } {
    const found = this.#leaf(ref);
    if (!asks(found.question)) throw new RangeError(`${ref} is not for a person to answer`);
    return found;
  }

  // What follows from a change

  #touch(node: Node): void {
    this.#missing = null;
    node.wrong = undefined;
    this.#reports.touch(node);
  }

  #changed(node: Node): void {
    this.#touch(node);
    this.#runner.changed(node);
    this.#run();
  }

  #reader(): Interpreter {
    return new Interpreter(this.form, this.#tree, this.today, this.now, this.#language, this.#random);
  }

  #run(steady = false): void {
    const [tree, interpreter, language] = [this.#tree, this.#interpreter, this.#language];
    this.#runner.run({ tree, interpreter, language, steady, quiet: steady });
  }

  #everything(): void {
    this.#reports.everything();
    this.#missing = null;
    this.#runner.everything();
    this.#run(true);
  }

  // What a page shows

  all(): Changes {
    const found = nothing();
    found.flags = toldFlags(this.#runner.flags.values(), this.#runner.raised, this.#tree);
    for (const node of everything(this.#tree.root)) this.#describe(node, found);
    return found;
  }

  #describe(node: Node, found: Changes): void {
    const question = node.question;
    if (question === null) return;
    const ref = node.ref();
    found.relevant[ref] = node.visible;
    if (node.range) {
      found.repeats[ref] = node.parent?.children(nameOf(question.ref)).length ?? 0;
      return;
    }
    for (const [slot, words] of node.texts) found.texts[`${ref}:${slot}`] = words;
    if (question.kind !== "group" && question.kind !== "repeat")
      found.values[ref] = node.way === null ? node.value : "";
    if (holdsAnswer(question)) {
      found.ways[ref] = node.way;
      found.required[ref] = node.required && node.visible;
      found.readonly[ref] = node.readonly || question.calculation !== undefined;
      found.invalid[ref] = this.#invalid(node, question);
    }
    if (node.choices !== null) found.choices[ref] = node.choices;
  }

  changes(): Changes {
    return this.#reports.changes(
      () => this.all(),
      (nodes) => this.#described(nodes),
    );
  }

  #described(touched: Iterable<Node>): Changes {
    const now = nothing();
    now.flags = toldFlags(this.#runner.flags.values(), this.#runner.raised, this.#tree);
    for (const node of touched) if (node.attached()) this.#describe(node, now);
    return now;
  }

  /** Looked at once for as long as nothing touches it. */
  #invalid(node: Node, question: Question): AnswerProblem | null {
    if (node.wrong === undefined) node.wrong = this.#look(node, question);
    return node.wrong;
  }

  #look(node: Node, question: Question): AnswerProblem | null {
    if (node.string() === "") return null;
    const wrong = checkValue(question, node.value, node.choices ? namesOf(node.choices) : this.#choices(question));
    return wrong ?? (node.allowed ? null : "answer_constraint");
  }

  // What is sealed and what is kept

  finish(now: string): void {
    for (const node of this.#preloaded()) {
      if (node.question?.preload !== "end" || node.value === now) continue;
      this.#runner.watch(node);
      node.value = now;
      this.#changed(node);
    }
  }

  missing(): Missing {
    this.#missing ??= this.#gaps();
    return this.#missing;
  }

  lacks(ref: Ref): boolean {
    const node = this.#tree.find(ref);
    const { question } = node;
    if (question === null || !holdsAnswer(question) || !node.visible || !node.required) return false;
    return node.value === "" && node.way === null && asks(question);
  }

  #gaps(): Missing {
    const found: Missing = { required: [], invalid: [], notAsked: [] };
    for (const node of this.#tree.all()) {
      const question = node.question;
      if (question === null || !holdsAnswer(question) || !node.visible) continue;
      if (this.#invalid(node, question) !== null) found.invalid.push(node.ref());
      else if (node.value === "" && node.way === null && asks(question)) {
        (node.required ? found.required : found.notAsked).push(node.ref());
      }
    }
    return found;
  }

  answersForSeal(): { answers: Answers; ways: Ways } {
    const ways: Ways = {};
    for (const node of this.#tree.all()) if (node.way !== null && node.visible) ways[node.ref()] = node.way;
    return { answers: sealed(this.#tree.root, () => true), ways };
  }

  draft(): Draft {
    return kept(this.#tree.root);
  }

  /** What begins a new form is not begun again. Throws RangeError for a draft of another form; then nothing changed. */
  restore(draft: Draft): void {
    const tree = new Tree(this.form);
    for (const [ref, count] of Object.entries(draft.repeats)) {
      const { range } = tree.repeat(ref);
      if (count > MOST_KEPT) throw new RangeError(`${ref} with ${count} instances`);
      tree.resize(range, Math.max(count, 0));
      range.spare.length = 0;
    }
    for (const node of tree.root.walk()) node.value = "";
    for (const [ref, value] of Object.entries(draft.values)) tree.find(ref).value = value;
    for (const [ref, way] of Object.entries(draft.ways)) tree.find(ref).way = way;
    tree.settle();
    this.#tree = tree;
    this.#interpreter = this.#reader();
    this.#everything();
  }
}

/** For `split`, which walks the nodes: an engine's inside, for this folder only. */
export function inside(engine: Engine): { root: Node; today: string } {
  if (!(engine instanceof OpenForm)) throw new TypeError("not an engine of openForm");
  return engine;
}
