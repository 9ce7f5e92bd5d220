/**
 * Slots: a person's private keys under their passphrase (PROTOCOL 2.3). Argon2id gives 64 bytes: the first half signs in
 * (the store keeps its hash only), the second wraps. The derivation is a parameter, so that it may run in a worker.
 */
import { type Bytes, concat, cut, equal, NUL, utf8 } from "./bytes.ts";
import { aeadOpen, aeadSeal, context, ReadingKey, SigningKey, sha256 } from "./keys.ts";
import { Problem } from "./problems.ts";
import { randomBytes } from "./randomness.ts";
import { bytes, list, literal, map, natural, type Of, oneOf } from "./shape.ts";
import { decodeMap, encode } from "./wire.ts";

export type SlotKind = "desk" | "tablet";

/** Argon2id: `passphrase` is NFKC already, `memory` in KiB; 64 bytes. */
export type Derive = (
  passphrase: string,
  salt: Uint8Array,
  memory: number,
  passes: number,
  lanes: number,
) => Promise<Uint8Array>;

/** The floor below which a client refuses: a store that offered less could guess passphrases cheaply. */
export const COST = { memory: 65_536, passes: 3, lanes: 1 } as const;
// A store that offered more could stop a tablet dead.
const CEILING = { memory: 16 * COST.memory, passes: 64 } as const;

const slotShape = map({
  v: literal(1),
  staff: bytes(16),
  kind: oneOf("desk", "tablet"),
  memory: natural,
  passes: natural,
  lanes: natural,
  nonce: bytes(12),
  sealed: bytes(),
  keys: list(bytes(32)),
});
export type Slot = Of<typeof slotShape>;

const deskShape = map({ programme: bytes(32), signing: bytes(), reading: bytes(32) });
const tabletShape = map({ programme: bytes(32), work: bytes(32) });

export interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

/** The two halves of what a passphrase gives. */
export interface Derived {
  readonly auth: Bytes;
  readonly wrap: Bytes;
}

export interface DeskKeys {
  readonly signing: SigningKey;
  readonly reading: ReadingKey;
}

/** First 16 bytes of H(`esik/1/salt` ‖ 00 ‖ PID ‖ staff ‖ kind). */
export async function slotSalt(pid: Uint8Array, staff: Uint8Array, kind: SlotKind): Promise<Bytes> {
  return cut(await sha256(context("esik/1/salt", pid, staff, utf8(kind))), 0, 16);
}

/** Throws `weak_slot` for a cost below the floor or beyond reason. */
export function checkCost({ memory, passes, lanes }: Cost): void {
  const below = memory < COST.memory || passes < COST.passes;
  if (below || lanes !== COST.lanes || memory > CEILING.memory || passes > CEILING.passes) {
    throw new Problem("weak_slot", { memory, passes, lanes });
  }
}

export async function deriveSlot(
  pid: Uint8Array,
  staff: Uint8Array,
  kind: SlotKind,
  passphrase: string,
  cost: Cost,
  derive: Derive,
): Promise<Derived> {
  checkCost(cost);
  const salt = await slotSalt(pid, staff, kind);
  const both = await derive(passphrase.normalize("NFKC"), salt, cost.memory, cost.passes, cost.lanes);
  if (both.length !== 64) throw new RangeError("a derivation has 64 bytes");
  return { auth: cut(both, 0, 32), wrap: cut(both, 32) };
}

/** Throws `malformed`. */
export function readSlot(data: Uint8Array): Slot {
  return slotShape(decodeMap(data), "");
}

export interface DeskSecrets {
  readonly kind: "desk";
  /** PKCS #8. */
  readonly signing: Uint8Array;
  readonly reading: ReadingKey;
}
export interface TabletSecrets {
  readonly kind: "tablet";
  readonly work: ReadingKey;
}

/** The slot's bytes; `wrap` is the second half that `deriveSlot` gave at this cost. */
export async function sealSlot(
  pid: Uint8Array,
  staff: Uint8Array,
  secrets: DeskSecrets | TabletSecrets,
  cost: Cost,
  wrap: Uint8Array,
): Promise<Bytes> {
  checkCost(cost);
  const { kind } = secrets;
  const desk = kind === "desk";
  const keys = desk
    ? [(await SigningKey.fromPkcs8(secrets.signing)).keyId, secrets.reading.keyId]
    : [secrets.work.keyId];
  const plaintext = desk
    ? encode({ programme: pid, signing: secrets.signing, reading: secrets.reading.seed })
    : encode({ programme: pid, work: secrets.work.seed });
  const nonce = randomBytes(12);
  const sealed = await aeadSeal(wrap, nonce, plaintext, slotContext(pid, staff, kind, keys));
  const { memory, passes, lanes } = cost;
  return encode({ v: 1, staff, kind, memory, passes, lanes, nonce, sealed, keys });
}

/** The two keys of a desk slot. Throws `wrong_passphrase`, `slot_mismatch`; that the directory lists them is `Directory.checkSlot`. */
export async function openDeskSlot(
  pid: Uint8Array,
  staff: Uint8Array,
  slot: Slot,
  wrap: Uint8Array,
): Promise<DeskKeys> {
  const secrets = deskShape(decodeMap(await unwrap(pid, staff, slot, wrap, "desk")), "slot");
  const [signing, reading] = await Promise.all([
    SigningKey.fromPkcs8(secrets.signing).catch(() => mismatch("signing")),
    ReadingKey.fromSeed(secrets.reading),
  ]);
  checkKeys(pid, slot, secrets.programme, [signing.keyId, reading.keyId]);
  return { signing, reading };
}

/** The work key of a tablet slot. Throws `wrong_passphrase`, `slot_mismatch`. */
export async function openTabletSlot(
  pid: Uint8Array,
  staff: Uint8Array,
  slot: Slot,
  wrap: Uint8Array,
): Promise<ReadingKey> {
  const secrets = tabletShape(decodeMap(await unwrap(pid, staff, slot, wrap, "tablet")), "slot");
  const work = await ReadingKey.fromSeed(secrets.work);
  checkKeys(pid, slot, secrets.programme, [work.keyId]);
  return work;
}

function slotContext(pid: Uint8Array, staff: Uint8Array, kind: SlotKind, keys: readonly Uint8Array[]): Bytes {
  return concat(context("esik/1/slot", pid, staff, utf8(kind)), NUL, ...keys);
}

async function unwrap(
  pid: Uint8Array,
  staff: Uint8Array,
  slot: Slot,
  wrap: Uint8Array,
  kind: SlotKind,
): Promise<Bytes> {
  checkCost(slot);
  if (slot.kind !== kind || !equal(slot.staff, staff)) mismatch("person");
  const aad = slotContext(pid, staff, kind, slot.keys);
  const plaintext = await aeadOpen(wrap, slot.nonce, slot.sealed, aad);
  if (plaintext === null) throw new Problem("wrong_passphrase");
  return plaintext;
}

function checkKeys(pid: Uint8Array, slot: Slot, programme: Uint8Array, ids: readonly Uint8Array[]): void {
  if (!equal(programme, pid)) mismatch("programme");
  const same = ids.length === slot.keys.length && ids.every((id, at) => equal(id, slot.keys[at] as Bytes));
  if (!same) mismatch("keys");
}

function mismatch(what: string): never {
  throw new Problem("slot_mismatch", { what });
}
