/** The smallest vector: both languages name the same bytes alike (tests/test_ids_vectors.py is its twin). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { b64, sha256 } from "../../static/src/sync/ids.ts";
import { vectors } from "./vectors.ts";

for (const { sentence, given, expect } of vectors<{ hex: string[] }, { id: string[] }>("sync", "ids")) {
  test(sentence, async () => {
    const ids = await Promise.all(given.hex.map(async (one) => b64(await sha256(Buffer.from(one, "hex")))));
    assert.deepEqual(ids, expect.id);
  });
}
