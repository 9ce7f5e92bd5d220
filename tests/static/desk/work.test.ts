import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Memory } from "../../../static/src/desk/memory.ts";
import { Outbox } from "../../../static/src/desk/outbox.ts";
import type { Submission } from "../../../static/src/desk/records.ts";
import { signIn } from "../../../static/src/desk/sign-in.ts";
import { Work } from "../../../static/src/desk/work.ts";
import { b64, madeId } from "../../../static/src/sync/ids.ts";
import { SigningKey } from "../../../static/src/sync/keys.ts";
import { derive, MemoryCentre, PASSPHRASE, Programme } from "./programme.ts";

let made: Programme;
before(async () => {
  made = await Programme.begin();
});

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
}

async function desk(centre: MemoryCentre, who = made.saule, kept = storage(), words = PASSPHRASE) {
  const memory = new Memory(kept);
  const door = { centre: centre.centre(who), transport: centre.transport(), derive, memory };
  const { signedIn, problems } = await signIn(door, who.name, words, () => {});
  assert.deepEqual(problems, []);
  const outbox = new Outbox();
  const work = new Work(signedIn, memory, outbox, () => {});
  const read = async () => {
    while (await work.reader.round(0, new AbortController().signal));
    await work.opener.run();
  };
  return { work, outbox, kept, read };
}

const states = (entry: Submission | undefined) =>
  Object.fromEntries((entry?.parts ?? []).map((part) => [part.audience, part.state.is]));
const only = (work: Work) => [...work.reader.ledger.submissions.values()][0];

test("a reviewer opens what was granted to her and sees the rest as sealed", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Aigul Test"));
  const { work, read } = await desk(centre);
  await read();
  assert.deepEqual(states(only(work)), {
    "people@arrival": "open",
    coordination: "open",
    family: "open",
    protection: "sealed",
  });
});

test("a protection officer opens that one part and nothing else", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Aigul Test"));
  const { work, read } = await desk(centre, made.protection);
  await read();
  const { protection, ...others } = states(only(work));
  assert.equal(protection, "open");
  assert.deepEqual(new Set(Object.values(others)), new Set(["sealed"]));
});

test("a wrong passphrase opens nothing, and neither it nor the wrapping half is sent", async () => {
  const centre = new MemoryCentre(made);
  await assert.rejects(desk(centre, made.saule, storage(), "six other words of no use"), { code: "wrong_passphrase" });
  await desk(centre);
  const sent = centre.sent.join();
  assert.equal(sent.includes(PASSPHRASE), false);
  assert.ok(centre.sent.every((auth) => auth.length === 43));
});

test("a directory shorter than this browser has seen is refused at the door", async () => {
  const centre = new MemoryCentre(made);
  const kept = storage();
  await desk(centre, made.saule, kept);
  centre.shown = made.chain.slice(0, -1);
  await assert.rejects(desk(centre, made.saule, kept), { code: "shortened_directory" });
});

test("the keys of somebody else's slot are refused, though the passphrase opens it", async () => {
  const centre = new MemoryCentre(made);
  const swapped = { ...made.protection, staff: made.saule.staff };
  await assert.rejects(desk(centre, swapped), { code: "slot_mismatch" });
});

test("parts swapped between two families never open, and say which check failed", async () => {
  const centre = new MemoryCentre(made);
  const first = await made.seal("Aigul Test");
  const second = await made.seal("Timur Test");
  await centre.take(first);
  await centre.take(second);
  const idOf = (sealed: typeof first) =>
    b64(sealed.parts.find((part) => part.audience === "family")?.id ?? new Uint8Array());
  const [one, other] = [idOf(first), idOf(second)];
  const bytes = centre.objects.get(one);
  const others = centre.objects.get(other);
  assert.ok(bytes && others);
  centre.objects.set(one, others);
  centre.objects.set(other, bytes);
  const { work, read } = await desk(centre);
  await read();
  for (const entry of work.reader.ledger.submissions.values()) {
    const family = entry.parts.find((part) => part.audience === "family")?.state;
    assert.deepEqual(family, { is: "failed", failure: { step: 3, code: "hash_differs" } });
  }
});

test("an entry with a bad signature is kept apart and never opened", async () => {
  const centre = new MemoryCentre(made);
  const sealed = await made.seal("Aigul Test");
  const signature = sealed.entry.signature.slice();
  signature[5] = (signature[5] ?? 0) ^ 1;
  await centre.keep(
    { bytes: sealed.entry.bytes, signature },
    sealed.parts.map((part) => part.bytes),
  );
  const { work, read } = await desk(centre);
  await read();
  assert.deepEqual(only(work)?.failure, { step: 1, code: "bad_signature" });
  assert.ok(Object.values(states(only(work))).every((state) => state !== "open"));
});

test("two entries that claim one submission id are shown as two", async () => {
  const centre = new MemoryCentre(made);
  const id = madeId();
  await centre.take(await made.seal("Aigul Test", id));
  await centre.take(await made.seal("Aigul Test", id));
  const { work, read } = await desk(centre);
  await read();
  const entry = only(work);
  assert.ok(entry);
  assert.equal(work.reader.ledger.twins(entry).length, 1);
});

test("numbers that a tablet stated and that are not here are owed", async () => {
  const fresh = await Programme.begin();
  const centre = new MemoryCentre(fresh);
  await centre.take(await fresh.seal("Aigul Test"));
  await centre.state(3);
  const { work, read } = await desk(centre, fresh.saule);
  await read();
  const [log] = work.reader.ledger.logs();
  assert.deepEqual(work.reader.ledger.gaps(log ?? "").missing, [{ from: 2, to: 3 }]);
});

test("an accepted submission is settled by the centre's receipt; the next decision goes on in the same log", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Aigul Test"));
  const { work, outbox, read } = await desk(centre);
  await read();
  const hash = only(work)?.hash ?? "";
  await work.decide(hash, "accepted", null);
  assert.equal(outbox.waiting.length, 0);
  assert.deepEqual(
    work.reader.ledger.decisionsOn(hash).map((one) => [one.state, one.pending]),
    [["accepted", false]],
  );
  await work.decide(hash, "returned", { words: "Which year?", language: "en" });
  const decisions = centre.kept.filter((one) => one.entry.kind === "decision").map((one) => one.entry);
  assert.deepEqual(
    decisions.map((one) => one.seq),
    [1, 2],
  );
  assert.equal(b64(decisions[0]?.log ?? new Uint8Array()), b64(decisions[1]?.log ?? new Uint8Array()));
});

test("a question is read by whoever holds coordination, and by nobody else", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Aigul Test"));
  const saule = await desk(centre);
  await saule.read();
  const hash = only(saule.work)?.hash ?? "";
  await saule.work.decide(hash, "returned", { words: "Which year was she born?", language: "en" });
  const again = await desk(centre);
  await again.read();
  const [read] = again.work.reader.ledger.decisionsOn(hash);
  assert.deepEqual(read?.question, { is: "open", words: "Which year was she born?" });
  const protection = await desk(centre, made.protection);
  await protection.read();
  assert.deepEqual(protection.work.reader.ledger.decisionsOn(hash)[0]?.question, { is: "sealed" });
});

test("without a line a decision waits, signed, and is delivered once when the line is back", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Aigul Test"));
  const { work, outbox, read } = await desk(centre);
  await read();
  const hash = only(work)?.hash ?? "";
  await work.decide(hash, "accepted", null);
  centre.offline = true;
  await work.decide(hash, "returned", { words: "Which year?", language: "en" });
  assert.equal(outbox.waiting.length, 1);
  assert.equal(work.reader.ledger.decisionsOn(hash).at(-1)?.pending, true);
  assert.ok(work.away);
  await work.decide(hash, "accepted", null);
  centre.offline = false;
  await outbox.push(work.signedIn.line.transport, work.signedIn.pid, work.signedIn.directory);
  assert.equal(outbox.waiting.length, 0);
  assert.equal(centre.kept.filter((one) => one.entry.kind === "decision").length, 3);
});

test("a receipt by a store that is not listed settles nothing", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Aigul Test"));
  const { work, outbox, read } = await desk(centre);
  await read();
  centre.receipts = (await SigningKey.generate()).key;
  const hash = only(work)?.hash ?? "";
  await work.look(hash);
  assert.equal(work.safe.has(hash), false);
  await work.decide(hash, "accepted", null);
  assert.equal(outbox.waiting.length, 1);
  centre.receipts = made.store;
  work.opened.clear();
  await work.look(hash);
  assert.equal(work.safe.has(hash), true);
});

test("a browser that was restored starts a new log that says which it continues", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Aigul Test"));
  const first = await desk(centre);
  await first.read();
  const hash = only(first.work)?.hash ?? "";
  const old = new Map(first.kept.kept);
  await first.work.decide(hash, "accepted", null);
  const backup = new Map(first.kept.kept);
  await first.work.decide(hash, "returned", { words: "Which year?", language: "en" });
  const restored = storage();
  for (const [key, value] of backup) restored.kept.set(key, value);
  assert.notDeepEqual(old, backup);
  const second = await desk(centre, made.saule, restored);
  await second.read();
  await second.work.decide(hash, "accepted", null);
  const decisions = centre.kept.filter((one) => one.entry.kind === "decision").map((one) => one.entry);
  const last = decisions.at(-1);
  assert.equal(last?.seq, 1);
  assert.ok(last?.body["after"]);
  assert.equal(new Set(decisions.map((one) => `${b64(one.log)}${one.seq}`)).size, decisions.length);
});

test("nothing of a person stands in what the browser keeps", async () => {
  const centre = new MemoryCentre(made);
  await centre.take(await made.seal("Zhanyl Unmistakable"));
  const { work, read, kept } = await desk(centre);
  await read();
  await work.decide(only(work)?.hash ?? "", "returned", { words: "Unmistakable question", language: "en" });
  const all = [...kept.kept].join();
  for (const word of ["Zhanyl", "Unmistakable", made.saule.name, PASSPHRASE]) assert.equal(all.includes(word), false);
});
