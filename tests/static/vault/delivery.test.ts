/** What goes together, when to try again, and whether this profile is a copy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { isCopied, MOST_ENTRIES, nextBundle, pause, weight } from "../../../static/src/vault/delivery.ts";

const entry = (...sizes: number[]) => ({ bytes: { length: 400 }, parts: sizes.map((size) => ({ size })) });
const hash = (seq: number): Uint8Array => Uint8Array.of(seq);
const own = (seq: number): Uint8Array | undefined => (seq >= 1 && seq <= 5 ? hash(seq) : undefined);

test("no bundle is heavier than a store takes, and none is empty while work waits", () => {
  for (let size = 1000; size < 3_000_000; size = Math.round(size * 1.7)) {
    const pending = Array.from({ length: 120 }, (_, at) => entry(size, size + at));
    const { entries, bare } = nextBundle(pending, 4 * 1024 * 1024);
    assert.ok(entries.length > 0 && entries.length <= MOST_ENTRIES);
    assert.ok(bare || entries.reduce((sum, one) => sum + weight(one), 0) <= 4 * 1024 * 1024);
    assert.deepEqual(entries, pending.slice(0, entries.length));
  }
});

test("an entry that is too heavy for any bundle goes alone and without its parts", () => {
  const heavy = entry(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000);
  assert.deepEqual(nextBundle([heavy, entry(10)], 4_000_000), { entries: [heavy], bare: true });
});

test("with nothing to send there is no bundle", () => {
  assert.deepEqual(nextBundle([], 4_000_000), { entries: [], bare: false });
});

test("pauses grow after each failure, never beyond twenty minutes, and never vanish", () => {
  let before = 0;
  for (let failures = 1; failures < 40; failures++) {
    const now = pause(failures, 0.5);
    assert.ok(now >= before && now >= 3000 && now <= 20 * 60_000);
    before = now;
  }
  assert.ok(pause(3, 0) < pause(3, 0.99));
});

test("a tablet that the store knows no further than itself goes on with its log", () => {
  for (let seq = 1; seq <= 5; seq++) assert.ok(!isCopied({ seq: 5, hash: hash(5) }, { seq, hash: hash(seq) }, own));
});

test("a store that knows nothing of the log says nothing against it", () => {
  assert.ok(!isCopied({ seq: 5, hash: hash(5) }, undefined, own));
  assert.ok(!isCopied({ seq: 0, hash: hash(0) }, { seq: 0, hash: hash(0) }, own));
});

test("a restored profile sees that the store is ahead of it", () => {
  assert.ok(isCopied({ seq: 5, hash: hash(5) }, { seq: 6, hash: hash(6) }, own));
});

test("a twin sees that the store holds another entry under its number", () => {
  assert.ok(isCopied({ seq: 5, hash: hash(5) }, { seq: 5, hash: hash(99) }, own));
  assert.ok(isCopied({ seq: 5, hash: hash(5) }, { seq: 3, hash: hash(99) }, own));
});
