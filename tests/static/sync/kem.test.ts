/** Which X-Wing runs: the browser's own where it has one, else the JavaScript one, and they understand each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { utf8 } from "../../../static/src/sync/bytes.ts";
import { forceJavaScriptKem, kem } from "../../../static/src/sync/kem.ts";
import { hpkeSeal, ReadingKey } from "../../../static/src/sync/keys.ts";
import { Problem } from "../../../static/src/sync/problems.ts";

const info = utf8("info");

test("bytes that are no X-Wing key are a bad key", async () => {
  const bad = (error: unknown) => Problem.is(error, "bad_key");
  await assert.rejects(hpkeSeal(new Uint8Array(1215), info, info), bad);
  await assert.rejects(hpkeSeal(new Uint8Array(1216).fill(255), info, info), bad);
  await assert.rejects(ReadingKey.fromSeed(new Uint8Array(31)), bad);
});

test("what one X-Wing seals the other opens, and a browser without its own takes the JavaScript one", async () => {
  assert.equal((await kem()).kind, "pieces");
  const native = await ReadingKey.generate();
  const sealed = await hpkeSeal(native.public, info, utf8("Сәлем"));
  forceJavaScriptKem();
  assert.equal((await kem()).kind, "javascript");
  const javaScript = await ReadingKey.fromSeed(native.seed);
  assert.deepEqual(javaScript.public, native.public);
  assert.deepEqual(await javaScript.open(info, sealed), utf8("Сәлем"));
  assert.deepEqual(await native.open(info, await hpkeSeal(javaScript.public, info, utf8("x"))), utf8("x"));
  assert.equal(await javaScript.open(utf8("other"), sealed), null);
});
