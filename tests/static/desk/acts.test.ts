import assert from "node:assert/strict";
import { before, test } from "node:test";
import { act, maySign } from "../../../static/src/desk/directory-acts.ts";
import { readWord } from "../../../static/src/desk/end-of-shift.ts";
import { Memory } from "../../../static/src/desk/memory.ts";
import { Outbox } from "../../../static/src/desk/outbox.ts";
import { signIn } from "../../../static/src/desk/sign-in.ts";
import {
  addPerson,
  addService,
  makePerson,
  setSilentHours,
  silentHours,
  staffRows,
} from "../../../static/src/desk/staff.ts";
import {
  confirmTablet,
  digitsOf,
  holdsPeople,
  invite,
  newTablets,
  proposeName,
  takeOut,
  whoConfirms,
} from "../../../static/src/desk/tablets.ts";
import { Work } from "../../../static/src/desk/work.ts";
import { dutyOf } from "../../../static/src/sync/duty.ts";
import { b64, deviceDigits } from "../../../static/src/sync/ids.ts";
import { SigningKey } from "../../../static/src/sync/keys.ts";
import { readLink } from "../../../static/src/sync/link.ts";
import { writeShortCode, writeShortHead } from "../../../static/src/sync/short-head.ts";
import { deriveSlot, openTabletSlot } from "../../../static/src/sync/slot.ts";
import { derive, MemoryCentre, NOW, PASSPHRASE, Programme } from "./programme.ts";

let made: Programme;
before(async () => {
  made = await Programme.begin();
});

async function desk(centre = new MemoryCentre(made), who = made.saule) {
  const kept = new Map<string, string>();
  const memory = new Memory({ getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) });
  const door = { centre: centre.centre(who), transport: centre.transport(), derive, memory };
  const { signedIn } = await signIn(door, who.name, PASSPHRASE, () => {});
  const work = new Work(signedIn, memory, new Outbox(), () => {});
  return { centre, signedIn, work, memory };
}

test("an invitation's private half is in the link, and nowhere at the centre", async () => {
  const { signedIn, centre } = await desk();
  const wanted = { site: "arrival", name: proposeName(signedIn.directory), count: 2, days: 1 };
  const invited = await invite(signedIn, wanted, "https://centre.example", NOW);
  assert.match(invited.link, /^https:\/\/centre\.example\/enrol#/);
  const link = readLink(new URL(invited.link).hash);
  const { keyId } = await SigningKey.fromPkcs8(link.invitation);
  assert.equal(made.directory.invitations.get(keyId)?.name, wanted.name);
  assert.deepEqual(link.head, signedIn.directory.head);
  const private_ = b64(link.invitation);
  assert.equal(
    centre.made.chain.some((one) => b64(one.bytes).includes(private_)),
    false,
  );
});

test("names are proposed after the highest that was given", async () => {
  const { signedIn } = await desk();
  await invite(signedIn, { site: "arrival", name: "T-19", count: 1, days: 1 }, "", NOW);
  assert.equal(proposeName(signedIn.directory), "T-20");
});

test("when somebody else signed first, the newer entries are taken and the same is written on top", async () => {
  const { signedIn, centre } = await desk();
  let others = 3;
  centre.before = async () => {
    if (others-- > 0) await made.write("confirm", {});
  };
  await act(signedIn, NOW, (draft) => draft.write("service", { site: "arrival", name: "A", contact: "1", what: "" }));
  assert.equal(others, -1);
  assert.equal(signedIn.directory.seq, made.directory.seq);
  assert.equal(signedIn.directory.entries().at(-1)?.kind, "service");
});

test("what a rule refuses is told, and nothing of it stands", async () => {
  const { signedIn } = await desk();
  const { seq } = made.directory;
  const nowhere = { site: "nowhere", name: "A", contact: "1", what: "" };
  await assert.rejects(addService(signedIn, nowhere, NOW), { code: "not_listed" });
  assert.deepEqual([made.directory.seq, signedIn.directory.seq], [seq, seq]);
});

test("a reviewer without the office signs nothing", async () => {
  const { signedIn } = await desk(new MemoryCentre(made), made.protection);
  assert.equal(maySign(signedIn), false);
  await assert.rejects(setSilentHours(signedIn, 5, NOW), { code: "wrong_signer" });
});

test("a new tablet shows the digits that the tablet itself shows, and is confirmed once", async () => {
  const { signedIn } = await desk();
  const [fresh] = newTablets(signedIn.directory);
  assert.ok(fresh);
  const device = made.directory.devices.get(made.tablet.keyId);
  assert.ok(device);
  const own = await deviceDigits(made.root.keyId, device.signingId, device.readingId);
  assert.equal(await digitsOf(signedIn.pid, fresh), own);
  assert.match(own, /^\d{5}( \d{5}){4}$/);
  assert.deepEqual(whoConfirms(signedIn.directory, "arrival"), ["Saule Test-Admin"]);
  assert.equal(holdsPeople(signedIn, "arrival"), true);
  await confirmTablet(signedIn, fresh.key, NOW);
  assert.deepEqual(newTablets(signedIn.directory), []);
  const { seq } = made.directory;
  await confirmTablet(signedIn, fresh.key, NOW);
  assert.equal(made.directory.seq, seq, "a second click signs nothing");
  const granted = made.directory.grants.filter((one) => b64(one.reader) === b64(device.readingId));
  assert.deepEqual(
    granted.map((one) => one.audience),
    ["people@arrival"],
  );
});

test("who does not hold the people list cannot confirm", async () => {
  const { signedIn } = await desk(new MemoryCentre(made), made.protection);
  assert.equal(holdsPeople(signedIn, "arrival"), false);
});

test("a person is listed with a work key whose slot their four words open", async () => {
  const { signedIn, centre } = await desk();
  const wanted = { name: "Nurlan Test", site: "arrival", stations: ["first_look"] };
  const person = await makePerson(signedIn.pid, wanted, derive);
  assert.equal(person.passphrase.split(" ").length, 4);
  await addPerson(signedIn, person, NOW);
  const [stored] = centre.slots;
  assert.ok(stored);
  const { slot } = stored;
  const { auth, wrap } = await deriveSlot(signedIn.pid, person.staff, "tablet", person.passphrase, slot, derive);
  assert.equal(stored.auth, b64(auth));
  const work = await openTabletSlot(signedIn.pid, person.staff, slot, wrap);
  made.directory.checkSlot(person.staff, "tablet", [work.keyId]);
  const row = staffRows(signedIn.directory).find((one) => one.name === "Nurlan Test");
  assert.deepEqual([row?.tablet, row?.desk, row?.stations], [true, false, ["first_look"]]);
});

test("adding goes on after the line broke between the entry and the slot", async () => {
  const { signedIn, centre } = await desk();
  const wanted = { name: "Dina Test", site: "arrival", stations: [] };
  const person = await makePerson(signedIn.pid, wanted, derive);
  centre.slotsClosed = true;
  await assert.rejects(addPerson(signedIn, person, NOW), { code: "no_network" });
  centre.slotsClosed = false;
  const { seq } = made.directory;
  await addPerson(signedIn, person, NOW);
  assert.equal(made.directory.seq, seq, "listed once");
  assert.equal(centre.slots.length, 1);
});

test("who is taken out is told as removed; an administrator is the root's to remove", async () => {
  const { signedIn, work } = await desk();
  const person = await makePerson(signedIn.pid, { name: "Gone Test", site: "arrival", stations: [] }, derive);
  await addPerson(signedIn, person, NOW);
  const row = () => staffRows(signedIn.directory).find((one) => one.name === "Gone Test");
  await takeOut(signedIn, work.reader.ledger, row()?.key ?? "", "left", NOW);
  assert.equal(row()?.removed, true);
  const self = b64(signedIn.signing.keyId);
  await assert.rejects(takeOut(signedIn, work.reader.ledger, self, "no", NOW), { code: "wrong_signer" });
});

test("the duty list and the silence are settings of the programme", async () => {
  const { signedIn } = await desk();
  assert.equal(silentHours(signedIn.directory), 12);
  await setSilentHours(signedIn, 6, NOW);
  await addService(signedIn, { site: "arrival", name: "Doctor", contact: "1", what: "P1" }, NOW);
  await addService(signedIn, { site: "arrival", name: "Doctor", contact: "2", what: "P1" }, NOW);
  assert.equal(silentHours(signedIn.directory), 6);
  const doctor = dutyOf(signedIn.directory.services, "arrival").filter((one) => one.name === "Doctor");
  assert.deepEqual(doctor, [{ name: "Doctor", contact: "2", what: "P1" }]);
});

test("a tablet that is taken out keeps what is here; what it sends later is kept apart", async () => {
  const own = await Programme.begin();
  const centre = new MemoryCentre(own);
  await centre.take(await own.seal("Aigul Test"));
  await centre.take(await own.seal("Timur Test"));
  const { signedIn, work } = await desk(centre, own.saule);
  const read = async () => {
    while (await work.reader.round(0, new AbortController().signal));
  };
  await read();
  await takeOut(signedIn, work.reader.ledger, b64(own.tablet.keyId), "stolen", NOW);
  await centre.take(await own.seal("Stranger"));
  await work.follow();
  await read();
  const failures = [...work.reader.ledger.submissions.values()].map((one) => one.failure?.code ?? null);
  assert.deepEqual(failures, [null, null, "revoked"]);
  assert.equal(work.reader.ledger.keptApart(), 1);
});

test("an end-of-shift code by QR counts when the tablet signed it, a typed one when its symbols fit", async () => {
  const { signedIn, work, memory } = await desk();
  const { log } = made.log;
  const head = { log, seq: 7, hash: new Uint8Array(32), time: NOW };
  const qr = await writeShortHead(signedIn.pid, made.tablet, head);
  const word = await readWord(signedIn, ` ${qr}\n`, [], NOW);
  assert.deepEqual(word, { log: b64(log), seq: 7, time: NOW, how: "qr" });
  const forged = await writeShortHead(signedIn.pid, (await SigningKey.generate()).key, head);
  await assert.rejects(readWord(signedIn, forged, [], NOW), { code: "bad_signature" });
  const code = await writeShortCode(signedIn.pid, log, 9);
  const typed = await readWord(signedIn, code.toLowerCase(), [b64(log)], NOW + 1);
  assert.deepEqual([typed.seq, typed.how], [9, "code"]);
  await assert.rejects(readWord(signedIn, "9-0000", [b64(log)], NOW), { code: "malformed" });
  await assert.rejects(readWord(signedIn, "hello", [b64(log)], NOW), { code: "malformed" });
  work.reader.addWord(typed);
  work.reader.addWord(word);
  assert.equal(work.reader.ledger.gaps(b64(log)).highest, 9);
  assert.deepEqual(
    memory.words().map((one) => one.seq),
    [9],
    "a browser that is opened again still knows",
  );
});
