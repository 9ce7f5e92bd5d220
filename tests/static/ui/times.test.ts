import assert from "node:assert/strict";
import test from "node:test";
import { speak, useMessages } from "../../../static/src/ui/messages.ts";
import { ageBetween, ageWords, clockTime, dayName, daysBetween, when } from "../../../static/src/ui/times.ts";

const words = {
  default: {
    "time.yesterday": "yesterday {time}",
    "time.tomorrow": "tomorrow {time}",
    "time.day": "{day}, {time}",
    "time.date": "{day} {month}",
    "time.date_year": "{day} {month} {year}",
    "time.month.3": "March",
    "time.month.11": "November",
    "age.years.one": "{n} year",
    "age.years.other": "{n} years",
    "age.months.one": "{n} month",
    "age.months.other": "{n} months",
  },
};
const NOW = new Date(2026, 2, 2, 14, 9).getTime();

test("a worker reads a time of today as a clock shows it, and other days by their name", async () => {
  useMessages({ en: () => Promise.resolve(words), kk: () => Promise.resolve(words) });
  await speak("en");
  assert.equal(clockTime(new Date(2026, 2, 2, 0, 5).getTime()), "00:05");
  assert.equal(when(new Date(2026, 2, 2, 9, 10).getTime(), NOW), "09:10");
  assert.equal(when(new Date(2026, 2, 1, 23, 59).getTime(), NOW), "yesterday 23:59");
  assert.equal(when(new Date(2025, 10, 21, 8, 30).getTime(), NOW), "21 November 2025, 08:30");
});

test("a clock that runs ahead does not make tomorrow into yesterday", () => {
  assert.equal(daysBetween(new Date(2026, 2, 3, 1, 0).getTime(), NOW), -1);
  assert.equal(when(new Date(2026, 2, 3, 1, 0).getTime(), NOW), "tomorrow 01:00");
  assert.equal(when(new Date(2026, 2, 4, 1, 0).getTime(), NOW), "4 March, 01:00");
});

test("an infant's age is told in months, an older child's in years", () => {
  assert.equal(ageWords("2025-06-02", NOW), "9 months");
  assert.equal(ageWords("2025-06-03", NOW), "8 months");
  assert.equal(ageWords("2025-02-02", NOW), "13 months");
  assert.equal(ageWords("2024-03-02", NOW), "2 years");
  assert.equal(ageWords("2014-12", NOW), "11 years");
});

test("a birth date that makes no sense gives no age", () => {
  assert.equal(ageBetween("2027-01-01", NOW), null);
  assert.equal(ageBetween("soon", NOW), null);
  assert.equal(ageWords("", NOW), "");
});

test("a time that no calendar has blanks nobody's screen", () => {
  for (const ms of [-1.8e16, 9e15, 1e300, Number.NaN, Number.POSITIVE_INFINITY]) {
    assert.deepEqual([when(ms, NOW), clockTime(ms), dayName(ms, NOW)], ["–", "–", "–"]);
  }
});
