/** An administrator writes directory entries at a desk; whoever reads the chain afterwards may open what was granted. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readBundle } from "../../../static/src/sync/bundle.ts";
import { Directory } from "../../../static/src/sync/directory.ts";
import { DirectoryDraft, deviceBody } from "../../../static/src/sync/directory-write.ts";
import { openGrant } from "../../../static/src/sync/grant.ts";
import { unb64 } from "../../../static/src/sync/ids.ts";
import { ReadingKey, SigningKey } from "../../../static/src/sync/keys.ts";
import { Problem } from "../../../static/src/sync/problems.ts";

const file = join(import.meta.dirname, "..", "..", "..", "sync", "vectors", "arrival.json");
const arrival = JSON.parse(readFileSync(file, "utf8"));
const pid = unb64(arrival.programme);
const signing = (name: string) => SigningKey.fromPkcs8(unb64(arrival.signing[name].pkcs8));
const reading = (name: string) => ReadingKey.fromSeed(unb64(arrival.reading[name].seed));
const chain = arrival.directory.map((one: { bytes: string; signature: string }) => ({
  bytes: unb64(one.bytes),
  signature: unb64(one.signature),
}));
const directory = await Directory.read(pid, chain);
const later = arrival.at + 1000;
const is = (code: string) => (error: unknown) => Problem.is(error, code);

test("a new epoch is a bundle of entries and grants, and its reader opens hers", async () => {
  const draft = await DirectoryDraft.on(directory, await signing("aliya"), later);
  const [key, gulnara] = [await ReadingKey.generate(), await reading("gulnara")];
  const epoch = await draft.epoch("family", key, unb64(arrival.staff.gulnara), [gulnara.public]);
  assert.equal(epoch, 3);
  assert.equal(directory.current("family").epoch, 2, "nothing stands until a store has appended it");
  const bundle = readBundle(draft.bundle());
  const there = await Directory.read(pid, [...chain, ...bundle.directory]);
  const grant = there.heldBy(gulnara.keyId).find((one) => one.audience === "family" && one.epoch === 3);
  const object = bundle.chunks[1];
  assert.ok(grant && object);
  const opened = await openGrant(pid, "family", 3, there.current("family").keyId, gulnara, object);
  assert.deepEqual(opened.seed, key.seed);
});

test("a grant of a key that is not the listed one is not even written", async () => {
  const draft = await DirectoryDraft.on(directory, await signing("aliya"), later);
  const [stranger, ardak] = [await reading("stranger"), await reading("ardak")];
  await assert.rejects(draft.grant("family", 2, stranger, ardak.public), is("swapped_key"));
  assert.equal(draft.entries.length, 0);
});

test("a tablet enrols itself with its invitation and proof of its keys", async () => {
  const [by, tablet, key] = [await signing("invitation-two"), await signing("stranger"), await reading("stranger")];
  const body = await deviceBody(pid, {
    name: "T-09",
    site: "arrival",
    signing: tablet,
    reading: key,
    invitation: by.keyId,
  });
  const draft = await DirectoryDraft.on(directory, by, later);
  await draft.write("device", body);
  assert.equal(draft.directory.devices.get(tablet.keyId)?.name, "T-09");
  assert.equal(directory.devices.get(tablet.keyId), undefined);
});

test("two appends at once do not both stand", async () => {
  const aliya = await signing("aliya");
  const [one, two] = [
    await DirectoryDraft.on(directory, aliya, later),
    await DirectoryDraft.on(directory, aliya, later),
  ];
  await one.write("site", { site: "one", name: "One", role: "centre" });
  await two.write("site", { site: "two", name: "Two", role: "centre" });
  const shared = await directory.copy();
  const [first, second] = await Promise.allSettled([one, two].map(({ entries }) => shared.append(entries[0] as never)));
  assert.equal(first?.status, "fulfilled");
  assert.ok(second?.status === "rejected" && Problem.is(second.reason, "directory_moved"));
  assert.deepEqual([shared.sites.has("one"), shared.sites.has("two")], [true, false]);
});

test("a form that asks what forms may not ask needs the reason of another administrator", async () => {
  const [root, aliya, marat] = [await signing("root"), await signing("aliya"), (await SigningKey.generate()).key];
  const [version, reason] = [unb64(arrival.programme), "The surgeon needs to see the wound."];
  const draft = await DirectoryDraft.on(directory, aliya, later);
  const staff = new Uint8Array(16).fill(7);
  const own = { signing: marat.public, reading: (await ReadingKey.generate()).public, work: null };
  await draft.write("administrator", { staff, name: "Marat", ...own, site: "arrival", stations: [] }, root);
  const audiences = [{ audience: "family", bucket: 4096 }];
  const form = { form: "wounds", number: 1, version, audiences, files: [], reason };
  await assert.rejects(draft.write("form", form, marat), is("second_person"));
  await draft.write("reason", { form: "wounds", number: 1, version, reason }, aliya);
  await assert.rejects(draft.write("form", form, aliya), is("second_person"));
  await assert.rejects(draft.write("form", { ...form, reason: "Another." }, marat), is("second_person"));
  await draft.write("form", form, marat);
  assert.equal(draft.directory.forms.get(version)?.reason, reason);
});
