/**
 * Paths, made ready once: where they lead from an open form's nodes, or from the rows of a list.
 *
 * Rules: an absolute path that passes a repeat in which the question itself stands means that same instance (its last
 * step means all instances). A question that is not relevant reads blank; where a path meets several instances, those that
 * are not relevant are left out. As forms/interpret.py.
 */
import type { Here, Interpreter, Read } from "./interpret.ts";
import { type Item, type LookUp, lookedUp, type Syntax } from "./lists.ts";
import { Node } from "./tree.ts";
import { number, type Place, truth, type Value } from "./values.ts";

export type Path = (here: Here, run: Interpreter) => Place[];
type Reader = (tree: Syntax) => Read;

interface Step {
  name: string;
  predicates: readonly Read[];
  /** The place of an instance, said outside of the repeat. */
  at: Read | null;
}

export interface Asked {
  read: Read;
  lookUp: LookUp | null;
  wanted: Read | null;
}

/** `read` makes a tree ready. */
export function readyPath(tree: readonly Syntax[], read: Reader): Path {
  const [, start, ...steps] = tree;
  // Only a list of choices can start a path: ["call", "instance", name], "root", item…
  if (Array.isArray(start)) return rows(String(start[2]), steps.slice(1), read);
  const ready = steps.map((step) => readyStep(step, read));
  if (start === "/") return (here, run) => walk([run.answers.root], ready, here, run, true);
  if (start === "current") return (here, run) => walk([here.current], ready, here, run, false);
  const column = String(steps[0] ?? "");
  return (here, run) => {
    if (here.place instanceof Node) return walk([here.place], ready, here, run, false);
    return cell(here.place, column, here, run);
  };
}

function readyStep(step: Syntax, read: Reader): Step {
  if (!Array.isArray(step)) return { name: String(step), predicates: [], at: null };
  const [kind, name, ...rest] = step;
  const ready = rest.map(read);
  return kind === "at"
    ? { name: String(name), predicates: [], at: ready[0] ?? null }
    : { name: String(name), predicates: ready, at: null };
}

function walk(from: Node[], steps: readonly Step[], here: Here, run: Interpreter, absolute: boolean): Place[] {
  let nodes = from;
  let several = false;
  for (let depth = 0; depth < steps.length; depth++) {
    const { name, predicates, at } = steps[depth] as Step;
    if (name === "..") {
      nodes = above(nodes);
      continue;
    }
    nodes = below(nodes, name);
    let repeated = nodes[0]?.question?.kind === "repeat";
    if (at !== null) nodes = placed(nodes, number(at(here, run)));
    else if (predicates.length > 0) for (const predicate of predicates) nodes = kept(nodes, predicate, here, run);
    else if (repeated && absolute && depth < steps.length - 1) {
      const same = ancestor(here.current, depth);
      if (same !== null && nodes.includes(same)) {
        nodes = [same];
        repeated = false;
      }
    }
    several ||= repeated;
  }
  return several ? nodes.filter((node) => node.shown()) : nodes;
}

function above(nodes: Node[]): Node[] {
  const [only, second] = nodes;
  if (second === undefined) return only?.parent ? [only.parent] : [];
  return [...new Set(nodes.map((node) => node.parent))].filter((node) => node !== null);
}

function below(nodes: Node[], name: string): Node[] {
  const [only, second] = nodes;
  if (second === undefined) return only === undefined ? [] : only.children(name);
  return nodes.flatMap((node) => node.children(name));
}

/** What stands around a node at a depth from 0, the form not counted. */
function ancestor(node: Node, depth: number): Node | null {
  let levels = 0;
  for (let one: Node | null = node; one?.question; one = one.parent) levels++;
  let found: Node | null = levels > depth ? node : null;
  for (let up = levels - 1; up > depth; up--) found = found?.parent ?? null;
  return found;
}

function placed(nodes: Node[], place: number): Node[] {
  const found = nodes[place - 1];
  return found === undefined ? [] : [found];
}

/** A number in […] asks for that place, anything else for its truth. */
function holds(value: Value, position: number): boolean {
  return typeof value === "number" ? value === position : truth(value);
}

function kept(nodes: Node[], predicate: Read, here: Here, run: Interpreter): Node[] {
  const size = nodes.length;
  return nodes.filter((place, before) => {
    const position = before + 1;
    return holds(predicate({ place, current: here.current, position, size }, run), position);
  });
}

function rows(name: string, steps: readonly Syntax[], read: Reader): Path {
  const predicates: Asked[] = [];
  for (const step of steps)
    if (Array.isArray(step)) predicates.push(...step.slice(2).map((one) => readyAsked(one, read)));
  const column = steps.find((step) => !Array.isArray(step) && step !== "item");
  return (here, run) => {
    const items = predicates.reduce((held, asked) => select(held, name, asked, here, run), run.items(name));
    if (column === undefined) return items;
    return items.flatMap((item) => cell(item, String(column), here, run));
  };
}

function cell(item: Item, column: string, here: Here, run: Interpreter): Place[] {
  const written = item.columns[column];
  if (written === undefined) return [];
  const said = run.words(written, here);
  return [{ string: () => said }];
}

export function readyAsked(predicate: Syntax, read: Reader): Asked {
  const lookUp = lookedUp(predicate);
  return { read: read(predicate), lookUp, wanted: lookUp === null ? null : read(lookUp.wanted) };
}

/** The rows for which a predicate holds; by a look-up where it asks one column for a text. */
export function select(items: Item[], name: string, asked: Asked, here: Here, run: Interpreter): Item[] {
  const { read, lookUp, wanted } = asked;
  const size = items.length;
  const known = wanted === null || items !== run.items(name) ? true : wanted(here, run);
  if (lookUp === null || typeof known === "boolean" || typeof known === "number") {
    return items.filter((place, before) =>
      holds(read({ place, current: here.current, position: before + 1, size }, run), before + 1),
    );
  }
  const texts = typeof known === "string" ? [known] : known.map((place) => place.string());
  const near = run.lists.places(name, lookUp.column, texts);
  const held = lookUp.all
    ? near
    : near.filter(([position, place]) => holds(read({ place, current: here.current, position, size }, run), position));
  return held.map(([, item]) => item);
}
