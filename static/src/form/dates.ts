/**
 * The calendar as expressions see it: days since 1970-01-01, moments with a fraction. The same as forms/dates.py.
 *
 * Rules: proleptic Gregorian, years 1 to 9999; a date has no time zone; a moment without an offset counts as UTC.
 */

const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const MOMENT =
  /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$/;
export const DAY = 86_400_000;

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

/** Milliseconds since 1970-01-01T00:00Z of a date or a date with a time; null when it is neither. */
export function readMoment(text: string): number | null {
  const plain = readDate(text);
  if (plain !== null) return plain * DAY;
  const found = MOMENT.exec(text);
  if (found === null) return null;
  const days = readDate(found[1] ?? "");
  const [hour, minute, second] = [Number(found[2]), Number(found[3]), Number(found[4] ?? 0)];
  if (days === null || hour > 23 || minute > 59 || second > 59) return null;
  const ms = ((hour * 60 + minute) * 60 + second) * 1000 + Number((found[5] ?? "0").padEnd(3, "0"));
  const zone = found[6];
  if (zone === undefined || zone === "Z") return days * DAY + ms;
  const digits = zone.slice(1).replace(":", "");
  const offset = (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
  return days * DAY + ms - (zone.startsWith("-") ? -offset : offset);
}

/** Whole months between two days, negative when the last is earlier; NaN when one of them is no day. */
export function monthsBetween(first: string, last: string): number {
  if (readDate(first) === null || readDate(last) === null) return Number.NaN;
  if (first > last) return -monthsBetween(last, first);
  const part = (text: string, from: number, to: number): number => Number(text.slice(from, to));
  const months = (part(last, 0, 4) - part(first, 0, 4)) * 12 + part(last, 5, 7) - part(first, 5, 7);
  return months - (last.slice(8) < first.slice(8) ? 1 : 0);
}

/** A date or moment, in its own offset, by %Y %y %m %n %d %e %H %h %M %S %3; "" when it is neither. */
export function formatDate(text: string, form: string): string {
  if (readMoment(text) === null) return "";
  const found = MOMENT.exec(text);
  const [year, month, day] = [text.slice(0, 4), text.slice(5, 7), text.slice(8, 10)];
  const hour = found?.[2] ?? "00";
  const fields: Record<string, string> = {
    Y: year,
    y: year.slice(2),
    m: month,
    n: String(Number(month)),
    d: day,
    e: String(Number(day)),
    H: hour,
    h: String(Number(hour)),
    M: found?.[3] ?? "00",
    S: found?.[4] ?? "00",
    "3": (found?.[5] ?? "0").padEnd(3, "0"),
  };
  return form.replace(/%([YymndeHhMS3])/g, (_, letter: string) => fields[letter] ?? "");
}
