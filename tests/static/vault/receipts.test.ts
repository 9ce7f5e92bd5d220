/** What a receipt settles and what `have` unsettles: every chain, every receipt, no browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { afterAbsence, afterReceipt, isPending, type Link, settled } from "../../../static/src/vault/receipts.ts";
import type { DeliveryState } from "../../../static/src/vault/types.ts";

const STATES: DeliveryState[] = ["tablet", "carried", "safe", "removed"];
const hash = (seq: number, chain = 0): Uint8Array<ArrayBuffer> => Uint8Array.of(seq, chain);
const chainOf = (length: number): Link[] => Array.from({ length }, (_, at) => ({ seq: at + 1, hash: hash(at + 1) }));
const numbers = (links: readonly Link[]): number[] => links.map((link) => link.seq);

test("a receipt settles everything up to contiguous, and the entry that it names", () => {
  for (let length = 1; length <= 7; length++) {
    for (let seq = 1; seq <= length; seq++) {
      for (let contiguous = 0; contiguous <= seq; contiguous++) {
        const expected = numbers(chainOf(length)).filter((one) => one <= contiguous || one === seq);
        assert.deepEqual(numbers(settled(chainOf(length), { seq, hash: hash(seq), contiguous })), expected);
      }
    }
  }
});

test("a receipt for a twin's chain settles nothing here", () => {
  for (let seq = 1; seq <= 5; seq++) {
    assert.deepEqual(settled(chainOf(5), { seq, hash: hash(seq, 1), contiguous: seq }), []);
  }
});

test("a receipt for a number this tablet never wrote settles nothing", () => {
  assert.deepEqual(settled(chainOf(3), { seq: 9, hash: hash(9), contiguous: 9 }), []);
});

test("a receipt that boasts of more than it names settles no more than it names", () => {
  assert.deepEqual(numbers(settled(chainOf(5), { seq: 2, hash: hash(2), contiguous: 5 })), [1, 2]);
});

test("nothing becomes safe but by a centre's receipt", () => {
  for (const state of STATES) {
    assert.equal(afterReceipt(state, "relay") === "safe", state === "safe");
    for (const role of ["relay", "centre"] as const)
      assert.equal(afterAbsence(state, role) === "safe", state === "safe" && role === "relay");
  }
});

test("what the centre no longer has goes back to this tablet and is sent again", () => {
  assert.equal(afterAbsence("safe", "centre"), "tablet");
  assert.ok(isPending(afterAbsence("safe", "centre"), "centre"));
});

test("a relay that lost what it carried does not touch what the centre has", () => {
  assert.equal(afterAbsence("safe", "relay"), "safe");
  assert.equal(afterAbsence("carried", "relay"), "tablet");
});

test("carried work is still owed to the centre, and to no relay", () => {
  assert.ok(isPending("carried", "centre"));
  assert.ok(!isPending("carried", "relay"));
  assert.ok(!isPending("removed", "centre"));
});
