import assert from "node:assert/strict";
import { test } from "node:test";
import { readCardList } from "../../../static/src/desk/card-list.ts";
import { makeCard } from "../../../static/src/form/index.ts";

const [one, two] = [makeCard(Uint8Array.of(1, 2, 3, 4, 5)), makeCard(Uint8Array.of(9, 9, 9, 9, 9))];

test("codes are read one a line, with commas, in small letters and twice", () => {
  const text = `# cards of 23 November\n${one}\n${two.toLowerCase()}, ${one}\r\nJerboa family\n`;
  assert.deepEqual(readCardList(text), { cards: [one, two], wrong: [] });
});

test("a code with a wrong symbol is told, and words that are no codes are not", () => {
  const wrong = `${one.slice(0, -1)}${one.endsWith("0") ? "1" : "0"}`;
  assert.deepEqual(readCardList(`${wrong} sheet 3 of 20\n${two}`), { cards: [two], wrong: [wrong] });
});
