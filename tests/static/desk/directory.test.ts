import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { confirmDirectory } from "../../../static/src/desk/confirm.ts";
import { KeptQuestion } from "../../../static/src/desk/kept-question.ts";
import { Memory } from "../../../static/src/desk/memory.ts";
import { Outbox } from "../../../static/src/desk/outbox.ts";
import { signIn } from "../../../static/src/desk/sign-in.ts";
import { Work } from "../../../static/src/desk/work.ts";
import { writeEntry } from "../../../static/src/sync/entry.ts";
import { b64, madeId } from "../../../static/src/sync/ids.ts";
import { derive, MemoryCentre, NOW, PASSPHRASE, Programme } from "./programme.ts";

let made: Programme;
let centre: MemoryCentre;
beforeEach(async () => {
  made = await Programme.begin();
  centre = new MemoryCentre(made);
});

async function desk(who = made.saule) {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  const memory = new Memory(storage);
  const door = { centre: centre.centre(who), transport: centre.transport(), derive, memory };
  const { signedIn } = await signIn(door, who.name, PASSPHRASE, () => {});
  const work = new Work(signedIn, memory, new Outbox(), () => {});
  const read = async () => {
    while (await work.reader.round(0, new AbortController().signal));
    await work.opener.run();
  };
  return { work, read };
}

const verdicts = (work: Work) =>
  [...work.reader.ledger.submissions.values()].map(
    (one) => one.failure?.code ?? one.parts.map((part) => part.state.is).join(),
  );

test("a grant that comes later opens what was sealed before it", async () => {
  await centre.take(await made.seal("Aigul Test"));
  const { work, read } = await desk();
  await read();
  assert.match(verdicts(work)[0] ?? "", /sealed/);
  await made.grant("protection", made.saule.reading);
  for (const [id, object] of made.objects) centre.objects.set(id, object);
  await read();
  assert.equal(verdicts(work)[0], "open,open,open,open");
});

test("entries of a revoked tablet beyond the cut are kept apart, those before it stay", async () => {
  const first = await made.seal("Aigul Test");
  const cut = { log: made.log.log, seq: made.log.seq, hash: made.log.hash };
  const second = await made.seal("Timur Test");
  await centre.take(first);
  await centre.take(second);
  const { work, read } = await desk();
  await read();
  assert.ok(verdicts(work).every((verdict) => verdict.startsWith("open")));
  await made.write("revoke", { key: made.tablet.keyId, reason: "lost", cut: [cut] });
  await read();
  assert.deepEqual(
    verdicts(work).map((verdict) => verdict.split(",")[0]),
    ["open", "revoked"],
  );
  assert.equal(work.reader.ledger.keptApart(), 1);
});

test("what a revoked tablet had sealed before the cut counts, in whatever order it arrives", async () => {
  const sealed = [await made.seal("Aigul Test"), await made.seal("Timur Test"), await made.seal("Asel Test")];
  const cut = { log: made.log.log, seq: made.log.seq, hash: made.log.hash };
  await made.write("revoke", { key: made.tablet.keyId, reason: "lost", cut: [cut] });
  const { work, read } = await desk();
  for (const at of [1, 0, 2]) {
    await centre.take(sealed[at] as (typeof sealed)[0]);
    await read();
  }
  assert.equal(work.reader.ledger.keptApart(), 0);
  const { work: later, read: again } = await desk();
  await again();
  assert.deepEqual(
    verdicts(later).map((verdict) => verdict.split(",")[0]),
    ["open", "open", "open"],
  );
});

test("what was erased says so and is asked for no more", async () => {
  const sealed = await made.seal("Aigul Test");
  await centre.take(sealed);
  const family = sealed.parts.find((part) => part.audience === "family");
  assert.ok(family);
  await made.write("erase", { objects: [family.id], ground: "withdrawal", asked_by: made.protection.staff });
  const { work, read } = await desk();
  await read();
  const [entry] = work.reader.ledger.submissions.values();
  assert.deepEqual(entry?.parts.find((part) => part.audience === "family")?.state, { is: "erased" });
});

test("a tablet that was shown another directory raises the alarm", async () => {
  const { log, seq, hash } = made.log;
  const other = { seq: 3, hash: new Uint8Array(32) };
  const fields = { log, seq: seq + 1, prev: hash, kind: "later", time: NOW, offset: null, directory: other, body: {} };
  await centre.keep(await writeEntry(made.root.keyId, made.tablet, fields), []);
  const { work, read } = await desk();
  await read();
  assert.deepEqual([...work.reader.alarms.keys()], ["split_directory"]);
});

test("a tablet says nothing of how far another's log goes, nor of what replaces its answers", async () => {
  const first = await made.seal("Aigul Test");
  await centre.take(first);
  const theirs = made.log.log;
  await made.enrol("T-02");
  const body = {
    submission: madeId(),
    form: made.version,
    supersedes: [first.hash],
    continues: null,
    parts: [],
    attachments: [],
    after: { log: theirs, seq: 1000, hash: new Uint8Array(32).fill(1) },
  };
  const place = { log: made.log.log, seq: 1, prev: made.log.hash, time: NOW, offset: null };
  const entry = { ...place, kind: "submission", directory: made.directory.head, body };
  await centre.keep(await writeEntry(made.root.keyId, made.tablet, entry), []);
  const { work, read } = await desk();
  await read();
  assert.equal(work.reader.ledger.gaps(b64(theirs)).owed, 0);
  assert.deepEqual(work.reader.ledger.successors(b64(first.hash)), []);
});

test("a kind that this release does not know counts for its number and is not shown", async () => {
  const { log, seq, hash } = made.log;
  const directory = made.directory.head;
  const fields = { log, seq: seq + 1, prev: hash, kind: "later", time: NOW, offset: null, directory, body: {} };
  await centre.keep(await writeEntry(made.root.keyId, made.tablet, fields), []);
  const { work, read } = await desk();
  await read();
  assert.equal(work.reader.ledger.submissions.size, 0);
  assert.equal(work.reader.ledger.gaps(b64(log)).held, 1);
});

test("an administrator's desk confirms the directory once a day, nobody else's does", async () => {
  const day = 24 * 60 * 60 * 1000;
  const { work } = await desk();
  const before = made.chain.length;
  assert.equal(await confirmDirectory(work.signedIn, NOW + day), false);
  assert.equal(await confirmDirectory(work.signedIn, NOW + day + 1), true);
  assert.equal(await confirmDirectory(work.signedIn, NOW + day + 2), false);
  assert.equal(made.chain.length, before + 1);
  const { work: other } = await desk(made.protection);
  assert.equal(await confirmDirectory(other.signedIn, NOW + 9 * day), false);
});

test("a question that was being written survives a lock for its writer alone", async () => {
  const { work } = await desk();
  const { work: other } = await desk(made.protection);
  const kept = new KeptQuestion();
  kept.keep(work.signedIn, { of: "entry", site: "arrival", words: "Which year?" });
  assert.equal(JSON.stringify(kept).includes("Which"), false);
  assert.equal(await kept.take(other.signedIn), null);
  assert.deepEqual(await kept.take(work.signedIn), { of: "entry", site: "arrival", words: "Which year?" });
  assert.equal(await kept.take(work.signedIn), null);
});
