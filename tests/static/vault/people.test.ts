/** The people list: one row a card, however often it was sealed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newestByCard } from "../../../static/src/vault/people.ts";
import type { PersonHere } from "../../../static/src/vault/types.ts";

const row = (card: string, at: number, stations: string[] = []): PersonHere => ({
  card,
  at,
  stations,
  submission: `s${at}`,
  name: `${card}-${at}`,
});

test("an intake worker sees the newest name of a card, and every station that was closed", () => {
  const [first, second] = newestByCard([row("A", 1, ["registration"]), row("B", 2), row("A", 3, ["medical"])]);
  assert.equal(first?.name, "A-3");
  assert.deepEqual(first?.stations.toSorted(), ["medical", "registration"]);
  assert.equal(second?.name, "B-2");
});

test("people without a card are never taken for one another", () => {
  assert.equal(newestByCard([row("", 1), row("", 1), row("", 2)]).length, 3);
});
