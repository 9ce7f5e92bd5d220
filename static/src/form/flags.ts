/**
 * Which flags are raised, where, and in which order they must be acted on.
 *
 * Rules: a condition is asked of the question that the flag stands under; in a repeat of every instance, and one is enough.
 */
import type { Interpreter } from "./interpret.ts";
import type { Node, Tree } from "./tree.ts";
import type { Flag, Raised } from "./types.ts";
import { truth } from "./values.ts";

/** The questions under which the flag stands now. */
export function judge(flag: Flag, tree: Tree, interpreter: Interpreter): Node[] {
  const here = (node: Node) => ({ place: node, current: node, position: 1, size: 1 });
  return tree.every(flag.at).filter((node) => truth(interpreter.value(flag.condition, here(node))));
}

/** By name; in a repeat by `<name>:<ref>` of each instance too. */
export function toldFlags(
  flags: Iterable<Flag>,
  raised: ReadonlyMap<string, Node[]>,
  tree: Tree,
): Record<string, boolean> {
  const found: Record<string, boolean> = {};
  for (const { name, at } of flags) {
    const standing = raised.get(name) ?? [];
    found[name] = standing.length > 0;
    for (const node of tree.every(at)) {
      const ref = node.ref();
      if (ref.includes("[")) found[`${name}:${ref}`] = standing.includes(node);
    }
  }
  return found;
}

/** By level, then by hours (the next visit last); equally urgent ones stay in the form's order. */
export function mostUrgentFirst(flags: readonly Flag[], raised: ReadonlyMap<string, Node[]>): Raised[] {
  const hours = (one: Raised): number => one.hours ?? Number.MAX_SAFE_INTEGER;
  const found = flags.flatMap(({ name, level, hours: within, audience }) => {
    const first = raised.get(name)?.[0];
    return first === undefined ? [] : [{ name, level, hours: within, audience, at: first.ref() }];
  });
  return found.sort(
    (one, other) => Number(one.level.slice(1)) - Number(other.level.slice(1)) || hours(one) - hours(other),
  );
}
