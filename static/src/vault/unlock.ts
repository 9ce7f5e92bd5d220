/**
 * Unlocking: passphrase → work key (out of the tablet slot) → vault key → device keys. Argon2id makes each try dear; a
 * count of tries belongs here when it comes. Keys live in `context.keys` and nowhere else; locking drops them.
 */
import { equal } from "../sync/bytes.ts";
import { IdMap } from "../sync/idmap.ts";
import { b64, unb64 } from "../sync/ids.ts";
import { aeadKey, ReadingKey, SigningKey } from "../sync/keys.ts";
import { deriveSlot, openTabletSlot, readSlot } from "../sync/slot.ts";
import { derive } from "./argon.ts";
import { colleagueHere } from "./colleagues.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { read } from "./database.ts";
import { PeopleList } from "./people.ts";
import { vaultProblem } from "./problems.ts";
import { openRecord, unwrapVaultKey } from "./records.ts";

/** What `device.sealed` holds: the private halves, b64. */
export interface DeviceSecrets {
  /** PKCS #8. */
  signing: string;
  /** Seed. */
  reading: string;
}

/** Throws `not_ready_here`, `wrong_passphrase`, `slot_mismatch`, `weak_slot`, `no_worker`, `broken_record`. */
export async function openKeys(context: Context, staff: string, passphrase: string): Promise<Keys> {
  const { device } = needEnrolled(context);
  const pid = device.programme;
  const { name, work, wrapped } = await openWork(context, staff, passphrase);
  const vaultBytes = await unwrapVaultKey(pid, work, wrapped);
  const vault = await aeadKey(vaultBytes);
  const secrets = await openRecord<DeviceSecrets>(pid, vault, "device", "device", device.sealed);
  const signing = await SigningKey.fromPkcs8(unb64(secrets.signing));
  const reading = await ReadingKey.fromSeed(unb64(secrets.reading));
  if (!equal(signing.public, device.signing)) throw vaultProblem("broken_record", { store: "device" });
  const people = new PeopleList();
  return { staff, staffName: name, work, vault, vaultBytes, signing, reading, people, site: new IdMap() };
}

/** The work key behind a passphrase and the vault key sealed to it: of somebody of the site, or a colleague added here. */
async function openWork(context: Context, staff: string, passphrase: string) {
  const { device, directory } = needEnrolled(context);
  const pid = device.programme;
  const colleague = await colleagueHere(context, staff);
  const bytes = colleague?.slot ?? (await read(() => context.db.get("slots", staff)));
  if (!bytes) throw vaultProblem("not_ready_here");
  const slot = readSlot(bytes);
  const id = unb64(staff);
  // A colleague's slot is nowhere listed; that it holds a key to this vault shows below.
  if (!colleague) directory.checkSlot(id, "tablet", slot.keys);
  const { wrap } = await deriveSlot(pid, id, "tablet", passphrase, slot, derive);
  const work = await openTabletSlot(pid, id, slot, wrap);
  const wrapped = colleague?.wrap ?? (await read(() => context.db.get("vaultKeys", b64(work.keyId))));
  if (!wrapped) throw vaultProblem("not_ready_here");
  return { name: colleague?.name ?? directory.staff.get(id)?.name ?? "", work, wrapped };
}
