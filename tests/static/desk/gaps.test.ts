import assert from "node:assert/strict";
import { test } from "node:test";
import { gapsOf, runsInWords } from "../../../static/src/desk/gaps.ts";

test("a tablet that delivered everything owes nothing", () => {
  assert.deepEqual(gapsOf([3, 1, 2], 3), { held: 3, highest: 3, owed: 0, missing: [] });
});

test("numbers missing below the highest seen are named exactly", () => {
  const gaps = gapsOf([1, 4, 5, 9], 0);
  assert.deepEqual(gaps.missing, [
    { from: 2, to: 3 },
    { from: 6, to: 8 },
  ]);
  assert.equal(gaps.owed, 5);
});

test("a head of n with fewer entries is owed up to n", () => {
  assert.deepEqual(gapsOf([1], 3), { held: 1, highest: 3, owed: 2, missing: [{ from: 2, to: 3 }] });
  assert.deepEqual(gapsOf([], 2).missing, [{ from: 1, to: 2 }]);
});

test("an old head never hides a later entry", () => {
  assert.deepEqual(gapsOf([1, 2, 3], 1), { held: 3, highest: 3, owed: 0, missing: [] });
});

test("the same number twice counts once, and nothing known is nothing owed", () => {
  assert.equal(gapsOf([1, 1, 2], 2).held, 2);
  assert.deepEqual(gapsOf([], 0), { held: 0, highest: 0, owed: 0, missing: [] });
});

test("held and missing together are every number up to the highest, for any set", () => {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 300; round++) {
    const held = new Set(Array.from({ length: next(12) }, () => next(20) + 1));
    const gaps = gapsOf(held, next(25));
    const all = new Set(held);
    for (const { from, to } of gaps.missing)
      for (let n = from; n <= to; n++) {
        assert.ok(!held.has(n));
        all.add(n);
      }
    assert.equal(all.size, gaps.highest);
    assert.equal(gaps.held + gaps.owed, gaps.highest);
  }
});

test("runs read as people say them", () => {
  assert.equal(
    runsInWords([
      { from: 2, to: 3 },
      { from: 7, to: 7 },
    ]),
    "#2–#3, #7",
  );
});
