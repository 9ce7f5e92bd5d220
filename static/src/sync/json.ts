/**
 * The JSON doors (PROTOCOL 1.2): the part header, in one form only, and a part's plaintext, without duplicate keys, at
 * most 32 deep, finite numbers, good UTF-8. Two readers must never see two different things in the same bytes.
 */
import { utf8 } from "./bytes.ts";
import { Problem } from "./problems.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export interface JsonMap {
  [key: string]: Json;
}

const DEPTH = 32;
// ignoreBOM keeps a leading mark in the text, where JSON.parse refuses it; the default would swallow it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 of `value` as JSON.stringify writes it. */
export function encodeJson(value: Json): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify(value));
}

/** A header: a map whose JSON.stringify is the same bytes. Throws `malformed`. */
export function headerJson(data: Uint8Array): JsonMap {
  const [text, value] = parse(data);
  if (JSON.stringify(value) !== text) refuse("not the one form");
  return asMap(value);
}

/** A part's plaintext: a map. Throws `malformed`. */
export function plaintextJson(data: Uint8Array): JsonMap {
  const [text, value] = parse(data);
  refuseDuplicateKeys(text);
  return asMap(value);
}

function refuse(reason: string): never {
  throw new Problem("malformed", { reason });
}

function asMap(value: Json): JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : refuse("not a map");
}

function parse(data: Uint8Array): [string, Json] {
  try {
    const text = decoder.decode(data);
    const value = JSON.parse(text) as Json;
    check(value, 1);
    return [text, value];
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    throw new Problem("malformed", { reason: "not JSON" }, { cause });
  }
}

function check(value: Json, depth: number): void {
  if (typeof value === "number" && !Number.isFinite(value)) refuse("number");
  if (typeof value === "string") refuseLoneSurrogate(value);
  if (typeof value !== "object" || value === null) return;
  if (depth > DEPTH) refuse("depth");
  for (const [key, one] of Object.entries(value)) {
    refuseLoneSurrogate(key);
    check(one, depth + 1);
  }
}

function refuseLoneSurrogate(text: string): void {
  if (/\p{Surrogate}/u.test(text)) refuse("UTF-8");
}

/** Walks text that JSON.parse has accepted: only strings and brackets matter, and a string before a colon is a key. */
function refuseDuplicateKeys(text: string): void {
  const open: (Set<string> | null)[] = [];
  for (const [token, isKey] of tokens(text)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (isKey) {
      const key = JSON.parse(token) as string;
      const seen = open.at(-1);
      if (seen?.has(key)) refuse("duplicate key");
      seen?.add(key);
    }
  }
}

function* tokens(text: string): Generator<[string, boolean]> {
  const pattern = /("(?:[^"\\]|\\.)*")(\s*:)?|[{}[\]]/g;
  for (const found of text.matchAll(pattern)) yield [found[1] ?? found[0], found[2] !== undefined];
}
