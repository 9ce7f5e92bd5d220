/**
 * The catalogue of functions that need nothing but their arguments. The same names as forms/functions.py, where each is
 * checked for its number of arguments when a form is published; results are equal to the bit.
 */
import { cardValid } from "./card.ts";
import { dateOf, formatDate, monthsBetween, readMoment } from "./dates.ts";
import { hijriDate } from "./hijri.ts";
import { number, numbers, strings, text, tokens, trim, truth, type Value } from "./values.ts";

type Body = (a: Value[]) => Value;

const at = (a: Value[], place: number): Value => a[place] ?? "";
const t = (a: Value[], place: number): string => text(at(a, place));
const n = (a: Value[], place: number): number => number(at(a, place));

function round(a: Value[]): number {
  const value = n(a, 0);
  const digits = a.length > 1 ? n(a, 1) : 0;
  if (Number.isNaN(digits) || Math.abs(digits) > 15 || !Number.isFinite(value)) return value;
  const scale = Number(`1e${Math.abs(Math.trunc(digits))}`);
  if (digits < 0) return Math.floor(value / scale + 0.5) * scale;
  return Math.floor(value * scale + 0.5) / scale;
}

/** Whole exponents, up to 64, by multiplication from the left: the same bits everywhere. */
function pow(a: Value[]): number {
  const [base, exponent] = [n(a, 0), n(a, 1)];
  if (Number.isNaN(exponent) || Math.abs(exponent) > 64 || exponent !== Math.trunc(exponent)) return Number.NaN;
  let result = 1;
  for (let count = Math.abs(exponent); count > 0; count--) result *= base;
  return exponent < 0 ? 1 / result : result;
}

function extreme(pick: (found: number[]) => number): Body {
  return (a) => {
    const found = numbers(a);
    return found.length > 0 && !found.some(Number.isNaN) ? pick(found) : Number.NaN;
  };
}

/** Code points, so that letters outside the first plane count once in both languages. */
function substr(a: Value[]): string {
  const points = [...t(a, 0)];
  const end = a.length > 2 ? index(n(a, 2), points.length) : points.length;
  return points.slice(index(n(a, 1), points.length), end).join("");
}

function index(found: number, length: number): number {
  if (Number.isNaN(found)) return 0;
  const place = Math.trunc(Math.max(-length, Math.min(length, found)));
  return place < 0 ? place + length : place;
}

function selectedAt(a: Value[]): string {
  return tokens(at(a, 0))[n(a, 1)] ?? "";
}

function translate(a: Value[]): string {
  const [old, fresh] = [[...t(a, 1)], [...t(a, 2)]];
  return [...t(a, 0)]
    .map((symbol) => {
      const place = old.indexOf(symbol);
      return place < 0 ? symbol : (fresh[place] ?? "");
    })
    .join("");
}

function before(source: string, mark: string): string {
  return source.slice(0, Math.max(0, source.indexOf(mark)));
}

function after(source: string, mark: string): string {
  const place = source.indexOf(mark);
  return place < 0 ? "" : source.slice(place + mark.length);
}

function date(a: Value[]): string {
  const value = at(a, 0);
  if (typeof value !== "number" && typeof value !== "boolean") {
    const written = trim(text(value));
    if (readMoment(written) !== null) return written.slice(0, 10);
  }
  const found = number(value);
  return Number.isFinite(found) && Math.abs(found) < 1e7 ? dateOf(Math.floor(found)) : "";
}

export const FUNCTIONS: Readonly<Record<string, Body>> = {
  true: () => true,
  false: () => false,
  not: (a) => !truth(at(a, 0)),
  boolean: (a) => truth(at(a, 0)),
  "boolean-from-string": (a) => t(a, 0) === "true" || t(a, 0) === "1",

  selected: (a) => tokens(at(a, 0)).includes(trim(t(a, 1))),
  "selected-at": selectedAt,
  "count-selected": (a) => tokens(at(a, 0)).length,

  string: (a) => t(a, 0),
  concat: (a) => strings(a).join(""),
  join: (a) => strings(a.slice(1)).join(t(a, 0)),
  coalesce: (a) => t(a, 0) || t(a, 1),
  "string-length": (a) => [...t(a, 0)].length,
  "normalize-space": (a) => tokens(at(a, 0)).join(" "),
  substr,
  "substring-before": (a) => before(t(a, 0), t(a, 1)),
  "substring-after": (a) => after(t(a, 0), t(a, 1)),
  contains: (a) => t(a, 0).includes(t(a, 1)),
  "starts-with": (a) => t(a, 0).startsWith(t(a, 1)),
  "ends-with": (a) => t(a, 0).endsWith(t(a, 1)),
  translate,
  // The pattern was rewritten and checked when the form was published: no option of ours, no backtracking of theirs.
  regex: (a) => new RegExp(`^(?:${t(a, 1)})$`, "u").test(t(a, 0)),

  number: (a) => n(a, 0),
  int: (a) => Math.trunc(n(a, 0)),
  round,
  floor: (a) => Math.floor(n(a, 0)),
  ceiling: (a) => Math.ceil(n(a, 0)),
  abs: (a) => Math.abs(n(a, 0)),
  sqrt: (a) => Math.sqrt(n(a, 0)),
  pow,
  sum: (a) => numbers(a).reduce((total, one) => total + one, 0),
  min: extreme((found) => found.reduce((least, one) => (one < least ? one : least))),
  max: extreme((found) => found.reduce((most, one) => (one > most ? one : most))),
  "count-non-empty": (a) => strings(a).filter((one) => one !== "").length,

  date,
  "decimal-date-time": (a) => n(a, 0),
  "format-date": (a) => formatDate(t(a, 0), t(a, 1)),
  "format-date-time": (a) => formatDate(t(a, 0), t(a, 1)),

  "difference-in-months": (a) => monthsBetween(date(a.slice(0, 1)), date(a.slice(1, 2))),
  "esik:hijri-date": (a) => hijriDate(n(a, 0), n(a, 1), n(a, 2)),

  "esik:card-valid": (a) => cardValid(t(a, 0)),
};
