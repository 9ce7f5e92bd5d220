/**
 * Values of expressions and how one kind becomes another. The same as forms/values.py, to the bit.
 *
 * Rules: XPath 1.0 with ODK's dates (a date in a sum counts its days). Blank as a number is NaN, NaN as a text is blank.
 * White space is XML's four characters.
 */
import { DAY, readMoment } from "./dates.ts";

/** Somewhere a path can lead: a question in the form, or a cell of a list. */
export interface Place {
  string(): string;
}

export type Value = string | number | boolean | Place[];

const NUMBER = /^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/;

export function trim(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
}

/** A list reads as its first place. */
export function text(value: Value): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  if (typeof value === "boolean") return String(value);
  return value[0]?.string() ?? "";
}

/** NaN for what is no number; a date is its days, a moment its days with a fraction. */
export function number(value: Value): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const stripped = trim(text(value));
  if (stripped === "") return Number.NaN;
  if (NUMBER.test(stripped)) return Number(stripped);
  const ms = readMoment(stripped);
  return ms === null ? Number.NaN : ms / DAY;
}

/** Of digits with a point and a minus; NaN for everything else. */
export function plainNumber(text: string): number {
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}

/** A text is true when it is not blank, a list when it is not empty, a number when neither 0 nor NaN. */
export function truth(value: Value): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0 && !Number.isNaN(value);
  return value.length > 0;
}

/** The words of a text; the choices of a select_multiple. */
export function tokens(value: Value): string[] {
  return text(value)
    .split(/[ \t\r\n]+/)
    .filter((word) => word !== "");
}

/** One text each, a list one for each of its places. */
export function strings(values: Value[]): string[] {
  return values.flatMap((value) => (Array.isArray(value) ? value.map((place) => place.string()) : [text(value)]));
}

/** XPath's comparisons: with lists, true as soon as one pair is; the truth of a list is that it leads anywhere. */
export function compare(sign: string, left: Value, right: Value): boolean {
  const equality = sign === "=" || sign === "!=";
  if (Array.isArray(left) && !(equality && typeof right === "boolean")) {
    return left.some((place) => compare(sign, place.string(), right));
  }
  if (Array.isArray(right) && !(equality && typeof left === "boolean")) {
    return right.some((place) => compare(sign, left, place.string()));
  }
  if (equality) {
    let same = left === right;
    if (typeof left === "boolean" || typeof right === "boolean") same = truth(left) === truth(right);
    else if (typeof left === "number" || typeof right === "number") same = number(left) === number(right);
    return same === (sign === "=");
  }
  const [one, other] = [number(left), number(right)];
  if (sign === "<") return one < other;
  if (sign === "<=") return one <= other;
  return sign === ">" ? one > other : one >= other;
}
