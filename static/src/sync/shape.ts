/**
 * Shapes: what a decoded value must look like before anybody uses it. A shape is a function from a wire value to its
 * typed form; whatever does not fit is `malformed`. Unknown fields are ignored in meaning (PROTOCOL 1.1).
 */
import { type Bytes, cut } from "./bytes.ts";
import { Problem } from "./problems.ts";
import { isMap, type Value, type WireMap } from "./wire.ts";

export type Shape<T> = (value: Value | undefined, where: string) => T;
/** What a shape yields. */
export type Of<S> = S extends Shape<infer T> ? T : never;

function unfit(where: string): never {
  throw new Problem("malformed", { reason: "shape", where });
}

export const text: Shape<string> = (value, where) => (typeof value === "string" ? value : unfit(where));
export const flag: Shape<boolean> = (value, where) => (typeof value === "boolean" ? value : unfit(where));
export const integer: Shape<number> = (value, where) => (typeof value === "number" ? value : unfit(where));
export const natural: Shape<number> = (value, where) =>
  typeof value === "number" && value >= 0 ? value : unfit(where);
export const positive: Shape<number> = (value, where) =>
  typeof value === "number" && value >= 1 ? value : unfit(where);
export const anyMap: Shape<WireMap> = (value, where) => (isMap(value) ? value : unfit(where));

/** Bytes, of exactly `length` if given. */
export function bytes(length?: number): Shape<Bytes> {
  return (value, where) =>
    value instanceof Uint8Array && (length === undefined || value.length === length)
      ? value.buffer.byteLength === value.length
        ? (value as Bytes)
        : cut(value, 0)
      : unfit(where);
}

/** A text of at most `limit` characters, and like `pattern` if given. */
export function textOf(limit: number, pattern?: RegExp): Shape<string> {
  return (value, where) =>
    typeof value === "string" && [...value].length <= limit && (pattern?.test(value) ?? true) ? value : unfit(where);
}

/** One of the given texts. */
export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return (value, where) => words.find((word) => word === value) ?? unfit(where);
}

export function literal<const T extends number | string>(wanted: T): Shape<T> {
  return (value, where) => (value === wanted ? wanted : unfit(where));
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, where) => (value === null ? null : shape(value, where));
}

/** A field that may be nil or absent; both read as null. */
export function optional<T>(shape: Shape<T>): Shape<T | null> {
  return (value, where) => (value === null || value === undefined ? null : shape(value, where));
}

/** A field that may be absent, never nil; absent reads as `otherwise`. */
export function absentOr<T, D>(shape: Shape<T>, otherwise: D): Shape<T | D> {
  return (value, where) => (value === undefined ? otherwise : shape(value, where));
}

export function list<T>(shape: Shape<T>): Shape<T[]> {
  return (value, where) =>
    Array.isArray(value) ? value.map((one, at) => shape(one, `${where}[${at}]`)) : unfit(where);
}

export function map<F extends Record<string, Shape<unknown>>>(fields: F): Shape<{ [K in keyof F]: Of<F[K]> }> {
  const entries = Object.entries(fields);
  return (value, where) => {
    if (!isMap(value)) return unfit(where);
    return Object.fromEntries(
      entries.map(([name, shape]) => [name, shape(value[name], where ? `${where}.${name}` : name)]),
    ) as { [K in keyof F]: Of<F[K]> };
  };
}
