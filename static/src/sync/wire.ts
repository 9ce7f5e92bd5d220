/**
 * The only MessagePack door (PROTOCOL 1.1). One form only: what is decoded must encode to the same bytes, so a duplicate
 * key, a long form, bad UTF-8 or a trailing byte cannot pass. Every failure, deep recursion included, is `malformed`.
 */
import { Decoder, Encoder } from "@msgpack/msgpack";
import { type Bytes, cut, equal } from "./bytes.ts";
import { Problem } from "./problems.ts";

export interface WireMap {
  [key: string]: Value;
}
export type Value = null | boolean | number | string | Uint8Array | Value[] | WireMap;

const DEPTH = 8;
const KEY = /^[a-z][a-z0-9_]*$/;

/** MessagePack of `value`, shortest forms, keys in the order written. Throws `malformed` for what 1.1 does not know. */
export function encode(value: Value): Bytes {
  check(value, 1);
  return new Encoder().encode(value) as Bytes;
}

/** The value in `data`, byte strings copied out. Throws `malformed`. */
export function decode(data: Uint8Array): Value {
  try {
    const limits = { maxArrayLength: data.length, maxMapLength: data.length };
    const value = check(new Decoder(limits).decode(data), 1);
    if (!equal(new Encoder().encodeSharedRef(value), data)) refuse("not the one form");
    return value;
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem("malformed", { reason: "not MessagePack" }, { cause });
  }
}

/** As `decode`, where nothing but a map will do. */
export function decodeMap(data: Uint8Array): WireMap {
  const value = decode(data);
  return isMap(value) ? value : refuse("not a map");
}

export function isMap(value: unknown): value is WireMap {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function refuse(reason: string): never {
  throw new Problem("malformed", { reason });
}

function check(value: unknown, depth: number): Value {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : refuse("number");
  // The decoder reads lone surrogates from their three-byte form and writes them back: the round trip would not see it.
  if (typeof value === "string") return isWellFormed(value) ? value : refuse("UTF-8");
  if (value instanceof Uint8Array) return cut(value, 0);
  if (depth > DEPTH) refuse("depth");
  if (Array.isArray(value)) return value.map((one) => check(one, depth + 1));
  if (!isMap(value)) return refuse("type");
  const map: WireMap = {};
  for (const [key, one] of Object.entries(value)) {
    if (!KEY.test(key)) refuse("key");
    map[key] = check(one, depth + 1);
  }
  return map;
}

function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
