/**
 * What was told to the page and what is other now.
 *
 * Rules: a key that was never told is always told; lists are compared item by item; what left the form is forgotten, so
 * that whatever takes its place is told whole.
 */
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

/** What of `now` is new, or other than in `before`. */
export function differences(now: Changes, before: Changes): Changes {
  const found = nothing();
  for (const facet of FACETS) {
    const [fresh, old, out] = [now[facet], before[facet], (found as Facets)[facet]];
    for (const key in fresh) if (!(key in old && same(old[key], fresh[key]))) out[key] = fresh[key];
  }
  return found;
}

/** Writes what was found over what was known. */
export function put(found: Changes, over: Changes): void {
  for (const facet of FACETS) Object.assign(over[facet], found[facet]);
}

/** Nothing is known any more of a question. */
export function forget(ref: Ref, slots: Iterable<string>, of: Changes): void {
  for (const facet of FACETS) if (facet !== "texts" && facet !== "flags") delete of[facet][ref];
  for (const slot of slots) delete of.texts[`${ref}:${slot}`];
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, place) => item === other[place]);
}
