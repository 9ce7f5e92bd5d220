import assert from "node:assert/strict";
import test from "node:test";
import { families, givenName, rankOf, shortCard } from "../../../static/src/tablet/today.ts";
import { desk, draft, HOUR, NOW, person } from "./arrived.ts";

const order = (...people: Parameters<typeof families>[0]): string[] =>
  families(people, desk()).map((family) => family.people.map((one) => one.person.card).join(" "));

test("people of one family stand together, in the order in which they were met", () => {
  const child = person("B", { family_card: "A", at: NOW - HOUR, first: NOW - HOUR });
  const mother = person("A", { family_card: "A", at: NOW - 2 * HOUR, first: NOW - 2 * HOUR });
  assert.deepEqual(order(child, mother, person("C")), ["A B", "C"]);
});

test("a family keeps its place when its first card was replaced", () => {
  const mother = person("NEW", { codes: ["NEW", "OLD"], family_card: "OLD" });
  assert.deepEqual(order(mother, person("B", { family_card: "OLD" })), ["NEW B"]);
});

test("somebody nobody took over for comes first, then the yellow ones, then infants, then small children, then by waiting", () => {
  const waiting = person("W", { at: NOW - 9 * HOUR, first: NOW - 9 * HOUR });
  const small = person("S", { birth_date: "2023-03-01" });
  const infant = person("I", { birth_date: "2025-12-01" });
  const yellow = person("Y", { queue: 1 });
  const red = person("R", { queue: 0 });
  assert.deepEqual(order(waiting, small, infant, yellow, red), ["R", "Y", "I", "S", "W"]);
});

test("whoever is through everything stands last, but never somebody to whom nobody went", () => {
  const over = person("A");
  assert.equal(rankOf(over, [], NOW), 5);
  assert.equal(rankOf({ ...over, queue: 0 }, [], NOW), 0);
});

test("a family is for me when one of its people waits at my station", () => {
  const known = { stations: ["registration"] };
  const [family] = families([person("A")], desk(known));
  assert.equal(family?.mine, true);
  assert.equal(families([person("A")], desk({ stations: ["education"], plan: [] }))[0]?.mine, false);
});

test("the deadline on home is that of my own drafts", () => {
  const drafts = [draft("medical", "A", { due: NOW + HOUR }), draft("registration", "A", { due: NOW + 2 * HOUR })];
  assert.equal(families([person("A")], desk({ drafts }))[0]?.people[0]?.due, NOW + HOUR);
});

test("a family is called by the first four signs of its card, a person by the first word of the name", () => {
  assert.equal(shortCard("7KQ4-M2XD-9P"), "7KQ4");
  assert.equal(givenName("  Айгүл Тест "), "Айгүл");
  assert.equal(givenName(undefined), null);
});
