/** Birth dates told in the Hijri calendar, on the tablet: the table of tests/forms/test_hijri.py, and the browser's own. */
import assert from "node:assert/strict";
import test from "node:test";
import { hijriDate } from "../../../static/src/form/hijri.ts";
import { vectors } from "../vectors.ts";

for (const { sentence, expect } of vectors<unknown, Record<string, string | string[]>>("forms", "hijri")) {
  test(sentence, () => {
    for (const [year, days] of Object.entries(expect)) {
      if (year === "after") continue;
      for (const [before, day] of [days].flat().entries()) assert.equal(hijriDate(Number(year), before + 1, 1), day);
    }
  });
}

test("between 1420 and 1450 the table is that of the browser", () => {
  const calendar = new Intl.DateTimeFormat("en-u-ca-islamic-umalqura-nu-latn", {
    year: "numeric",
    month: "numeric",
    day: "numeric",
    timeZone: "UTC",
  });
  for (let year = 1420; year <= 1450; year++) {
    for (let month = 1; month <= 12; month++) {
      const day = hijriDate(year, month, 1);
      const told = Object.fromEntries(calendar.formatToParts(Date.parse(day)).map(({ type, value }) => [type, value]));
      assert.deepEqual([Number(told["year"]), Number(told["month"]), Number(told["day"])], [year, month, 1], day);
    }
  }
});

test("what is no day of the table is blank", () => {
  for (const [year, month, day] of [
    [1342, 12, 29],
    [1501, 1, 1],
    [1445, 1, 30],
    [1445, 0, 1],
    [1445, 1.5, 1],
    [Number.NaN, 1, 1],
  ] as const) {
    assert.equal(hijriDate(year, month, day), "");
  }
});
