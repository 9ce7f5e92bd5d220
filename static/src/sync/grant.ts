/** A grant: an audience's seed sealed to one reader (PROTOCOL 2.4). */
import { type Bytes, equal, NUL, u32, utf8 } from "./bytes.ts";
import { context, hpkeSeal, keyId, ReadingKey } from "./keys.ts";
import { Problem } from "./problems.ts";

async function bound(
  pid: Uint8Array,
  audience: string,
  epoch: number,
  audienceKeyId: Uint8Array,
  readerKeyId: Uint8Array,
): Promise<Bytes> {
  return context("esik/1/grant", pid, utf8(audience), NUL, u32(epoch), audienceKeyId, readerKeyId);
}

/** The grant object: `audienceKey` made readable to the holder of `reader` (1,216 public bytes). */
export async function sealGrant(
  pid: Uint8Array,
  audience: string,
  epoch: number,
  audienceKey: ReadingKey,
  reader: Uint8Array,
): Promise<Bytes> {
  const info = await bound(pid, audience, epoch, audienceKey.keyId, await keyId(reader));
  return hpkeSeal(reader, info, audienceKey.seed);
}

/**
 * The audience's key out of a grant object. `listed` is the public key that the directory's `audience` entry names: a
 * grant with another seed would make a reader seal and trust under somebody else's key. Throws `bad_key`, `swapped_key`.
 */
export async function openGrant(
  pid: Uint8Array,
  audience: string,
  epoch: number,
  listed: Uint8Array,
  reader: ReadingKey,
  object: Uint8Array,
): Promise<ReadingKey> {
  const seed = await reader.open(await bound(pid, audience, epoch, await keyId(listed), reader.keyId), object);
  if (seed?.length !== 32) throw new Problem("bad_key", { audience, epoch });
  const key = await ReadingKey.fromSeed(seed);
  if (!equal(key.public, listed)) throw new Problem("swapped_key", { audience, epoch });
  return key;
}
