/** Card codes read as their vectors say: the same files as in tests/forms/test_card.py. */
import assert from "node:assert/strict";
import test from "node:test";
import { cardValid, makeCard, readCard } from "../../../static/src/form/index.ts";
import { vectors } from "../vectors.ts";

for (const { sentence, given, expect } of vectors<{ make?: string; read?: string }, string | null>("forms", "card")) {
  test(sentence, () => {
    const { make, read = "" } = given;
    const found = make === undefined ? readCard(read) : makeCard(Buffer.from(make, "hex"));
    assert.equal(found, expect);
    if (make === undefined) assert.equal(cardValid(read), expect !== null);
  });
}

test("a card has forty bits", () => {
  assert.throws(() => makeCard(new Uint8Array(4)), RangeError);
});
