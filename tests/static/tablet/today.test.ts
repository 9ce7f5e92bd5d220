import assert from "node:assert/strict";
import test from "node:test";
import { families, shortCard } from "../../../static/src/tablet/today.ts";
import type { PersonHere } from "../../../static/src/vault/index.ts";

const NOW = new Date(2026, 2, 2, 14, 0).getTime();
const HOUR = 3_600_000;

function person(card: string, family: string | null, hoursAgo: number): PersonHere {
  const row = { card, stations: ["registration"], at: NOW - hoursAgo * HOUR, submission: "s" };
  return family === null ? row : { ...row, family_card: family };
}

test("people of one family stand together, the newest family first", () => {
  const found = families([person("B", "A", 3), person("A", "A", 3), person("C", null, 1)], NOW);
  assert.deepEqual(
    found.map((family) => [family.card, family.people.map((one) => one.card)]),
    [
      ["C", ["C"]],
      ["A", ["B", "A"]],
    ],
  );
});

test("a family of yesterday is not today's, unless somebody of it was here today", () => {
  assert.equal(families([person("A", null, 30)], NOW)[0]?.today, false);
  assert.equal(families([person("A", "A", 30), person("B", "A", 1)], NOW)[0]?.today, true);
});

test("a family is called by the first four signs of its card", () => {
  assert.equal(shortCard("7KQ4-M2XD-9P"), "7KQ4");
});
