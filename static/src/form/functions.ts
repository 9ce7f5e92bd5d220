/**
 * What the functions of the catalogue do that need nothing but their arguments (and today's clock). The same names as
 * forms/functions.py, where each is checked when a form is published; results are equal to the bit.
 */
import { cardValid } from "./card.ts";
import {
  addToDate,
  DAY,
  dateOf,
  FARTHEST,
  formatDate,
  momentOf,
  monthsBetween,
  offsetOf,
  padded,
  readMoment,
  readTime,
} from "./dates.ts";
import { area, distance } from "./geo.ts";
import { hijriDate } from "./hijri.ts";
import { acos, asin, atan, atan2, cos, exp, log, log10, power, sin, tan } from "./numeric.ts";
import { number, strings, text, tokens, trim, truth, type Value } from "./values.ts";

export type Body = (a: Value[]) => Value;

const at = (a: Value[], place: number): Value => a[place] ?? "";
const t = (a: Value[], place: number): string => text(at(a, place));
const n = (a: Value[], place: number): number => number(at(a, place));
/** Lists as their places, one after the other. */
const each = (a: Value[]): Exclude<Value, unknown[]>[] =>
  a.flatMap((value) => (Array.isArray(value) ? value.map((place) => place.string()) : [value]));

/** Halves away from 0, as ODK has them. */
function round(a: Value[]): number {
  const value = n(a, 0);
  const digits = a.length > 1 ? n(a, 1) : 0;
  if (Number.isNaN(digits) || !Number.isFinite(value)) return Number.isNaN(digits) ? Number.NaN : value;
  const scale = Number(`1e${Math.abs(Math.trunc(Math.max(-30, Math.min(30, digits))))}`);
  const shifted = digits < 0 ? Math.abs(value) / scale : Math.abs(value) * scale;
  if (!Number.isFinite(shifted)) return value;
  const whole = shifted < 4_503_599_627_370_496 ? Math.floor(shifted + 0.5) : shifted;
  const found = digits < 0 ? whole * scale : whole / scale;
  return value < 0 || Object.is(value, -0) ? -found : found;
}

function extreme(pick: (found: number[]) => number): Body {
  return (a) => {
    const found = each(a).map(number);
    return found.length > 0 && !found.some(Number.isNaN) ? pick(found) : Number.NaN;
  };
}

/** A place as it is written: a fraction is cut. */
const place = (value: Value): number => Math.trunc(number(text(value)));

/** Code points, so that letters outside the first plane count once in both languages. */
function substr(a: Value[]): string {
  const points = [...t(a, 0)];
  const length = points.length;
  const [start, end] = [place(at(a, 1)), a.length > 2 ? place(at(a, 2)) : length];
  if (Number.isNaN(start) || Number.isNaN(end)) return "";
  const held = (found: number): number => Math.max(0, Math.min(length, found < 0 ? found + length : found));
  return points.slice(held(start), held(end)).join("");
}

const halfUp = (value: number): number => Math.floor(value + 0.5);

function substring(a: Value[]): string {
  const start = halfUp(n(a, 1));
  const end = a.length > 2 ? start + halfUp(n(a, 2)) : Number.POSITIVE_INFINITY;
  return [...t(a, 0)].filter((_, before) => start <= before + 1 && before + 1 < end).join("");
}

/** Nothing chosen is one blank, as in ODK. */
function selected(a: Value[]): boolean {
  const words = tokens(at(a, 0));
  return (words.length === 0 ? [""] : words).includes(trim(t(a, 1)));
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

/** What a date, a moment or a count of days says in days; NaN for anything else, and for truth. */
function daysOf(value: Value): number {
  if (typeof value === "boolean") return Number.NaN;
  if (typeof value === "number") return value;
  const ms = readMoment(padded(trim(text(value))));
  return ms === null ? Number.NaN : ms / DAY;
}

function date(value: Value): string {
  const days = daysOf(value);
  return Math.abs(days) < FARTHEST ? dateOf(Math.floor(days)) : "";
}

/** A date or moment; what comes of a count of days stands in the zone of the talk. */
export function dateTime(value: Value, now: string): string {
  if (typeof value === "number" || typeof value === "boolean") {
    const days = daysOf(value);
    return Math.abs(days) < FARTHEST ? momentOf(days * DAY, offsetOf(now)) : "";
  }
  const written = padded(trim(text(value)));
  return readMoment(written) === null ? "" : written;
}

export function addDate(a: Value[], now: string): string {
  const amounts = [1, 2, 3, 4, 5].map((place) => (place < a.length ? n(a, place) || 0 : 0));
  return addToDate(dateTime(at(a, 0), now), amounts, offsetOf(now));
}

/** Of milliseconds since 1970 in UTC, on the clock of the talk. */
export function timestamp(value: Value, now: string): string {
  const ms = number(value);
  const zone = offsetOf(now);
  if (!(Math.abs(ms) < FARTHEST * DAY)) return "";
  const minutes = zone.length > 1 ? Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)) : 0;
  return momentOf(Math.trunc(ms) + minutes * (zone.startsWith("-") ? -60_000 : 60_000), zone);
}

/** Whole units of days from the first to the second. */
function between(unit: number): Body {
  return (a) => {
    const days = daysOf(at(a, 1)) - daysOf(at(a, 0));
    return Number.isFinite(days) ? Math.trunc(days / unit) + 0 : Number.NaN;
  };
}

function months(unit: number): Body {
  return (a) => Math.trunc(monthsBetween(date(at(a, 0)), date(at(a, 1))) / unit) + 0;
}

function decimalTime(a: Value[]): number {
  const ms = readTime(trim(t(a, 0)));
  return ms === null ? Number.NaN : ms / DAY;
}

function within(held: number, most: Value): boolean {
  const limit = number(most);
  return limit === -1 || !(held > limit);
}

function checklist(a: Value[]): boolean {
  const held = each(a.slice(2)).filter(truth).length;
  return n(a, 0) <= held && within(held, at(a, 1));
}

function weighted(a: Value[]): boolean {
  let held = 0;
  for (let place = 2; place < a.length; place += 2) {
    const [ones, weights] = [each(a.slice(place, place + 1)), each(a.slice(place + 1, place + 2))];
    if (ones.length < weights.length) return false;
    for (const [pair, weight] of weights.entries()) held += truth(ones[pair] ?? "") ? number(weight) : 0;
  }
  return n(a, 0) <= held && within(held, at(a, 1));
}

const one =
  (body: (value: number) => Value): Body =>
  (a) =>
    body(n(a, 0));

export const FUNCTIONS: Readonly<Record<string, Body>> = {
  true: () => true,
  false: () => false,
  not: (a) => !truth(at(a, 0)),
  boolean: (a) => truth(at(a, 0)),
  "boolean-from-string": (a) => t(a, 0) === "true" || t(a, 0) === "1",

  checklist,
  "weighted-checklist": weighted,

  selected,
  "selected-at": (a) => tokens(at(a, 0))[place(at(a, 1))] ?? "",
  "count-selected": (a) => tokens(at(a, 0)).length,

  string: (a) => t(a, 0),
  concat: (a) => strings(a).join(""),
  join: (a) => strings(a.slice(1)).join(t(a, 0)),
  coalesce: (a) => t(a, 0) || t(a, 1),
  "string-length": (a) => [...t(a, 0)].length,
  "normalize-space": (a) => tokens(at(a, 0)).join(" "),
  substr,
  substring,
  "substring-before": (a) => before(t(a, 0), t(a, 1)),
  "substring-after": (a) => after(t(a, 0), t(a, 1)),
  contains: (a) => t(a, 0).includes(t(a, 1)),
  "starts-with": (a) => t(a, 0).startsWith(t(a, 1)),
  "ends-with": (a) => t(a, 0).endsWith(t(a, 1)),
  translate,

  number: (a) => n(a, 0),
  int: (a) => Math.trunc(n(a, 0)),
  round,
  floor: one(Math.floor),
  ceiling: one(Math.ceil),
  abs: one(Math.abs),
  sqrt: one(Math.sqrt),
  pow: (a) => power(n(a, 0), n(a, 1)),
  exp: one(exp),
  exp10: one((found) => power(10, found)),
  log: one(log),
  log10: one(log10),
  pi: () => Math.PI,
  sin: one(sin),
  cos: one(cos),
  tan: one(tan),
  asin: one(asin),
  acos: one(acos),
  atan: one(atan),
  atan2: (a) => atan2(n(a, 0), n(a, 1)),
  sum: (a) => each(a).reduce<number>((total, found) => total + number(found), 0),
  min: extreme((found) => found.reduce((least, one) => (one < least ? one : least))),
  max: extreme((found) => found.reduce((most, one) => (one > most ? one : most))),
  "count-non-empty": (a) => strings(a).filter((one) => one !== "").length,

  date: (a) => date(at(a, 0)),
  "decimal-date-time": (a) => daysOf(at(a, 0)),
  "decimal-time": decimalTime,
  "format-date": (a) => formatDate(t(a, 0), t(a, 1)),
  "format-date-time": (a) => formatDate(t(a, 0), t(a, 1)),

  "difference-in-months": months(1),
  "cht:difference-in-days": between(1),
  "cht:difference-in-weeks": between(7),
  "cht:difference-in-months": months(1),
  "cht:difference-in-years": months(12),
  "esik:hijri-date": (a) => hijriDate(n(a, 0), n(a, 1), n(a, 2)),

  distance: (a) => distance(strings(a)),
  area: (a) => area(strings(a)),
  "esik:card-valid": (a) => cardValid(t(a, 0)),
};
