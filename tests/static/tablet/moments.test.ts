/** Dates, times and places as people type them, and as they are kept. */
import assert from "node:assert/strict";
import test from "node:test";
import {
  clockShown,
  clockTyped,
  dateShown,
  dateTyped,
  momentShown,
  momentTyped,
  offsetOf,
  pointShown,
  pointTyped,
} from "../../../static/src/tablet/binder-moments.ts";
import { Figures, plainNumber } from "../../../static/src/tablet/figures.ts";

const EAST = "+05:00";

for (const [typed, kept] of [
  ["9.30", "09:30"],
  ["9:30", "09:30"],
  ["09,30", "09:30"],
  ["0930", "09:30"],
  ["930", "09:30"],
  ["٩:٣٠", "09:30"],
  ["۲۳٫۰۵", "23:05"],
  ["9", "09:00"],
  ["0:00", "00:00"],
]) {
  test(`the time ${typed} is kept as ${kept}`, () => {
    assert.equal(clockTyped(typed ?? "", EAST), `${kept}:00.000${EAST}`);
  });
}

for (const typed of ["24:00", "9:60", "9:3", "soon", "12:30:45:1", "12345", "-1:00"]) {
  test(`${typed} is no time and stays as it was typed`, () => {
    assert.equal(clockTyped(typed, EAST), typed);
  });
}

test("a time shows its hours and minutes, and what is no time shows itself", () => {
  assert.equal(clockShown("09:30:00.000+05:00"), "09:30");
  assert.equal(clockShown("soon"), "soon");
  assert.equal(clockShown(""), "");
});

test("half a date is kept as it stands", () => {
  assert.equal(dateTyped({ day: "", month: "5", year: "2021" }), "2021-05-");
  assert.equal(dateTyped({ day: "", month: "", year: "" }), "");
  assert.equal(dateTyped({ day: "٣", month: "١١", year: "٢٠١٩" }), "2019-11-03");
  assert.deepEqual(dateShown("2021-05-"), { day: "", month: "05", year: "2021" });
});

test("a day without its time, and a time without its day, come back to their boxes", () => {
  for (const [date, clock] of [
    ["2021-05-01", ""],
    ["", "09:30:00.000+05:00"],
    ["2021-05-01", "soon"],
  ] as const) {
    assert.deepEqual(momentShown(momentTyped(date, clock)), { date, clock });
  }
  assert.equal(momentTyped("", ""), "");
});

test("half a place keeps its half in its own box", () => {
  assert.equal(pointTyped("٤٣٫٢", " 76,9 "), "43.2 76.9 0 0");
  for (const [latitude, longitude] of [
    ["43.2", ""],
    ["", "76.9"],
  ] as const) {
    assert.deepEqual(pointShown(pointTyped(latitude, longitude)), { latitude, longitude, accuracy: 0 });
  }
  assert.equal(pointShown("43.2 76.9 0 12.5").accuracy, 12.5);
});

test("the offset is that of the talk", () => {
  assert.equal(offsetOf("2026-03-01T14:06:00.000+05:00"), "+05:00");
  assert.equal(offsetOf("2026-03-01T14:06:00.000Z"), "Z");
});

test("a number is shown with the digits that were last typed, and her language's sign", () => {
  const kazakh = new Figures("kk");
  assert.equal(kazakh.number("12.5"), "12,5");
  assert.equal(new Figures("en").number("12.5"), "12.5");
  kazakh.heard("٣");
  assert.equal(kazakh.number("12.5"), "١٢٫٥");
  kazakh.heard("soon");
  assert.equal(kazakh.digits("2019"), "٢٠١٩");
  kazakh.heard("7");
  assert.equal(kazakh.digits("2019"), "2019");
});

test("a number is kept in one way", () => {
  for (const typed of ["12.5", "12,5", "١٢٫٥", " ۱۲٫۵ "]) assert.equal(plainNumber(typed), "12.5");
  assert.equal(plainNumber("−3"), "-3");
});
