/** Every vector of the protocol, in Node; tests/browser/test_sync_vectors.py runs the same in Chromium. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { vectors } from "../vectors.ts";
import { complaint, holds, KNOWN_TOPICS, STORE_TOPICS } from "./running.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "sync", "vectors");
const arrival = JSON.parse(readFileSync(join(folder, "arrival.json"), "utf8"));
const topics = readdirSync(folder, { withFileTypes: true })
  .filter((one) => one.isDirectory() && !STORE_TOPICS.includes(one.name))
  .map((one) => one.name);

test("every topic has somebody to run it", () => {
  assert.deepEqual(
    topics.filter((topic) => !KNOWN_TOPICS.includes(topic)),
    [],
  );
  assert.ok(topics.length > 0);
});

for (const topic of topics) {
  test(topic, async (group) => {
    for (const vector of vectors<unknown, unknown>("sync", topic)) {
      await group.test(vector.sentence, async () => assert.equal(await complaint(topic, { ...vector }, arrival), null));
    }
  });
}

test("the comparison can fail", () => {
  assert.ok(holds({ a: [1] }, { a: [1], b: 2 }));
  for (const [wanted, got] of [
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, {}],
    [[1], [1, 2]],
    [{ a: null }, { a: undefined }],
    [{}, []],
    ["1", 1],
  ]) {
    assert.ok(!holds(wanted, got));
  }
});
