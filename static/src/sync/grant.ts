/** A grant: an audience's seed sealed to one reader (PROTOCOL 2.4). */
import { type Bytes, equal, NUL, u32, utf8 } from "./bytes.ts";
import { context, hpkeSeal, keyId, ReadingKey } from "./keys.ts";
import { Problem } from "./problems.ts";

function bound(
  pid: Uint8Array,
  audience: string,
  epoch: number,
  audienceKeyId: Uint8Array,
  readerKeyId: Uint8Array,
): Bytes {
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
  const info = bound(pid, audience, epoch, audienceKey.keyId, await keyId(reader));
  return hpkeSeal(reader, info, audienceKey.seed);
}

/**
 * The audience's key out of a grant object. `audienceKey` is the key id in the directory's `audience` entry: a grant with
 * another seed would make readers trust what somebody else can open. Throws `bad_key`, `swapped_key`.
 */
export async function openGrant(
  pid: Uint8Array,
  audience: string,
  epoch: number,
  audienceKey: Uint8Array,
  reader: ReadingKey,
  object: Uint8Array,
): Promise<ReadingKey> {
  const seed = await reader.open(bound(pid, audience, epoch, audienceKey, reader.keyId), object);
  if (seed?.length !== 32) throw new Problem("bad_key", { audience, epoch });
  const key = await ReadingKey.fromSeed(seed);
  if (!equal(key.keyId, audienceKey)) throw new Problem("swapped_key", { audience, epoch });
  return key;
}
