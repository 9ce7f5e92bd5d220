/**
 * Where two engines do not show a person the same.
 *
 * Rules: what is not relevant is compared by that alone; a facet counts when both engines tell it; decimals are equal
 * when the numbers are; texts are compared without white space and with straight quotation marks, since
 * pyxform puts spaces around every `${…}` and straightens the marks, and without the "…" that we put where an answer is still missing.
 */
import type { Facet, Ref, Seen, Sight } from "./player.ts";

export interface Difference {
  readonly ref: Ref;
  readonly facet: Facet | "there";
  readonly reference: unknown;
  readonly own: unknown;
}

const TEXTS: readonly string[] = ["label", "hint", "message", "names"];
const FACETS: readonly Facet[] = [
  "value",
  "required",
  "readonly",
  "allowed",
  "choices",
  "names",
  "label",
  "hint",
  "message",
];

export interface Compared {
  readonly count: Record<string, number>;
  readonly differences: readonly Difference[];
}

export function compare(reference: Sight, own: Sight): Compared {
  const count: Record<string, number> = {};
  const differences: Difference[] = [];
  for (const ref of new Set([...reference.keys(), ...own.keys()])) {
    const [theirs, ours] = [reference.get(ref), own.get(ref)];
    if (theirs === undefined || ours === undefined) {
      differences.push({ ref, facet: "there", reference: theirs !== undefined, own: ours !== undefined });
      continue;
    }
    count["relevant"] = (count["relevant"] ?? 0) + 1;
    if (theirs.relevant !== ours.relevant) {
      differences.push({ ref, facet: "relevant", reference: theirs.relevant, own: ours.relevant });
    } else if (theirs.relevant) {
      for (const facet of FACETS.filter((one) => theirs[one] !== undefined && ours[one] !== undefined)) {
        count[facet] = (count[facet] ?? 0) + 1;
        const [their, our] = [theirs[facet], ours[facet]];
        if (!same(facet, their, our, theirs)) differences.push({ ref, facet, reference: their, own: our });
      }
    }
  }
  return { count, differences };
}

const dense = (text: string): string =>
  text
    .replace(/[\s…]+/g, "")
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"');
/** Ours are equal to the last bit on every machine; the platform's logarithms and angles are not. */
const near = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-12 * Math.max(1, Math.abs(one));
const UUID = /^(uuid:)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const NUMBER = /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/;

function same(facet: Facet, their: unknown, our: unknown, seen: Seen): boolean {
  if (Array.isArray(their) && Array.isArray(our)) {
    return their.length === our.length && their.every((one, place) => same(facet, one, our[place], seen));
  }
  if (their === our) return true;
  if (TEXTS.includes(facet)) return dense(String(their)) === dense(String(our));
  if (facet !== "value" || typeof their !== "string" || typeof our !== "string") return false;
  if (UUID.test(their) && UUID.test(our)) return true;
  return seen.choices === undefined && NUMBER.test(their) && NUMBER.test(our) && near(Number(their), Number(our));
}
