import assert from "node:assert/strict";
import test from "node:test";
import { type Battery, carryNow, unsentFor } from "../../../static/src/tablet/carrying.ts";
import type { Status } from "../../../static/src/vault/index.ts";

const NOW = 1_770_000_000_000;
const MINUTE = 60_000;
const FULL: Battery = { percent: 90, charging: false };

const status = (unsent: number, minutes: number | null): Status =>
  ({
    counts: { tablet: unsent, carried: 0, safe: 0 },
    oldestUnsent: minutes === null ? null : NOW - minutes * MINUTE,
  }) as Status;

test("work that is only here for more than forty minutes must be carried", () => {
  assert.equal(carryNow(status(1, 40), FULL, undefined, NOW), null);
  assert.equal(carryNow(status(1, 41), FULL, undefined, NOW), "age");
});

test("the programme says how long it may lie here", () => {
  assert.equal(carryNow(status(1, 41), FULL, 120, NOW), null);
  assert.equal(carryNow(status(1, 11), FULL, 10, NOW), "age");
  for (const wrong of [0, -5, "10", null]) assert.equal(carryNow(status(1, 41), FULL, wrong, NOW), "age");
});

test("a battery that runs low calls for it too, unless it charges", () => {
  assert.equal(carryNow(status(2, 1), { percent: 19, charging: false }, undefined, NOW), "battery");
  assert.equal(carryNow(status(2, 1), { percent: 19, charging: true }, undefined, NOW), null);
  assert.equal(carryNow(status(2, 1), null, undefined, NOW), null);
});

test("a tablet with nothing unsent calls for nothing", () => {
  assert.equal(carryNow(status(0, null), { percent: 3, charging: false }, undefined, NOW), null);
});

test("a clock that was set back makes nothing younger than now", () => {
  assert.equal(unsentFor(status(1, -90), NOW), 0);
});
