/**
 * An open form whose answers change, and what follows from each change. The same as forms/evaluate.py, the reference.
 *
 * Rules: after a change only what reads it is looked at again, in the order worked out at publish time. Wrong, hidden and
 * replaced answers are kept. A way out is blank in every expression and satisfies `required`. Time is an input.
 */
import { asks, checkValue, entered, holdsAnswer, lexical, sealed, type Typed } from "./answers.ts";
import { differences, nothing, put } from "./changes.ts";
import { calculate, choices, type Slot, words } from "./evaluate.ts";
import { judge, mostUrgentFirst, toldFlags } from "./flags.ts";
import { type Here, Interpreter } from "./interpret.ts";
import { type Node, nameOf, Tree } from "./tree.ts";
import type {
  AnswerProblem,
  Answers,
  Aspect,
  Changes,
  CompiledForm,
  Draft,
  Engine,
  Expression,
  Flag,
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
import { truth } from "./values.ts";

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
  readonly #now: string;
  readonly #questions: ReadonlyMap<Ref, Question>;
  readonly #places: ReadonlyMap<string, number>;
  readonly #flags: ReadonlyMap<string, Flag>;
  /** Flag → the questions under which it stands now. */
  readonly #raised = new Map<string, Node[]>();
  readonly #after = new Map<string, number[]>();
  #known: Known = {};
  #language: Language;
  #tree: Tree;
  #reported = nothing();
  /** Nodes that may read otherwise than reported; null when everything may. */
  #touched: Set<Node> | null = null;
  /** Kept until something is touched again: the page and the frame ask for it after every answer. */
  #missing: Missing | null = null;

  constructor(form: CompiledForm, options: OpenOptions) {
    this.form = form;
    this.today = options.today;
    this.#now = options.now;
    this.#language = options.language ?? form.default_language;
    this.#questions = new Map(form.questions.map((question) => [question.ref, question]));
    this.#places = new Map(form.order.map(([ref, aspect], place) => [`${ref}:${aspect}`, place]));
    this.#flags = new Map((form.flags ?? []).map((flag) => [flag.name, flag]));
    this.#tree = new Tree(form);
    this.know(options.known ?? {});
  }

  get now(): string {
    return this.#now;
  }

  get language(): Language {
    return this.#language;
  }

  get root(): Node {
    return this.#tree.root;
  }

  set(ref: Ref, value: Typed): void {
    const { node, question } = this.#open(ref);
    node.value = lexical(question, value);
    if (node.value !== "") node.way = null;
    this.#touch(node);
    this.#run(this.form.affects[question.ref] ?? []);
  }

  way(ref: Ref, way: Way | null): void {
    const { node, question } = this.#open(ref);
    if (way !== null && !question.ways?.includes(way)) throw new RangeError(`${ref} has no way out ${way}`);
    node.way = way;
    this.#touch(node);
    this.#run(this.form.affects[question.ref] ?? []);
  }

  addRepeat(ref: Ref): Ref {
    const { parent, repeat } = this.#tree.repeat(ref);
    const node = this.#tree.add(parent, repeat);
    this.#instancesChanged(repeat);
    return node.ref();
  }

  removeRepeat(ref: Ref, index: number): boolean {
    const { parent, repeat } = this.#tree.repeat(ref);
    const instances = parent.children(nameOf(ref));
    if (!Number.isInteger(index) || index < 1 || index > instances.length) throw new RangeError(`no ${ref}[${index}]`);
    if (instances.length <= (repeat.least ?? 0)) return false;
    instances.splice(index - 1, 1);
    this.#instancesChanged(repeat);
    return true;
  }

  know(known: Known): void {
    const follow = this.#fillable().filter((node) => node.way === null && node.value === this.#filled(node));
    this.#known = { ...known };
    for (const node of follow) node.value = this.#filled(node);
    this.#everything();
  }

  prefilled(): Ref[] {
    const found = this.#fillable().filter((node) => node.value !== "" && node.way === null);
    return found.filter((node) => node.value === this.#told(node)).map((node) => node.ref());
  }

  flags(): Raised[] {
    return mostUrgentFirst([...this.#flags.values()], this.#raised);
  }

  #fillable(): Node[] {
    return this.form.questions.flatMap((question) =>
      question.from === undefined ? [] : this.#tree.every(question.ref),
    );
  }

  #filled(node: Node): string {
    return this.#told(node) || (node.question?.default ?? "");
  }

  /** Blank when nothing is known, or something that this question could not hold. */
  #told({ question }: Node): string {
    if (question === null) return "";
    const value = lexical(question, this.#known[question.from ?? ""] ?? "");
    return value !== "" && checkValue(question, value, this.#names(question)) === null ? value : "";
  }

  #names(question: Question): string[] {
    return (this.form.lists[question.list ?? ""] ?? []).map((choice) => choice.name);
  }

  setLanguage(language: Language): void {
    if (!this.form.languages.includes(language)) throw new RangeError(`the form does not speak ${language}`);
    this.#language = language;
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
    const nodes = question === undefined ? [...this.#tree.root.walk()].slice(1) : this.#tree.every(question);
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
    this.#touched?.add(node);
  }

  /** New instances have everything to be evaluated; those that moved have new positions. */
  #instancesChanged(repeat: Question): void {
    this.#touched = null;
    this.#missing = null;
    const below = [...this.#questions.keys()].filter((ref) => within(ref, repeat.ref));
    const own = this.form.order.flatMap(([ref], place) => (within(ref, repeat.ref) ? [place] : []));
    const flags = [...this.#flags.values()].filter((flag) => within(flag.at, repeat.ref));
    const judged = flags.flatMap((flag) => this.#places.get(`${flag.name}:flag`) ?? []);
    this.#run([...own, ...judged, ...below.flatMap((ref) => this.form.affects[ref] ?? [])]);
  }

  #everything(): void {
    this.#touched = null;
    this.#missing = null;
    this.#run(this.form.order.keys());
  }

  /** In the order of the form; what a change reaches is marked and met on the way. */
  #run(first: Iterable<number>): void {
    const { order } = this.form;
    const interpreter = new Interpreter(this.form, this.#tree, this.today, this.#now, this.#language);
    const dirty = new Uint8Array(order.length);
    for (const place of first) dirty[place] = 1;
    for (let place = dirty.indexOf(1); place >= 0; place = dirty.indexOf(1)) {
      dirty[place] = 0;
      const [ref, aspect] = order[place] as [Ref, Aspect];
      const flag = aspect === "flag" ? this.#flags.get(ref) : undefined;
      if (flag !== undefined) this.#raised.set(ref, judge(flag, this.#tree, interpreter));
      else if (aspect !== "flag") {
        let changed = false;
        for (const node of this.#tree.every(ref)) changed = this.#evaluate(node, aspect, interpreter) || changed;
        if (changed) for (const reader of this.#followers(ref, aspect)) dirty[reader] = 1;
      }
    }
  }

  #followers(ref: Ref, aspect: Aspect): number[] {
    if (aspect === "calculation") return this.form.affects[ref] ?? [];
    const kept = this.#after.get(ref);
    if (kept !== undefined) return kept;
    const below = [...this.#questions.keys()].filter((other) => within(other, ref));
    const found = below.flatMap((other) => {
      const own = this.#places.get(`${other}:calculation`);
      return [...(this.form.affects[other] ?? []), ...(own === undefined ? [] : [own])];
    });
    this.#after.set(ref, found);
    return found;
  }

  /** Whether the value or the relevance changed. */
  #evaluate(node: Node, aspect: Exclude<Aspect, "flag">, interpreter: Interpreter): boolean {
    const question = node.question;
    if (question === null) return false;
    const here: Here = { place: node, current: node, position: 1, size: 1 };
    const judge = (tree: Expression | undefined): boolean => tree !== undefined && truth(interpreter.value(tree, here));
    if (aspect !== "relevant") this.#touch(node);
    switch (aspect) {
      case "calculation":
        return node.shown() && calculate(node, interpreter.value(question.calculation ?? "", here));
      case "filter":
        node.choices = choices(question, node, interpreter);
        return false;
      case "relevant": {
        const before = node.relevant;
        node.relevant = judge(question.relevant);
        if (before !== node.relevant) for (const below of node.walk()) this.#touch(below);
        return before !== node.relevant;
      }
      case "count":
        return false;
      case "required":
        node.required = judge(question.required);
        return false;
      case "readonly":
        node.readonly = judge(question.readonly);
        return false;
      case "constraint":
        node.allowed = judge(question.constraint);
        return false;
      default:
        node.texts.set(aspect, words(question[aspect], this.#language, here, interpreter));
        return false;
    }
  }

  // What a page shows

  all(): Changes {
    const found = nothing();
    found.repeats = this.#tree.counts();
    found.flags = toldFlags(this.#flags.values(), this.#raised, this.#tree);
    for (const node of this.#tree.root.walk()) this.#describe(node, found);
    return found;
  }

  #describe(node: Node, found: Changes): void {
    const question = node.question;
    if (question === null) return;
    const ref = node.ref();
    found.relevant[ref] = node.shown();
    for (const [slot, words] of node.texts) found.texts[`${ref}:${slot}`] = words;
    if (question.kind !== "group" && question.kind !== "repeat")
      found.values[ref] = node.way === null ? node.value : "";
    if (holdsAnswer(question)) {
      found.ways[ref] = node.way;
      found.required[ref] = node.required && node.shown();
      found.readonly[ref] = node.readonly || question.calculation !== undefined;
      found.invalid[ref] = this.#invalid(node, question);
    }
    if (node.choices !== null) found.choices[ref] = node.choices;
  }

  changes(): Changes {
    const touched = this.#touched;
    this.#touched = new Set();
    if (touched === null) {
      const [now, before] = [this.all(), this.#reported];
      this.#reported = now;
      return differences(now, before);
    }
    const now = nothing();
    now.flags = toldFlags(this.#flags.values(), this.#raised, this.#tree);
    for (const node of touched) this.#describe(node, now);
    const found = differences(now, this.#reported);
    put(found, this.#reported);
    return found;
  }

  #invalid(node: Node, question: Question): AnswerProblem | null {
    if (node.string() === "") return null;
    return (
      checkValue(question, node.value, node.choices ?? this.#names(question)) ??
      (node.allowed ? null : "answer_constraint")
    );
  }

  // What is sealed and what is kept

  missing(): Missing {
    this.#missing ??= this.#look();
    return this.#missing;
  }

  lacks(ref: Ref): boolean {
    return this.missing().required.includes(ref);
  }

  #look(): Missing {
    const found: Missing = { required: [], invalid: [], notAsked: [] };
    for (const node of this.#tree.root.walk()) {
      const question = node.question;
      if (question === null || !holdsAnswer(question) || !node.shown()) continue;
      if (this.#invalid(node, question) !== null) found.invalid.push(node.ref());
      else if (node.value === "" && node.way === null && asks(question)) {
        (node.required ? found.required : found.notAsked).push(node.ref());
      }
    }
    return found;
  }

  answersForSeal(): { answers: Answers; ways: Ways } {
    const ways: Ways = {};
    for (const node of this.#tree.root.walk()) if (node.way !== null && node.shown()) ways[node.ref()] = node.way;
    return { answers: sealed(this.#tree.root, () => true), ways };
  }

  draft(): Draft {
    const draft: Draft = { values: {}, ways: {}, repeats: this.#tree.counts() };
    for (const node of this.#tree.root.walk()) {
      if (node.value !== "") draft.values[node.ref()] = node.value;
      if (node.way !== null) draft.ways[node.ref()] = node.way;
    }
    return draft;
  }

  /** Throws RangeError for a draft of another form; then nothing changed. */
  restore(draft: Draft): void {
    const tree = new Tree(this.form);
    for (const [ref, count] of Object.entries(draft.repeats)) {
      const { parent, repeat } = tree.repeat(ref);
      const instances = parent.children(nameOf(ref));
      while (instances.length < count) tree.add(parent, repeat);
      instances.length = Math.max(count, 0);
    }
    for (const node of tree.root.walk()) node.value = "";
    for (const [ref, value] of Object.entries(draft.values)) tree.find(ref).value = value;
    for (const [ref, way] of Object.entries(draft.ways)) tree.find(ref).way = way;
    this.#tree = tree;
    this.#everything();
  }
}

/** For `split`, which walks the nodes: an engine's inside, for this folder only. */
export function inside(engine: Engine): { root: Node; today: string } {
  if (!(engine instanceof OpenForm)) throw new TypeError("not an engine of openForm");
  return engine;
}

function within(ref: Ref, over: Ref): boolean {
  return ref === over || ref.startsWith(`${over}.`);
}
