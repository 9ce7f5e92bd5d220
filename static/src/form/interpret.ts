/**
 * Reads a syntax tree against the open form. The same as forms/interpret.py, which is the reference.
 *
 * Rules: a tree is made ready once, as functions that call each other, and then only called: nothing is parsed or looked up
 * by name again. Nothing asks a clock or draws by itself: today, now and random are given. Paths: see paths.ts.
 */
import { seeded, shuffled, uuid } from "./chance.ts";
import { addDate, type Body, dateTime, FUNCTIONS, timestamp } from "./functions.ts";
import { Item, Lists, type Syntax, type Written } from "./lists.ts";
import { type Asked, readyAsked, readyPath, select } from "./paths.ts";
import { matches } from "./patterns.ts";
import { Node, type Tree } from "./tree.ts";
import type { CompiledForm, Language, Ref, Way } from "./types.ts";
import { compare, number, type Place, text, truth, type Value } from "./values.ts";

export { Item };

/** Where an expression stands: `place` moves inside predicates, `current` does not. */
export interface Here {
  place: Node | Item;
  current: Node;
  position: number;
  size: number;
}

export type Read = (here: Here, run: Interpreter) => Value;

export class Interpreter {
  readonly answers: Tree;
  readonly today: string;
  readonly now: string;
  readonly random: () => number;
  readonly lists: Lists;
  readonly #form: CompiledForm;
  readonly #listOf = new Map<Ref, string>();

  /** `language` is that of labels that an expression reads. `random`: 0 ≤ x < 1. */
  constructor(
    form: CompiledForm,
    answers: Tree,
    today: string,
    now: string,
    language: Language,
    random: () => number = () => 0.5,
  ) {
    this.#form = form;
    this.answers = answers;
    this.today = today;
    this.now = now;
    this.random = random;
    this.lists = new Lists(form, language);
  }

  value(tree: Syntax, here: Here): Value {
    return Array.isArray(tree) ? ready(tree)(here, this) : tree;
  }

  items(list: string): Item[] {
    return this.lists.items(list);
  }

  /**
   * Keys of the rows of a list for which a choice filter of the question `node` holds, in the list's order.
   * ["call", "randomize", filter, seed?] puts them into the seed's order; without one, into that of this talk.
   */
  filtered(list: string, predicate: Syntax, node: Node): string[] {
    const here = { place: node, current: node, position: 1, size: 1 };
    const shuffle = Array.isArray(predicate) && predicate[1] === "randomize" ? predicate : null;
    const asked = readyFilter(shuffle?.[2] ?? predicate);
    let found = select(this.items(list), list, asked, here, this);
    if (shuffle !== null) {
      const seed = shuffle[3] === undefined ? `${node.question?.ref ?? ""} ${this.now}` : this.value(shuffle[3], here);
      found = shuffled(found, seeded(seed));
    }
    return found.map((item) => item.key);
  }

  /** A label, with what its expressions say. */
  words(written: Written, here: Here): string {
    if (typeof written === "string") return written;
    return written.map((piece) => (typeof piece === "string" ? piece : text(this.value(piece, here)))).join("");
  }

  /** The label of a choice in the present language; blank when there is no such choice. */
  choiceName(value: string, ref: Ref, here: Here): string {
    let list = this.#listOf.get(ref);
    if (list === undefined) {
      list = this.#form.questions.find((question) => question.ref === ref)?.list ?? "";
      this.#listOf.set(ref, list);
    }
    return this.words(this.lists.find(list, "name", value)?.columns["label"] ?? "", here);
  }
}

const FILTERS = new WeakMap<readonly Syntax[], Asked>();

function readyFilter(tree: Syntax): Asked {
  const known = Array.isArray(tree) ? FILTERS.get(tree) : undefined;
  const asked = known ?? readyAsked(tree, ready);
  if (known === undefined && Array.isArray(tree)) FILTERS.set(tree, asked);
  return asked;
}

const READY = new WeakMap<readonly Syntax[], Read>();

/** The tree as a function; the same one for the same tree. */
function ready(tree: Syntax): Read {
  if (!Array.isArray(tree)) return () => tree;
  const known = READY.get(tree);
  if (known !== undefined) return known;
  const made = make(tree);
  READY.set(tree, made);
  return made;
}

function make(tree: readonly Syntax[]): Read {
  const head = tree[0] as string;
  if (head === "path") return readyPath(tree, ready);
  if (head === "call") return call(tree[1] as string, tree.slice(2));
  const [left, right] = [operand(tree, 1), head === "neg" ? () => 0 : operand(tree, 2)];
  switch (head) {
    case "neg":
      return (here, run) => -number(left(here, run));
    case "or":
      return (here, run) => truth(left(here, run)) || truth(right(here, run));
    case "and":
      return (here, run) => truth(left(here, run)) && truth(right(here, run));
    case "+":
      return (here, run) => number(left(here, run)) + number(right(here, run));
    case "-":
      return (here, run) => number(left(here, run)) - number(right(here, run));
    case "*":
      return (here, run) => number(left(here, run)) * number(right(here, run));
    case "div":
      return (here, run) => number(left(here, run)) / number(right(here, run));
    case "mod":
      return (here, run) => number(left(here, run)) % number(right(here, run));
    default:
      return (here, run) => compare(head, left(here, run), right(here, run));
  }
}

function operand(tree: readonly Syntax[], place: number): Read {
  const found = tree[place];
  if (found === undefined) throw new RangeError("a syntax tree is cut short");
  return ready(found);
}

function call(name: string, trees: readonly Syntax[]): Read {
  const special = FORM_FUNCTIONS[name];
  if (special !== undefined) return special(trees);
  const body = FUNCTIONS[name];
  if (body === undefined) throw new RangeError(`no function ${name}`);
  return over(trees, body);
}

function over(trees: readonly Syntax[], body: Body): Read {
  const read = trees.map(ready);
  const [first, second] = read;
  if (first !== undefined && read.length === 1) return (here, run) => body([first(here, run)]);
  if (first !== undefined && second !== undefined && read.length === 2) {
    return (here, run) => body([first(here, run), second(here, run)]);
  }
  return (here, run) => body(read.map((one) => one(here, run)));
}

type Special = (trees: readonly Syntax[]) => Read;

/** The places that an argument leads to. */
function places(tree: Syntax | undefined): (here: Here, run: Interpreter) => Place[] {
  if (!Array.isArray(tree)) throw new RangeError("a syntax tree is cut short");
  return readyPath(tree, ready);
}

function ofNode(tree: Syntax | undefined, nowhere: Value, body: (node: Node) => Value): Read {
  const path = places(tree);
  return (here, run) => {
    const [node] = path(here, run);
    return node instanceof Node ? body(node) : nowhere;
  };
}

const way =
  (wanted: Way): Special =>
  ([tree]) =>
    ofNode(tree, false, (node) => node.shown() && node.way === wanted);

/** Functions that need the form around them. */
export const FORM_FUNCTIONS: Readonly<Record<string, Special>> = {
  if: (trees) => {
    const [test, yes, no] = [operand(trees, 0), operand(trees, 1), operand(trees, 2)];
    return (here, run) => (truth(test(here, run)) ? yes : no)(here, run);
  },
  last: () => (here) => here.size,
  position: ([tree]) =>
    tree === undefined ? (here) => here.position : ofNode(tree, Number.NaN, (node) => node.index()),
  count: ([tree]) => {
    const path = places(tree);
    return (here, run) => path(here, run).filter((place) => !(place instanceof Node) || place.shown()).length;
  },
  today: () => (_, run) => run.today,
  now: () => (_, run) => run.now,
  "date-time": (trees) => {
    const read = operand(trees, 0);
    return (here, run) => dateTime(read(here, run), run.now);
  },
  "add-date": (trees) => {
    const read = trees.map(ready);
    return (here, run) =>
      addDate(
        read.map((one) => one(here, run)),
        run.now,
      );
  },
  "parse-timestamp-to-date": (trees) => {
    const read = operand(trees, 0);
    return (here, run) => timestamp(read(here, run), run.now);
  },
  "jr:choice-name": (trees) => {
    const read = operand(trees, 0);
    return (here, run) => run.choiceName(text(read(here, run)), String(trees[1]), here);
  },
  pulldata: (trees) => {
    const [table, column, key] = trees.map(String);
    const read = operand(trees, 3);
    return (here, run) => {
      const row = run.lists.find(table ?? "", key ?? "", text(read(here, run)));
      return run.words(row?.columns[column ?? ""] ?? "", here);
    };
  },
  regex: (trees) => {
    const [read, states] = [operand(trees, 0), trees[1]];
    if (!Array.isArray(states)) throw new RangeError("a pattern without its states");
    return (here, run) => matches(states, text(read(here, run)));
  },
  once: (trees) => {
    const read = operand(trees, 0);
    return (here, run) => (here.current.way === null && here.current.value) || text(read(here, run));
  },
  random: () => (_, run) => run.random(),
  uuid: ([tree]) => {
    if (tree === undefined) return (_, run) => uuid(run.random);
    const read = ready(tree);
    return (here, run) => uuid(run.random, number(read(here, run)));
  },
  "esik:unknown": way("unknown"),
  "esik:declined": way("declined"),
  "esik:asked": ([tree]) => ofNode(tree, false, (node) => node.shown() && (node.value !== "" || node.way !== null)),
};
