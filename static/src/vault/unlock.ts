/**
 * Unlocking: passphrase → work key (out of the tablet slot) → vault key → device keys. Argon2id makes each try dear; a
 * count of tries belongs here when it comes. Keys live in `context.keys` and nowhere else; locking drops them.
 */
import { equal } from "../sync/bytes.ts";
import { b64, unb64 } from "../sync/ids.ts";
import { aeadKey, ReadingKey, SigningKey } from "../sync/keys.ts";
import { deriveSlot, openTabletSlot, readSlot } from "../sync/slot.ts";
import { derive } from "./argon.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { read } from "./database.ts";
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
  const { device, directory } = needEnrolled(context);
  const pid = device.programme;
  const slotBytes = await read(() => context.db.get("slots", staff));
  if (!slotBytes) throw vaultProblem("not_ready_here");
  const slot = readSlot(slotBytes);
  const id = unb64(staff);
  directory.checkSlot(id, "tablet", slot.keys);
  const { wrap } = await deriveSlot(pid, id, "tablet", passphrase, slot, derive);
  const work = await openTabletSlot(pid, id, slot, wrap);

  const wrapped = await read(() => context.db.get("vaultKeys", b64(work.keyId)));
  if (!wrapped) throw vaultProblem("not_ready_here");
  const vaultBytes = await unwrapVaultKey(pid, work, wrapped);
  const vault = await aeadKey(vaultBytes);
  const secrets = await openRecord<DeviceSecrets>(pid, vault, "device", "device", device.sealed);
  const signing = await SigningKey.fromPkcs8(unb64(secrets.signing));
  const reading = await ReadingKey.fromSeed(unb64(secrets.reading));
  if (!equal(signing.public, device.signing)) throw vaultProblem("broken_record", { store: "device" });
  return { staff, staffName: directory.staff.get(id)?.name ?? "", work, vault, vaultBytes, signing, reading };
}
