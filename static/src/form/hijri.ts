/**
 * The Umm al-Qura calendar: a Hijri day as a day of the Gregorian calendar. The same as forms/hijri.py, with the same table.
 *
 * Rules: a table of printed months from 1343 to 1500 AH, never a formula; outside of it, and for a day that its month did
 * not have, nothing.
 */
import { dateOf, readDate } from "./dates.ts";
import table from "./hijri.json" with { type: "json" };

const SHORTEST = 28;
const LENGTHS = [...table.years.join("")].map((month) => Number(month) + SHORTEST);
/** Day on which each month begins; built when the first Hijri date is asked for. */
let starts: number[] = [];

/** YYYY-MM-DD of a Hijri day; "" when the table has no such day (NaN and fractions too). */
export function hijriDate(year: number, month: number, day: number): string {
  if (!(Number.isInteger(year) && Number.isInteger(month) && month >= 1 && month <= 12)) return "";
  const place = (year - table.first_year) * 12 + month - 1;
  const length = LENGTHS[place];
  if (length === undefined || !Number.isInteger(day) || day < 1 || day > length) return "";
  if (starts.length === 0) {
    starts = [readDate(table.first_day) ?? 0];
    for (const [month, days] of LENGTHS.entries()) starts.push((starts[month] ?? 0) + days);
  }
  return dateOf((starts[place] ?? 0) + day - 1);
}
