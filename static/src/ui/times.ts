/**
 * Times as people read them, in the language of the screen and the zone of the machine. Milliseconds in, words out.
 *
 * Rules: no clock in here (`now` is an input); 24 hours always; what was not today says its day. Times are claims: one that
 * no calendar has is a dash, for a tablet that was taken over must not blank anybody's screen.
 */
import { language, t } from "./messages.ts";

const locale = (): string => (language() === "en" ? "en-GB" : language());
/** As far as dates go, either way. */
const FARTHEST = 8_640_000_000_000_000;
const NO_TIME = "–";
const isTime = (ms: number): boolean => Math.abs(ms) <= FARTHEST;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(ms: number, options: Intl.DateTimeFormatOptions): string {
  if (!isTime(ms)) return NO_TIME;
  const key = `${locale()} ${JSON.stringify(options)}`;
  let made = formats.get(key);
  if (!made) {
    made = new Intl.DateTimeFormat(locale(), options);
    formats.set(key, made);
  }
  return made.format(ms);
}

/** `14:06` */
export function clockTime(ms: number): string {
  return format(ms, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** `21 November`, with the year when it is not this one. */
export function dayName(ms: number, now: number): string {
  if (!isTime(ms)) return NO_TIME;
  const date = new Date(ms);
  const year = date.getFullYear();
  return dateWords(date.getDate(), date.getMonth() + 1, year === new Date(now).getFullYear() ? null : year);
}

/** A calendar date in words, month from 1. Months are our own words: browsers' Kazakh may read `2015 M03 1`. */
export function dateWords(day: number, month: number, year: number | null): string {
  const places = { day: String(day), month: t(`time.month.${month}`), year: String(year) };
  return t(year === null ? "time.date" : "time.date_year", places);
}

/** `14:06`, `yesterday 17:42`, `tomorrow 14:06`, `21 November 08:30`. */
export function when(ms: number, now: number): string {
  if (!isTime(ms)) return NO_TIME;
  const days = daysBetween(ms, now);
  if (days === 0) return clockTime(ms);
  if (days === 1) return t("time.yesterday", { time: clockTime(ms) });
  if (days === -1) return t("time.tomorrow", { time: clockTime(ms) });
  return t("time.day", { day: dayName(ms, now), time: clockTime(ms) });
}

const MINUTE = 60_000;

/** How long: `40 min`, `3 h`, `2 days`. */
export function span(ms: number): string {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes < 60) return t("span.minutes", { count: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t("span.hours", { count: hours }) : t("span.days", { n: Math.floor(hours / 24) });
}

/** Calendar days of this machine's zone from `ms` to `now`; negative when `ms` lies ahead. */
export function daysBetween(ms: number, now: number): number {
  const day = (at: number): number => {
    const date = new Date(at);
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate());
  };
  return Math.round((day(now) - day(ms)) / 86_400_000);
}

/** Whole years and months from a birth date (YYYY, YYYY-MM or YYYY-MM-DD) to `now`; null when it makes no sense. */
export function ageBetween(birth: string, now: number): { years: number; months: number } | null {
  const said = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(birth);
  if (!said) return null;
  const [year, month, day] = [Number(said[1]), Number(said[2] ?? 1), Number(said[3] ?? 1)];
  const today = new Date(now);
  const before = today.getDate() < day ? 1 : 0;
  const months = (today.getFullYear() - year) * 12 + today.getMonth() + 1 - month - before;
  return months < 0 ? null : { years: Math.floor(months / 12), months: months % 12 };
}

/** `4 years`, and in the first two years of life `9 months`; empty when the date makes no sense. */
export function ageWords(birth: string, now: number): string {
  const age = ageBetween(birth, now);
  if (!age) return "";
  if (age.years >= 2) return t("age.years", { n: age.years });
  if (/^\d{4}$/.test(birth)) return t("age.years", { n: Math.max(age.years, 1) });
  return t("age.months", { n: age.years * 12 + age.months });
}
