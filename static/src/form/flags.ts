/**
 * Which flags are raised, where, and in which order they must be acted on.
 *
 * Rules: a condition is asked of the question that the flag stands under; in a repeat of every instance, and one is enough.
 */
import type { Interpreter } from "./interpret.ts";
import type { Node, Tree } from "./tree.ts";
import type { Flag, Raised } from "./types.ts";
import { truth } from "./values.ts";

export function raisedAt(flag: Flag, node: Node, interpreter: Interpreter): boolean {
  return truth(interpreter.value(flag.condition, { place: node, current: node, position: 1, size: 1 }));
}

/** By name; in a repeat by `<name>:<ref>` of each instance too. */
export function toldFlags(
  flags: Iterable<Flag>,
  raised: ReadonlyMap<string, ReadonlySet<Node>>,
  tree: Tree,
): Record<string, boolean> {
  const found: Record<string, boolean> = {};
  for (const { name, at } of flags) {
    const nodes = tree.every(at);
    found[name] = nodes.some((node) => raised.get(name)?.has(node));
    for (const node of nodes) {
      const ref = node.ref();
      if (ref.includes("[")) found[`${name}:${ref}`] = raised.get(name)?.has(node) === true;
    }
  }
  return found;
}

/** By level, then by hours (the next visit last); equally urgent ones stay in the form's order. */
export function mostUrgentFirst(
  flags: Iterable<Flag>,
  raised: ReadonlyMap<string, ReadonlySet<Node>>,
  tree: Tree,
): Raised[] {
  const hours = (one: Raised): number => one.hours ?? Number.MAX_SAFE_INTEGER;
  const found = [...flags].flatMap(({ name, level, hours: within, audience, at }) => {
    const first = tree.every(at).find((node) => raised.get(name)?.has(node));
    return first === undefined ? [] : [{ name, level, hours: within, audience, at: first.ref() }];
  });
  return found.sort(
    (one, other) => Number(one.level.slice(1)) - Number(other.level.slice(1)) || hours(one) - hours(other),
  );
}
