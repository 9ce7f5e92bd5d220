/**
 * Reads a syntax tree against the open form. The same as forms/interpret.py, which is the reference.
 *
 * Rules: an absolute path that passes a repeat in which the question itself stands means that same instance (its last
 * step means all instances). Places that are not relevant are left out of every list. Nothing asks a clock.
 */
import { FUNCTIONS } from "./functions.ts";
import { Node, type Tree } from "./tree.ts";
import type { CompiledForm, Expression, ExpressionPart, Language, Ref } from "./types.ts";
import { compare, number, type Place, text, truth, type Value } from "./values.ts";

type Syntax = Expression | ExpressionPart;

/** A row of a choice list, as paths see it. */
export class Item {
  readonly columns: Readonly<Record<string, string>>;
  constructor(columns: Readonly<Record<string, string>>) {
    this.columns = columns;
  }
  string(): string {
    return "";
  }
}

/** Where an expression stands: `place` moves inside predicates, `current` does not. */
export interface Here {
  place: Node | Item;
  current: Node;
  position: number;
  size: number;
}

const COMPARISONS = new Set(["=", "!=", "<", "<=", ">", ">="]);

export class Interpreter {
  readonly #form: CompiledForm;
  readonly #answers: Tree;
  readonly #today: string;
  readonly #now: string;
  readonly #language: Language;
  readonly random: () => number;

  /** `random`: 0 ≤ x < 1. */
  constructor(
    form: CompiledForm,
    answers: Tree,
    today: string,
    now: string,
    language: Language,
    random: () => number = () => 0.5,
  ) {
    this.#form = form;
    this.#answers = answers;
    this.#today = today;
    this.#now = now;
    this.#language = language;
    this.random = random;
  }

  value(tree: Syntax, here: Here): Value {
    if (!Array.isArray(tree)) return tree;
    const head = tree[0] as string;
    const operand = (place: number): Value => this.value(part(tree, place), here);
    if (head === "path") return this.#path(tree, here);
    if (head === "call") return this.#call(tree, here);
    if (head === "neg") return -number(operand(1));
    if (head === "or") return truth(operand(1)) || truth(operand(2));
    if (head === "and") return truth(operand(1)) && truth(operand(2));
    if (COMPARISONS.has(head)) return compare(head, operand(1), operand(2));
    return arithmetic(head, number(operand(1)), number(operand(2)));
  }

  #call(tree: Syntax[], here: Here): Value {
    const name = tree[1] as string;
    const body = FUNCTIONS[name];
    if (body !== undefined) return body(tree.slice(2).map((argument) => this.value(argument, here)));
    const argument = (place: number): Value => this.value(part(tree, place + 2), here);
    switch (name) {
      case "if":
        return argument(truth(argument(0)) ? 1 : 2);
      case "today":
        return this.#today;
      case "now":
        return this.#now;
      case "last":
        return here.size;
      case "jr:choice-name":
        return this.#choiceName(text(argument(0)), tree[3] as Ref);
    }
    if (name === "position" && tree.length === 2) return here.position;
    const found = this.#path(part(tree, 2) as Syntax[], here);
    if (name === "count") return found.length;
    const node = found[0];
    if (name === "position") return node instanceof Node ? node.index() : 0;
    return node instanceof Node && asked(name, node);
  }

  /** The label of a choice in the present language; blank when there is no such choice. */
  #choiceName(value: string, ref: Ref): string {
    const list = this.#form.questions.find((question) => question.ref === ref)?.list ?? "";
    const choice = this.#form.lists[list]?.find((one) => one.name === value);
    return choice === undefined ? "" : String(choice.label[this.#language]);
  }

  items(list: string): Item[] {
    return (this.#form.lists[list] ?? []).map(
      (choice) => new Item({ name: choice.name, label: String(choice.label[this.#language]), ...choice.columns }),
    );
  }

  #path(tree: Syntax[], here: Here): Place[] {
    const start = part(tree, 1);
    const steps = tree.slice(2);
    // Only a list of choices can start a path: ["call", "instance", name], "root", item…
    if (Array.isArray(start)) return this.#cells(this.items(start[2] as string), steps.slice(1), here);
    if (start === "/") return this.#steps([this.#answers.root], steps, here, here.current.lineage());
    if (start === "current") return this.#steps([here.current], steps, here, []);
    if (here.place instanceof Node) return this.#steps([here.place], steps, here, []);
    const cell = here.place.columns[String(steps[0] ?? "")];
    return cell === undefined ? [] : [{ string: () => cell }];
  }

  #steps(from: Node[], steps: Syntax[], here: Here, around: Node[]): Place[] {
    let nodes = from;
    steps.forEach((step, depth) => {
      if (step === "..") {
        nodes = [...new Set(nodes.map((node) => node.parent))].filter((node) => node !== null);
        return;
      }
      const predicates = Array.isArray(step) ? step.slice(2) : [];
      const name = String(Array.isArray(step) ? step[1] : step);
      nodes = nodes.flatMap((node) => node.children(name));
      const same = around[depth];
      if (same !== undefined && predicates.length === 0 && depth < steps.length - 1 && nodes.includes(same)) {
        nodes = [same];
      }
      for (const predicate of predicates) nodes = this.#filter(nodes, predicate, here);
    });
    return nodes.filter((node) => node.shown());
  }

  #cells(from: Item[], steps: Syntax[], here: Here): Place[] {
    let items = from;
    for (const step of steps) {
      if (Array.isArray(step)) {
        for (const predicate of step.slice(2)) items = this.#filter(items, predicate, here);
      } else if (step !== "item") {
        const cells = items.map((item) => item.columns[String(step)]);
        return cells.filter((cell) => cell !== undefined).map((cell) => ({ string: () => cell }));
      }
    }
    return items;
  }

  /** A number in […] asks for that place, anything else for its truth. */
  #filter<P extends Node | Item>(places: P[], predicate: Syntax, here: Here): P[] {
    const size = places.length;
    return places.filter((place, before) => {
      const value = this.value(predicate, { place, current: here.current, position: before + 1, size });
      return typeof value === "number" ? value === before + 1 : truth(value);
    });
  }
}

function part(tree: Syntax[], place: number): Syntax {
  const found = tree[place];
  if (found === undefined) throw new RangeError("a syntax tree is cut short");
  return found;
}

function arithmetic(sign: string, left: number, right: number): number {
  if (sign === "+") return left + right;
  if (sign === "-") return left - right;
  if (sign === "*") return left * right;
  return sign === "div" ? left / right : left % right;
}

/** esik:unknown, esik:declined, esik:asked. */
function asked(name: string, node: Node): boolean {
  if (name === "esik:asked") return node.value !== "" || node.way !== null;
  return node.way === name.slice("esik:".length);
}
