/**
 * What was told to the page and what is other now.
 *
 * Rules: a key that was never told is always told; lists are compared item by item; what left the form is forgotten, so
 * that whatever takes its place is told whole.
 */
import type { Node } from "./tree.ts";
import type { Changes, Ref } from "./types.ts";

type Facets = Record<keyof Changes, Record<string, unknown>>;

export function nothing(): Changes {
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
    flags: {},
  };
}

const FACETS = Object.keys(nothing()) as (keyof Changes)[];

/** What a page was told, and which nodes may read otherwise since then. One reader only. */
export class Reports {
  #reported = nothing();
  /** null: everything may read otherwise. */
  #touched: Set<Node> | null = null;
  /** What left its place since the last report, with its texts. */
  readonly #left = new Map<Ref, string[]>();

  touch(node: Node): void {
    this.#touched?.add(node);
  }

  /** To be called while it still has its place. */
  leave(node: Node): void {
    this.#left.set(node.ref(), [...node.texts.keys()]);
  }

  everything(): void {
    this.#touched = null;
  }

  /** What is other than at the last call. `whole`: everything as it stands; `of`: some nodes, and all flags. */
  changes(whole: () => Changes, of: (nodes: Iterable<Node>) => Changes): Changes {
    const touched = this.#touched;
    this.#touched = new Set();
    const now = touched === null ? whole() : of(touched);
    const found = differences(now, this.#reported);
    if (touched === null) this.#reported = now;
    else {
      for (const [ref, slots] of this.#left) if (!(ref in now.relevant)) forget(ref, slots, this.#reported);
      put(found, this.#reported);
      this.#reported.flags = now.flags;
    }
    this.#left.clear();
    return found;
  }
}

/** What of `now` is new, or other than in `before`. */
function differences(now: Changes, before: Changes): Changes {
  const found = nothing();
  for (const facet of FACETS) {
    const [fresh, old, out] = [now[facet], before[facet], (found as Facets)[facet]];
    for (const key in fresh) if (!(key in old && same(old[key], fresh[key]))) out[key] = fresh[key];
  }
  return found;
}

/** Writes what was found over what was known. */
function put(found: Changes, over: Changes): void {
  for (const facet of FACETS) Object.assign(over[facet], found[facet]);
}

/** Nothing is known any more of a question. */
function forget(ref: Ref, slots: Iterable<string>, of: Changes): void {
  for (const facet of FACETS) if (facet !== "texts" && facet !== "flags") delete of[facet][ref];
  for (const slot of slots) delete of.texts[`${ref}:${slot}`];
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, place) => item === other[place]);
}
