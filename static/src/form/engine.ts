/**
 * An open form whose answers change, and what follows from each change. The same as forms/evaluate.py, the reference.
 *
 * Rules: after a change only what reads it is looked at again, in the order worked out at publish time. Wrong, hidden and
 * replaced answers are kept. A way out is blank in every expression and satisfies `required`. Time is an input.
 */
import { asks, checkValue, entered, holdsAnswer, lexical, sealed, type Typed } from "./answers.ts";
import { type Here, Interpreter } from "./interpret.ts";
import { type Node, Tree } from "./tree.ts";
import type {
  AnswerProblem,
  Answers,
  Aspect,
  Changes,
  CompiledForm,
  Draft,
  Engine,
  Expression,
  Language,
  Missing,
  OpenOptions,
  Question,
  Ref,
  Text,
  Way,
  Ways,
} from "./types.ts";
import { text, truth, type Value } from "./values.ts";

type Slot = "label" | "hint" | "constraint_message" | "required_message";

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
  #language: Language;
  #tree: Tree;
  #reported = nothing();

  constructor(form: CompiledForm, options: OpenOptions) {
    this.form = form;
    this.today = options.today;
    this.#now = options.now;
    this.#language = options.language ?? form.default_language;
    this.#questions = new Map(form.questions.map((question) => [question.ref, question]));
    this.#places = new Map(form.order.map(([ref, aspect], place) => [`${ref}:${aspect}`, place]));
    this.#tree = new Tree(form);
    this.#everything();
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
    this.#run(this.form.affects[question.ref] ?? []);
  }

  way(ref: Ref, way: Way | null): void {
    const { node, question } = this.#open(ref);
    if (way !== null && !question.ways?.includes(way)) throw new RangeError(`${ref} has no way out ${way}`);
    node.way = way;
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
    const instances = parent.children(ref.slice(ref.lastIndexOf(".") + 1));
    if (!Number.isInteger(index) || index < 1 || index > instances.length) throw new RangeError(`no ${ref}[${index}]`);
    if (instances.length <= (repeat.least ?? 0)) return false;
    instances.splice(index - 1, 1);
    this.#instancesChanged(repeat);
    return true;
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

  /** New instances have everything to be evaluated; those that moved have new positions. */
  #instancesChanged(repeat: Question): void {
    const below = [...this.#questions.keys()].filter((ref) => within(ref, repeat.ref));
    const own = this.form.order.flatMap(([ref], place) => (within(ref, repeat.ref) ? [place] : []));
    this.#run([...own, ...below.flatMap((ref) => this.form.affects[ref] ?? [])]);
  }

  #everything(): void {
    this.#run(this.form.order.keys());
  }

  #run(first: Iterable<number>): void {
    const interpreter = new Interpreter(this.form, this.#tree, this.today, this.#now, this.#language);
    const dirty = new Set(first);
    while (dirty.size > 0) {
      const place = Math.min(...dirty);
      dirty.delete(place);
      const [ref, aspect] = this.form.order[place] as [Ref, Aspect];
      let changed = false;
      for (const node of this.#tree.every(ref)) changed = this.#evaluate(node, aspect, interpreter) || changed;
      if (changed) for (const reader of this.#followers(ref, aspect)) dirty.add(reader);
    }
  }

  #followers(ref: Ref, aspect: Aspect): number[] {
    if (aspect === "calculation") return this.form.affects[ref] ?? [];
    const below = [...this.#questions.keys()].filter((other) => within(other, ref));
    return below.flatMap((other) => {
      const own = this.#places.get(`${other}:calculation`);
      return [...(this.form.affects[other] ?? []), ...(own === undefined ? [] : [own])];
    });
  }

  /** Whether the value or the relevance changed. */
  #evaluate(node: Node, aspect: Aspect, interpreter: Interpreter): boolean {
    const question = node.question;
    if (question === null) return false;
    const here: Here = { place: node, current: node, position: 1, size: 1 };
    const judge = (tree: Expression | undefined): boolean => tree !== undefined && truth(interpreter.value(tree, here));
    switch (aspect) {
      case "calculation":
        return node.shown() && calculate(node, interpreter.value(question.calculation ?? "", here));
      case "filter":
        node.choices = choices(question, node, interpreter);
        return false;
      case "relevant": {
        const before = node.relevant;
        node.relevant = judge(question.relevant);
        return before !== node.relevant;
      }
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
    for (const node of this.#tree.root.walk()) {
      if (node.question !== null) this.#describe(node.ref(), node, node.question, found);
    }
    return found;
  }

  #describe(ref: Ref, node: Node, question: Question, found: Changes): void {
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
    const [now, before] = [this.all(), this.#reported];
    this.#reported = now;
    const found = nothing();
    for (const facet of Object.keys(found) as (keyof Changes)[]) {
      const [fresh, old, out] = [now[facet], before[facet], found[facet]] as Record<string, unknown>[];
      for (const [key, value] of Object.entries(fresh ?? {})) {
        if (old !== undefined && key in old && same(old[key], value)) continue;
        if (out !== undefined) out[key] = value;
      }
    }
    return found;
  }

  #invalid(node: Node, question: Question): AnswerProblem | null {
    if (node.string() === "") return null;
    const names = node.choices ?? (this.form.lists[question.list ?? ""] ?? []).map((choice) => choice.name);
    return checkValue(question, node.value, names) ?? (node.allowed ? null : "answer_constraint");
  }

  // What is sealed and what is kept

  missing(): Missing {
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
      const instances = parent.children(ref.slice(ref.lastIndexOf(".") + 1));
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

function nothing(): Changes {
  return {
    values: {},
    ways: {},
    relevant: {},
    required: {},
    readonly: {},
    invalid: {},
    choices: {},
    texts: {},
    repeats: {},
  };
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, place) => item === other[place]);
}

function within(ref: Ref, over: Ref): boolean {
  return ref === over || ref.startsWith(`${over}.`);
}

function calculate(node: Node, result: Value): boolean {
  const before = node.value;
  const found = text(result);
  node.value = found === "NaN" ? "" : found;
  return node.value !== before;
}

function choices(question: Question, node: Node, interpreter: Interpreter): string[] {
  const items = interpreter.items(question.list ?? "");
  const held = items.filter((place, before) =>
    truth(interpreter.value(question.filter ?? "", { place, current: node, position: before + 1, size: items.length })),
  );
  return held.map((item) => item.columns["name"] ?? "");
}

function words(written: Text | undefined, language: Language, here: Here, interpreter: Interpreter): string {
  const pieces = written?.[language] ?? "";
  if (typeof pieces === "string") return pieces;
  return pieces.map((piece) => (typeof piece === "string" ? piece : text(interpreter.value(piece, here)))).join("");
}
