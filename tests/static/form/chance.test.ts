/** Choices in an order of chance, on the tablet: the orders of tests/forms/test_chance.py. */
import assert from "node:assert/strict";
import test from "node:test";
import { seeded, shuffled, uuid } from "../../../static/src/form/chance.ts";

for (const [seed, order] of [
  [42, "AFCBDE"],
  ["42", "AFCBDE"],
  [-42, "EDAFBC"],
  [1.1, "BFEACD"],
  [11_111_111, "ACDBFE"],
  ["", "CBEAFD"],
  [5_989_458_117_437_254, "ACBEDF"],
] as const) {
  test(`the seed ${JSON.stringify(seed)} gives the order that ODK gives`, () => {
    assert.equal(shuffled([..."ABCDEF"], seeded(seed)).join(""), order);
  });
}

test("an id is of version 4, and as long as was asked for", () => {
  assert.equal(
    uuid(() => 0.999),
    "ffffffff-ffff-4fff-bfff-ffffffffffff",
  );
  assert.equal(
    uuid(() => 0, 3.9),
    "000",
  );
  assert.equal(
    uuid(() => 0, Number.NaN),
    "",
  );
});
