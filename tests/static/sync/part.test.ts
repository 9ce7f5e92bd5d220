/** A sealed part reaches whom it is for, whole, and nobody else. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { cut, utf8 } from "../../../static/src/sync/bytes.ts";
import { ReadingKey } from "../../../static/src/sync/keys.ts";
import { BUCKETS, checkFraming, openPart, type PartInput, padme, sealPart } from "../../../static/src/sync/part.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { randomBytes } from "../../../static/src/sync/randomness.ts";

const pid = randomBytes(32);
const medic = await ReadingKey.generate();
const protection = await ReadingKey.generate();

function answers(overrides: Partial<PartInput> = {}): PartInput {
  return {
    log: randomBytes(40),
    item: randomBytes(16),
    form: randomBytes(32),
    audience: "medical",
    key: medic.public,
    plaintext: utf8('{"pulse":72}'),
    bucket: 4096,
    ...overrides,
  };
}

const fails = (code: string) => (error: unknown) => Problem.is(error, code);

test("a medic opens what is sealed to medical", async () => {
  const part = await sealPart(pid, answers());
  assert.deepEqual(await openPart(pid, part, medic), { pulse: 72 });
});

test("a medic cannot open what is sealed to protection", async () => {
  const part = await sealPart(pid, answers({ audience: "protection", key: protection.public }));
  await assert.rejects(openPart(pid, part, medic), fails("not_for_you"));
});

test("one flipped bit anywhere and it does not open", async () => {
  const part = await sealPart(pid, answers());
  const header = checkFraming(part).bytes.length;
  const places = { bad_key: 2 + header + 5, bad_ciphertext: part.length - 1 };
  for (const [code, at] of Object.entries(places)) {
    const broken = cut(part, 0);
    broken[at] = (broken[at] as number) ^ 1;
    await assert.rejects(openPart(pid, broken, medic), fails(code));
  }
});

test("another programme's context does not open it", async () => {
  const part = await sealPart(pid, answers());
  await assert.rejects(openPart(randomBytes(32), part, medic), fails("bad_key"));
});

test("two payloads of one form version and audience have equal sizes", async () => {
  const [short, long] = await Promise.all([
    sealPart(pid, answers({ plaintext: utf8("{}") })),
    sealPart(pid, answers({ plaintext: utf8(JSON.stringify({ note: "x".repeat(4000) })) })),
  ]);
  assert.equal(short.length, long.length);
});

test("free text that outgrows the bucket takes the next, and Padmé above 64 KiB", async () => {
  const sized = async (length: number) =>
    checkFraming(await sealPart(pid, answers({ plaintext: utf8(JSON.stringify("x".repeat(length))) }))) && length;
  assert.equal(await sized(5000), 5000);
  assert.equal(await sized(70_000), 70_000);
  for (const bucket of BUCKETS) assert.equal(padme(bucket), bucket);
});

test("a cut part is badly framed", async () => {
  const part = await sealPart(pid, answers());
  for (const length of [0, 1, 2, 300, part.length - 1]) {
    assert.throws(() => checkFraming(cut(part, 0, length)), fails("bad_part"));
  }
});
