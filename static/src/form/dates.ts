/**
 * The calendar as expressions see it: days since 1970-01-01, moments with a fraction. The same as forms/dates.py.
 *
 * Rules: proleptic Gregorian, years 1 to 9999; a date has no time zone; a moment counts by the clock it was written on, so
 * that today is never later than now: its offset is read and not counted.
 */

const TIME = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?(Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?$/;
const LOOSE = /^([0-9]{4})-([1-9]|[0-9]{2})-([1-9]|[0-9]{2})(T.*)?$/s;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
export const DAY = 86_400_000;
/** Of anything that is added to a date; of days from 1970 that are read as a date. */
export const FARTHEST = 1e7;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
/** From 1970-01-01, a Thursday. */
const WEEK = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];

/** Days since 1970-01-01 (Howard Hinnant's algorithm). */
export function daysOf(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** YYYY-MM-DD of a count of days; "" outside the years 1 to 9999. */
export function dateOf(count: number): string {
  const days = count + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const inEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * inEra + Math.floor(inEra / 4) - Math.floor(inEra / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted + (shifted < 10 ? 3 : -9);
  const year = inEra + era * 400 + (month <= 2 ? 1 : 0);
  if (year < 1 || year > 9999) return "";
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** Days of YYYY-MM-DD; null when the calendar has no such day. */
export function readDate(text: string): number | null {
  const found = DATE.exec(text);
  if (found === null) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const days = daysOf(year, month, day);
  return dateOf(days) === text ? days : null;
}

/** Milliseconds since midnight of HH:MM, HH:MM:SS or HH:MM:SS.sss, with or without offset; null when it is none. */
export function readTime(text: string): number | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const [hour, minute, second] = [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  return ((hour * 60 + minute) * 60 + second) * 1000 + Number((found[4] ?? "0").padEnd(3, "0"));
}

/** Milliseconds since midnight of 1970-01-01, on its own clock, of a date or a date with a time; null when neither. */
export function readMoment(text: string): number | null {
  const days = readDate(text.slice(0, 10));
  if (days === null || text.length === 10) return days === null ? null : days * DAY;
  const time = text[10] === "T" ? readTime(text.slice(11)) : null;
  return time === null ? null : days * DAY + time;
}

/** Z, +05:00 or "": what a time or moment says about its zone. */
export function offsetOf(text: string): string {
  return TIME.exec(text.slice(text.lastIndexOf("T") + 1))?.[5] ?? "";
}

const two = (value: number): string => String(value).padStart(2, "0");
const three = (value: number): string => String(value).padStart(3, "0");

/** A moment as it is stored; a whole day as a date; "" outside the years 1 to 9999. */
export function momentOf(ms: number, offset: string): string {
  const whole = Math.floor(ms + 0.5);
  const days = Math.floor(whole / DAY);
  const rest = whole - days * DAY;
  const date = dateOf(days);
  if (date === "" || rest === 0) return date;
  const seconds = Math.floor(rest / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `${date}T${clock}.${three(rest % 1000)}${offset}`;
}

/** 2026-3-1 as 2026-03-01; anything else as it is. */
export function padded(text: string): string {
  const found = LOOSE.exec(text);
  if (found === null) return text;
  const [, year = "", month = "", day = "", rest = ""] = found;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}${rest}`;
}

/**
 * A date or moment later by years, months, days, hours and minutes, one after the other; the 31st becomes the last day of
 * a shorter month. "" when the date is none, or the result beyond the calendar.
 */
export function addToDate(text: string, amounts: number[], offset: string): string {
  const begin = readMoment(text);
  if (begin === null || amounts.some((amount) => Math.abs(amount) > FARTHEST)) return "";
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0] = amounts;
  let ms = monthsLater(monthsLater(begin, Math.trunc(years * 12)), Math.trunc(months));
  ms = ms + Math.floor(days + 0.5) * DAY + hours * 3_600_000 + minutes * 60_000;
  return momentOf(ms, offsetOf(text) || offset);
}

function monthsLater(ms: number, count: number): number {
  const days = Math.floor(ms / DAY);
  const date = dateOf(days);
  if (date === "" || count === 0) return ms;
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + count;
  const begin = (place: number): number => daysOf(Math.floor(place / 12), place - Math.floor(place / 12) * 12 + 1, 1);
  const first = begin(months);
  return (first + Math.min(Number(date.slice(8)), begin(months + 1) - first) - 1) * DAY + ms - days * DAY;
}

/** Whole months between two days, negative when the last is earlier; NaN when one of them is no day. */
export function monthsBetween(first: string, last: string): number {
  if (readDate(first) === null || readDate(last) === null) return Number.NaN;
  if (first > last) return -monthsBetween(last, first);
  const part = (text: string, from: number, to: number): number => Number(text.slice(from, to));
  const months = (part(last, 0, 4) - part(first, 0, 4)) * 12 + part(last, 5, 7) - part(first, 5, 7);
  return months - (last.slice(8) < first.slice(8) ? 1 : 0);
}

/** A date or moment, on its own clock, by %Y %y %m %n %b %d %e %a %H %h %M %S %3; "" when it is neither. */
export function formatDate(text: string, form: string): string {
  const ms = readMoment(text);
  if (ms === null) return "";
  const days = Math.floor(ms / DAY);
  const rest = ms - days * DAY;
  const hour = Math.floor(rest / 3_600_000);
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)];
  const fields: Record<string, string> = {
    Y: year,
    y: year.slice(2),
    m: month,
    n: String(Number(month)),
    b: MONTHS[Number(month) - 1] ?? "",
    d: day,
    e: String(Number(day)),
    a: WEEK[((days % 7) + 7) % 7] ?? "",
    H: two(hour),
    h: String(hour),
    M: two(Math.floor(rest / 60_000) % 60),
    S: two(Math.floor(rest / 1000) % 60),
    "3": three(rest % 1000),
  };
  return form.replace(/%([YymnbdeaHhMS3])/g, (_, letter: string) => fields[letter] ?? "");
}
