/**
 * The answers while a form is open: one node for every question, one for every instance of a repeat. As forms/tree.py.
 *
 * Rules: what expressions see of a node is `string()`, blank when it is not relevant or a way out was chosen; what was
 * entered is never thrown away. A repeat starts with one instance, as in ODK.
 */
import type { CompiledForm, Question, Ref, Way } from "./types.ts";

const STEP = /^([A-Za-z_][A-Za-z0-9_-]*)(?:\[([1-9][0-9]{0,3})\])?$/;

export class Node {
  /** Name → the nodes of that name in the form's order, one unless it is a repeat. */
  readonly below = new Map<string, Node[]>();
  readonly texts = new Map<string, string>();
  readonly question: Question | null;
  readonly parent: Node | null;
  value: string;
  way: Way | null = null;
  relevant = true;
  required = false;
  readonly = false;
  allowed = true;
  choices: string[] | null = null;

  constructor(question: Question | null, parent: Node | null) {
    this.question = question;
    this.parent = parent;
    this.value = question?.default ?? "";
  }

  /** Relevant, and so is everything around it. */
  shown(): boolean {
    return this.relevant && (this.parent?.shown() ?? true);
  }

  string(): string {
    return this.way === null && this.shown() ? this.value : "";
  }

  children(name: string): Node[] {
    return this.below.get(name) ?? [];
  }

  /** The nodes around it and itself, outermost first, without the form. */
  lineage(): Node[] {
    return this.question === null ? [] : [...(this.parent?.lineage() ?? []), this];
  }

  /** From 1 among the instances of its repeat; 1 elsewhere. */
  index(): number {
    if (this.parent === null || this.question === null) return 1;
    return this.parent.children(nameOf(this.question.ref)).indexOf(this) + 1;
  }

  /** `members[2].name`; "" for the form. */
  ref(): Ref {
    if (this.parent === null || this.question === null) return "";
    const name = nameOf(this.question.ref);
    return join(this.parent.ref(), this.question.kind === "repeat" ? `${name}[${this.index()}]` : name);
  }

  /** This node and all below, in the form's order. */
  *walk(): Generator<Node> {
    yield this;
    for (const nodes of this.below.values()) for (const node of nodes) yield* node.walk();
  }
}

export class Tree {
  readonly root = new Node(null, null);
  readonly #below = new Map<string, Question[]>();

  constructor(form: CompiledForm) {
    for (const question of form.questions) {
      const parent = parentOf(question.ref);
      this.#below.set(parent, [...(this.#below.get(parent) ?? []), question]);
    }
    this.#grow(this.root, "");
  }

  #grow(node: Node, ref: string): void {
    for (const question of this.#below.get(ref) ?? []) {
      node.below.set(nameOf(question.ref), []);
      this.add(node, question);
    }
  }

  /** A new node for the question with all below it, defaults filled in. */
  add(parent: Node, question: Question): Node {
    const node = new Node(question, parent);
    parent.children(nameOf(question.ref)).push(node);
    this.#grow(node, question.ref);
    return node;
  }

  /** All instances of a question, in order. */
  every(ref: Ref): Node[] {
    return ref.split(".").reduce((found, name) => found.flatMap((node) => node.children(name)), [this.root]);
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
  repeat(ref: Ref): { parent: Node; repeat: Question } {
    const above = parentOf(ref);
    const parent = above === "" ? this.root : this.find(above);
    const siblings = this.#below.get(parent.question?.ref ?? "") ?? [];
    const repeat = siblings.find((question) => question.kind === "repeat" && nameOf(question.ref) === nameOf(ref));
    if (repeat === undefined) throw new RangeError(`no repeat ${ref}`);
    return { parent, repeat };
  }

  /** Repeat (with the indexes around it) → how many instances it has; those around stand first. */
  counts(): Record<Ref, number> {
    const found: Record<Ref, number> = {};
    for (const node of this.root.walk()) {
      for (const question of this.#below.get(node.question?.ref ?? "") ?? []) {
        const name = nameOf(question.ref);
        if (question.kind === "repeat") found[join(node.ref(), name)] = node.children(name).length;
      }
    }
    return found;
  }
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
