/**
 * Enrolment: from an invitation's link to a tablet that can seal.
 *
 * Order, so that a crash anywhere leaves nothing or a whole enrolment, and the same link goes on where it stopped:
 *   1 link        read; programme and head are pinned from it
 *   2 directory   fetched with the invitation's session, verified from the pinned programme, the pinned head in it
 *   3 keys        device and vault keys made; the vault key sealed to everybody of the site; slots fetched;
 *                 all of it written, device keys wrapped, as `pending`, before anybody else hears of them
 *   4 register    the `device` entry signed by the invitation, appended by the centre; `directory_moved` → sign again
 *   5 keep        directory and state `enrolled`, in one transaction
 * After a crash between 4 and 5 the directory already lists the pending keys: step 4 is skipped.
 */

import { writeBundle } from "../sync/bundle.ts";
import { equal } from "../sync/bytes.ts";
import { nowMs } from "../sync/clock.ts";
import { Directory } from "../sync/directory.ts";
import { deviceProof } from "../sync/directory-rules-people.ts";
import { directoryEntry } from "../sync/directory-write.ts";
import type { Signed } from "../sync/entry.ts";
import { b64 } from "../sync/ids.ts";
import { aeadKey, keyId, ReadingKey, SigningKey } from "../sync/keys.ts";
import { type Link, readLink } from "../sync/link.ts";
import { Problem } from "../sync/problems.ts";
import { randomBytes } from "../sync/randomness.ts";
import type { Session as StoreSession } from "../sync/transport.ts";
import type { Context } from "./context.ts";
import { type DeviceRow, read, write } from "./database.ts";
import { checkProgramme, directoryRows, fetchDirectory } from "./keeping.ts";
import { vaultProblem } from "./problems.ts";
import { sealRecord } from "./records.ts";
import { fetchSlots, unlockers, wrapForAll } from "./slots.ts";
import type { EnrolStep } from "./types.ts";
import type { DeviceSecrets } from "./unlock.ts";

const TRIES = 5;

interface Invited {
  readonly link: Link;
  readonly key: SigningKey;
  readonly session: StoreSession;
  directory: Directory;
}

export async function enrol(context: Context, fragment: string, onProgress: (step: EnrolStep) => void): Promise<void> {
  if (context.enrolled) throw vaultProblem("already_enrolled");
  onProgress("link");
  const link = readLink(fragment);
  const key = await SigningKey.fromPkcs8(link.invitation).catch(() => {
    throw new Problem("malformed", { reason: "invitation" });
  });
  onProgress("directory");
  const invited = await openDirectory(context, link, key);
  onProgress("keys");
  const device = (await pending(context, invited)) ?? (await makeKeys(context, invited));
  onProgress("register");
  await register(context, invited, device);
  onProgress("keep");
  await keepEnrolled(context, invited.directory, device);
  onProgress("done");
}

async function openDirectory(context: Context, link: Link, key: SigningKey): Promise<Invited> {
  const hello = await context.transport.hello();
  checkProgramme(link.programme, hello);
  // No directory yet says which store is meant. A session relayed by another store shows the directory, which is checked
  // from the pinned programme, and nothing else: that store must be listed in it.
  const store = await keyId(hello.store);
  const session = await context.transport.session(link.programme, store, key);
  const chain = await fetchDirectory((after) => context.transport.directory(after, session), 0);
  const directory = await Directory.read(link.programme, chain);
  if (directory.seq < link.head.seq) {
    throw new Problem("shortened_directory", { seen: link.head.seq, shown: directory.seq });
  }
  directory.checkView(link.head);
  if (!directory.store(store)) throw new Problem("unlisted_store");
  return { link, key, session, directory };
}

/** Keys of an enrolment that was interrupted, if it was this invitation's. */
async function pending(context: Context, { link, key }: Invited): Promise<DeviceRow | null> {
  const row = await read(() => context.db.get("device", "device"));
  const same = row?.state === "pending" && equal(row.invitation, key.keyId) && equal(row.programme, link.programme);
  return same ? row : null;
}

async function makeKeys(context: Context, { link, key, session, directory }: Invited): Promise<DeviceRow> {
  const invitation = directory.invitations.get(key.keyId);
  if (!invitation) throw new Problem("not_listed", { what: "invitation" });
  const pid = link.programme;
  const people = unlockers(directory, invitation.site);
  const slots = await fetchSlots(session, people);
  const signing = await SigningKey.generate();
  const reading = await ReadingKey.generate();
  const vaultBytes = randomBytes(32);
  const secrets: DeviceSecrets = { signing: b64(signing.pkcs8), reading: b64(reading.seed) };
  const proof = await signing.key.sign(
    "esik/1/device",
    pid,
    await deviceProof(signing.key.public, reading.public, key.keyId),
  );
  const row: DeviceRow = {
    state: "pending",
    programme: pid,
    name: deviceName(directory, key.keyId, invitation),
    site: invitation.site,
    invitation: key.keyId,
    signing: signing.key.public,
    reading: reading.public,
    proof,
    sealed: await sealRecord(pid, await aeadKey(vaultBytes), "device", "device", secrets),
  };
  const wraps = await wrapForAll(pid, people, vaultBytes);
  await write(context.db, ["device", "slots", "vaultKeys"], async (tx) => {
    await Promise.all([tx.objectStore("slots").clear(), tx.objectStore("vaultKeys").clear()]);
    for (const [id, wrap] of wraps) await tx.objectStore("vaultKeys").put(wrap, id);
    for (const [id, slot] of slots) await tx.objectStore("slots").put(slot, id);
    await tx.objectStore("device").put(row, "device");
  });
  return row;
}

/** The invitation's name; with a number where it admits several. */
function deviceName(directory: Directory, id: Uint8Array, invitation: { name: string; count: number }): string {
  if (invitation.count === 1) return invitation.name;
  const before = directory.devices.values().filter((one) => equal(one.invitation, id)).length;
  return `${invitation.name}-${before + 1}`;
}

/** Appends the `device` entry through the centre, on top of whatever came between. */
async function register(context: Context, invited: Invited, device: DeviceRow): Promise<void> {
  const { key } = invited;
  const signingId = await keyId(device.signing);
  for (let left = TRIES; !invited.directory.devices.has(signingId); left--) {
    const { name, site, signing, reading, invitation, proof } = device;
    const body = { name, site, signing, reading, invitation, proof };
    const entry = await directoryEntry(invited.directory, key, "device", body, nowMs());
    const answer = await context.transport.pushBundle(writeBundle({ directory: [entry] }));
    const problem = answer.directory[0]?.problem ?? null;
    if (problem === null) await invited.directory.append(entry);
    else if (problem === "directory_moved" && left > 1) await readOn(context, invited);
    else throw Problem.of(problem);
  }
}

async function readOn(context: Context, { session, directory }: Invited): Promise<void> {
  await directory.extend(await fetchDirectory((after) => context.transport.directory(after, session), directory.seq));
}

async function keepEnrolled(context: Context, directory: Directory, device: DeviceRow): Promise<void> {
  const chain: readonly Signed[] = directory.since(0);
  const rows = await directoryRows(chain);
  const enrolled: DeviceRow = { ...device, state: "enrolled" };
  await write(context.db, ["device", "directory", "facts"], async (tx) => {
    for (const [at, row] of rows.entries()) await tx.objectStore("directory").put(row, at + 1);
    await tx.objectStore("facts").put(nowMs(), "lastContact");
    await tx.objectStore("device").put(enrolled, "device");
  });
  context.enrolled = { device: enrolled, directory };
}
