/**
 * What is other than before: facets of two change sets compared key by key.
 *
 * Rules: a key that was never told is always told; lists are compared item by item.
 */
import type { Changes } from "./types.ts";

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

/** What of `now` is new, or other than in `before`. */
export function differences(now: Changes, before: Changes): Changes {
  const found = nothing();
  for (const facet of Object.keys(found) as (keyof Changes)[]) {
    const [fresh, old, out] = [now[facet], before[facet], (found as Facets)[facet]];
    for (const key in fresh) if (!(key in old && same(old[key], fresh[key]))) out[key] = fresh[key];
  }
  return found;
}

/** Writes what was found over what was known. */
export function put(found: Changes, over: Changes): void {
  for (const facet of Object.keys(found) as (keyof Changes)[]) Object.assign(over[facet], found[facet]);
}

function same(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
  return one.length === other.length && one.every((item, place) => item === other[place]);
}
