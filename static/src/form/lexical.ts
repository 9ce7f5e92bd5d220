/**
 * What is kept of an answer as a person types it, and what is wrong with it. The same as forms/lexical.py.
 *
 * Rules: reading is generous and loses nothing. Digits of Arabic and Persian, a comma or an Arabic mark for the decimal
 * point, marks of direction and spaces between thousands are read and stored in one way; letters that only look like
 * digits are not. What still does not fit its kind stays as it was typed, and is told.
 */
import { padded, readDate, readMoment, readTime } from "./dates.ts";
import { readPoint } from "./geo.ts";
import type { AnswerProblem, Kind, Question } from "./types.ts";
import { tokens, trim } from "./values.ts";

const GROUPED = /^-?[0-9]{1,3}(?: [0-9]{3})+(?:\.[0-9]*)?$/;
const INTEGER = /^-?[0-9]{1,15}$/;
const DECIMAL = /^-?(?:[0-9]{1,15}(?:\.[0-9]{0,15})?|\.[0-9]{1,15})$/;
const SHORT_TIME = /^([0-9]{1,2})[:.]([0-9]{2})$/;
const DIRECTIONS = /[\u200e\u200f\u061c\u2066-\u2069]/g;
const GAPS = /[\u00a0\u202f\u2009]/g;
const READ = new Set<Kind>(["integer", "decimal", "range", "date", "time", "datetime", "geopoint"]);

export type Typed = string | number | boolean | readonly string[] | null;

/** What is kept of a value: text. null and "" are blank. */
export function lexical({ kind }: Question, value: Typed): string {
  if (value === null || value === false) return "";
  if (value === true) return "OK";
  if (typeof value === "number") return Number.isNaN(value) ? "" : String(value);
  if (typeof value !== "string") return value.join(" ");
  if (kind === "barcode") return trim(value);
  return READ.has(kind) ? canonical(kind, plain(value)) : value;
}

function plain(typed: string): string {
  const digits = typed.replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
  return trim(digits.replace(DIRECTIONS, "").replace(GAPS, " "));
}

function canonical(kind: Kind, typed: string): string {
  switch (kind) {
    case "geopoint":
      return point(typed);
    case "date":
      return padded(typed);
    case "time":
      return time(typed);
    case "datetime":
      return moment(typed);
    default:
      return numeric(typed, kind === "integer");
  }
}

function numeric(typed: string, whole: boolean): string {
  const minus = typed.replaceAll("\u2212", "-").replaceAll("٬", " ");
  const marked = whole ? minus : minus.replace(/[٫،,]/g, ".");
  return GROUPED.test(marked) ? marked.replaceAll(" ", "") : marked;
}

function moment(typed: string): string {
  const written = typed.replace("T", " ");
  const gap = written.indexOf(" ");
  return gap < 0 ? padded(written) : `${padded(written.slice(0, gap))}T${time(trim(written.slice(gap + 1)))}`;
}

/** 9.30 as 09:30:00.000. */
function time(typed: string): string {
  const found = SHORT_TIME.exec(typed);
  return found === null ? typed : `${(found[1] ?? "").padStart(2, "0")}:${found[2]}:00.000`;
}

/** A comma is a decimal mark where no point is one. */
function point(typed: string): string {
  const marked = typed.replaceAll("\u2212", "-").replaceAll("٫", ".").replaceAll("،", ",");
  const words = marked.replaceAll(",", marked.includes(".") ? " " : ".");
  const joined = tokens(words).join(" ");
  return readPoint(joined) === null ? marked : joined;
}

/** The code of what is wrong with a value of this kind. `choices`: the names that stand now. */
export function checkValue(
  question: Question,
  value: string,
  choices: readonly string[] | ReadonlySet<string>,
): AnswerProblem | null {
  const stands = (name: string): boolean => ("has" in choices ? choices.has(name) : choices.includes(name));
  switch (question.kind) {
    case "integer":
      return INTEGER.test(value) ? null : "answer_not_integer";
    case "decimal":
      return DECIMAL.test(value) ? null : "answer_not_decimal";
    case "range":
      return checkRange(question, value);
    case "date":
      return readDate(value) === null ? "answer_not_date" : null;
    case "time":
      return readTime(value) === null ? "answer_not_time" : null;
    case "datetime":
      return value.includes("T") && readMoment(value) !== null ? null : "answer_not_datetime";
    case "geopoint":
      return readPoint(value) === null ? "answer_not_point" : null;
    case "select_one":
      return stands(value) ? null : "answer_not_choice";
    case "select_multiple":
      return value.split(" ").every(stands) ? null : "answer_not_choice";
    case "rank":
      return checkRank(value.split(" "), [...choices]);
    default:
      return null;
  }
}

function checkRank(words: string[], choices: string[]): AnswerProblem | null {
  const [one, other] = [words.sort(), choices.sort()];
  return one.length === other.length && one.every((word, place) => word === other[place]) ? null : "answer_not_rank";
}

function checkRange({ range }: Question, value: string): AnswerProblem | null {
  if (!DECIMAL.test(value)) return "answer_not_decimal";
  if (range === undefined) return null;
  const found = Number(value);
  const [low, high] = [Math.min(range.start, range.end), Math.max(range.start, range.end)];
  const steps = range.step === 0 ? 0 : (found - range.start) / range.step;
  const onStep = Math.abs(steps - Math.floor(steps + 0.5)) < 1e-6;
  return low <= found && found <= high && onStep ? null : "answer_out_of_range";
}
