import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { dutyOf } from "../../../static/src/sync/duty.ts";
import { WORDLIST } from "../../../static/src/sync/wordlist.ts";
import { passphrase } from "../../../static/src/sync/words.ts";

test("the list is SLIP-39's, word for word", () => {
  assert.equal(WORDLIST.length, 1024);
  const digest = createHash("sha256").update(WORDLIST.join("\n")).digest("hex");
  assert.equal(digest, "0e3ea826bde1b1bc77e39a8d9b3682efb2c0946087d911ee6550f29bd12e87c6");
  assert.equal(new Set(WORDLIST.map((word) => word.slice(0, 4))).size, 1024);
});

test("a tablet's passphrase has four words of the list, a desk's six, and no two are alike", async () => {
  const made = await Promise.all(Array.from({ length: 50 }, () => passphrase("tablet")));
  assert.equal(new Set(made).size, 50);
  for (const one of made) {
    assert.equal(one.split(" ").length, 4);
    assert.ok(
      one.split(" ").every((word) => WORDLIST.includes(word)),
      one,
    );
  }
  assert.equal((await passphrase("desk")).split(" ").length, 6);
});

test("the duty list of a site holds the newest word on each contact, and nobody who was taken off", () => {
  const service = (name: string, contact: string, site = "arrival") => ({ site, name, contact, what: "P1" });
  const listed = [service("Doctor", "1"), service("Guard", "2"), service("Doctor", "3"), service("Guard", "")];
  assert.deepEqual(dutyOf([...listed, service("Doctor", "9", "south")], "arrival"), [
    { name: "Doctor", contact: "3", what: "P1" },
  ]);
});
