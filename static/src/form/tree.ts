/**
 * The answers while a form is open: one node for every question, one for every instance of a repeat. As forms/tree.py.
 *
 * Rules: what expressions see of a node is `string()`, blank when it is not relevant or a way out was chosen; what was
 * entered is never thrown away: instances that a smaller count takes out are kept beside, and come back as they were. A
 * repeat starts with one instance unless it is counted; inside an instance that was added later it starts with none, as
 * in ODK.
 */
import type { AnswerProblem, CompiledForm, Question, Ref, Way } from "./types.ts";

const STEP = /^([A-Za-z_][A-Za-z0-9_-]*)(?:\[([1-9][0-9]{0,3})\])?$/;
/** Of one counted repeat: a slip of the finger must not fill the tablet. */
export const MOST_INSTANCES = 1000;
/** Instances of one repeat in a draft: a ref can name no more. */
export const MOST_KEPT = 9999;
const NONE: ReadonlyMap<string, never> = new Map<string, never>();
const NO_NODES: Node[] = [];

export class Node {
  /** Name → the nodes of that name in the form's order, one unless it is a repeat. */
  below: ReadonlyMap<string, Node[]> = NONE;
  /** Of each repeat below: what stands for all of its instances, where its count and its relevance are asked. */
  ranges: ReadonlyMap<string, Node> = NONE;
  texts: ReadonlyMap<string, string> = NONE;
  readonly question: Question | null;
  readonly parent: Node | null;
  value: string;
  way: Way | null = null;
  relevant = true;
  /** Relevant, and so is everything around it. */
  visible: boolean;
  required = false;
  readonly = false;
  allowed = true;
  /** New, and not evaluated yet. */
  fresh = true;
  /** In an instance that the form did not open with. */
  readonly added: boolean;
  /** An instance that is not in the form: taken out, or put aside. */
  out = false;
  /** Stands for all instances of its repeat. */
  range = false;
  choices: string[] | null = null;
  /** Of a range: instances that a smaller count took out, the last one first. */
  spare: Node[] = NO_NODES;
  /** What is wrong with the answer; undefined: not looked at yet. */
  wrong: AnswerProblem | null | undefined = undefined;
  #ref: Ref | null = null;

  constructor(question: Question | null, parent: Node | null, added = false) {
    this.question = question;
    this.parent = parent;
    this.added = added || (parent?.added ?? false);
    this.value = question?.default ?? "";
    this.visible = parent?.visible ?? true;
  }

  shown(): boolean {
    return this.visible;
  }

  string(): string {
    return this.way === null && this.visible ? this.value : "";
  }

  children(name: string): Node[] {
    return this.below.get(name) ?? NO_NODES;
  }

  /** The nodes around it and itself, outermost first, without the form. */
  lineage(): Node[] {
    const found: Node[] = [];
    for (let node: Node | null = this; node?.question; node = node.parent) found.unshift(node);
    return found;
  }

  /** From 1 among the instances of its repeat, 0 for all of them; 1 elsewhere. */
  index(): number {
    if (this.parent === null || this.question === null) return 1;
    return this.parent.children(nameOf(this.question.ref)).indexOf(this) + 1;
  }

  /** `members[2].name`, `members` for all instances; "" for the form. */
  ref(): Ref {
    this.#ref ??= this.#named();
    return this.#ref;
  }

  #named(): Ref {
    if (this.parent === null || this.question === null) return "";
    const name = nameOf(this.question.ref);
    return join(this.parent.ref(), this.question.kind === "repeat" && !this.range ? `${name}[${this.index()}]` : name);
  }

  /** Its place is another than before. */
  moved(): void {
    this.#ref = null;
  }

  /** Still in the form, and so is everything around it. */
  attached(): boolean {
    for (let node: Node | null = this; node !== null; node = node.parent) if (node.out) return false;
    return true;
  }

  /** The instance of the repeat `ref` that it stands in, or is. */
  within(ref: Ref): Node | null {
    for (let node: Node | null = this; node !== null; node = node.parent) if (node.question?.ref === ref) return node;
    return null;
  }

  /** This node and all below, in the form's order. */
  *walk(): Generator<Node> {
    yield this;
    for (const nodes of this.below.values()) for (const node of nodes) yield* node.walk();
  }
}

export class Tree {
  readonly root = new Node(null, null);
  /** What was made and not evaluated yet. */
  fresh: Node[] = [];
  readonly #below = new Map<string, Question[]>();
  /** Ref → its nodes, for as long as no instance comes or goes. */
  readonly #every = new Map<Ref, Node[]>();
  #all: Node[] | null = null;

  constructor(form: CompiledForm) {
    for (const question of form.questions) {
      const parent = parentOf(question.ref);
      const siblings = this.#below.get(parent);
      if (siblings === undefined) this.#below.set(parent, [question]);
      else siblings.push(question);
    }
    this.#grow(this.root, "");
  }

  #grow(node: Node, ref: string): void {
    const questions = this.#below.get(ref);
    if (questions === undefined) return;
    node.below = new Map(questions.map((question) => [nameOf(question.ref), []]));
    const repeats = questions.filter(({ kind }) => kind === "repeat");
    if (repeats.length > 0) node.ranges = new Map(repeats.map((one) => [nameOf(one.ref), rangeOf(one, node)]));
    for (const question of questions) {
      if (question.count !== undefined) continue;
      const first = question.kind === "repeat" && node.added ? (question.least ?? 0) : 1;
      for (let made = 0; made < first; made += 1) this.add(node, question);
    }
  }

  /** A new node for the question with all below it, defaults filled in. `added`: after the form was opened. */
  add(parent: Node, question: Question, added = false): Node {
    const node = new Node(question, parent, added);
    parent.children(nameOf(question.ref)).push(node);
    this.fresh.push(node);
    this.#reset();
    this.#grow(node, question.ref);
    return node;
  }

  /** Takes instance `index`, from 0, out of a repeat. */
  remove(instances: Node[], index: number): void {
    const [gone] = instances.splice(index, 1);
    if (gone !== undefined) gone.out = true;
    for (const node of instances.slice(index)) for (const below of everything(node)) below.moved();
    this.#reset();
  }

  /** As many instances as wanted; whether that is another number than before. */
  resize(range: Node, wanted: number): boolean {
    const { parent, question } = range;
    if (parent === null || question === null) return false;
    const instances = parent.children(nameOf(question.ref));
    const before = instances.length;
    if (range.spare === NO_NODES) range.spare = [];
    while (instances.length > wanted) {
      range.spare.push(instances[instances.length - 1] as Node);
      this.remove(instances, instances.length - 1);
    }
    while (instances.length < wanted) {
      const kept = range.spare.pop();
      if (kept === undefined) this.add(parent, question, instances.length > 0);
      else this.#back(kept, instances);
    }
    return instances.length !== before;
  }

  #back(kept: Node, instances: Node[]): void {
    kept.out = false;
    instances.push(kept);
    this.#reset();
    for (const node of everything(kept)) {
      node.moved();
      node.visible = node.relevant && (node.parent?.visible ?? true);
    }
  }

  /** What was new has been evaluated. */
  settle(): void {
    for (const node of this.fresh) node.fresh = false;
    this.fresh = [];
  }

  /** Everything, in the form's order, without the form itself. */
  all(): readonly Node[] {
    this.#all ??= [...this.root.walk()].slice(1);
    return this.#all;
  }

  #reset(): void {
    this.#every.clear();
    this.#all = null;
  }

  /** All instances of a question, in order. */
  every(ref: Ref): Node[] {
    let found = this.#every.get(ref);
    if (found === undefined) {
      found = this.below(this.root, ref.split("."));
      this.#every.set(ref, found);
    }
    return found;
  }

  /** Those of them that stand below a node, by the names from there. */
  below(node: Node, names: readonly string[]): Node[] {
    let found = [node];
    for (const name of names) {
      found = found.length === 1 ? (found[0] as Node).children(name) : found.flatMap((one) => one.children(name));
    }
    return found;
  }

  /** What stands for all instances of a repeat, one in each instance of the repeat around. */
  ranges(ref: Ref): Node[] {
    const above = parentOf(ref);
    const around = above === "" ? [this.root] : this.every(above);
    return around.flatMap((node) => node.ranges.get(nameOf(ref)) ?? []);
  }

  /** The node of a ref with indexes. Throws RangeError. */
  find(ref: Ref): Node {
    let node = this.root;
    for (const step of ref.split(".")) {
      const [, name, index] = STEP.exec(step) ?? [];
      const child = name === undefined ? undefined : node.children(name)[Number(index ?? 1) - 1];
      if (child === undefined || (child.question?.kind === "repeat") === (index === undefined)) {
        throw new RangeError(`no question ${ref}`);
      }
      node = child;
    }
    return node;
  }

  /** The node around a repeat, and the repeat, of a ref like `members` or `homes[1].members`. Throws RangeError. */
  repeat(ref: Ref): { parent: Node; repeat: Question; range: Node } {
    const above = parentOf(ref);
    const parent = above === "" ? this.root : this.find(above);
    const range = parent.ranges.get(nameOf(ref));
    if (range?.question == null) throw new RangeError(`no repeat ${ref}`);
    return { parent, repeat: range.question, range };
  }
}

function rangeOf(repeat: Question, parent: Node): Node {
  const range = new Node(repeat, parent);
  range.range = true;
  return range;
}

/** A node and all below it, what stands for all instances of a repeat included. */
export function* everything(node: Node): Generator<Node> {
  yield node;
  for (const range of node.ranges.values()) yield range;
  for (const nodes of node.below.values()) for (const one of nodes) yield* everything(one);
}

export function join(above: Ref, name: string): Ref {
  return above === "" ? name : `${above}.${name}`;
}

export function nameOf(ref: Ref): string {
  return ref.slice(ref.lastIndexOf(".") + 1);
}

export function parentOf(ref: Ref): Ref {
  return ref.slice(0, Math.max(0, ref.lastIndexOf(".")));
}

/** Whether a page shows anything of it. */
function seen({ kind, label }: Question): boolean {
  const shown = label !== undefined || kind === "group" || kind === "repeat" || kind === "note";
  return shown && kind !== "calculate" && kind !== "hidden";
}

/**
 * Refs of the top-level groups and repeats in page order; "" first when loose questions stand before them. Loose questions
 * belong to the section before. The rule of server/pages.py.
 */
export function sections(form: CompiledForm): Ref[] {
  const found: Ref[] = [];
  for (const question of form.questions) {
    if (parentOf(question.ref) !== "") continue;
    if (question.kind === "group" || question.kind === "repeat") found.push(question.ref);
    else if (found.length === 0 && seen(question)) found.push("");
  }
  return found;
}
