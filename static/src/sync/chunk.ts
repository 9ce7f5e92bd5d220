/** Attachment chunks: at most 960 KiB each, under keys of their own that only the part lists (PROTOCOL 3.5). */
import { type Bytes, concat, u32 } from "./bytes.ts";
import { sha256 } from "./ids.ts";
import { aeadOpen, aeadSeal, context } from "./keys.ts";
import { padme, ZERO_NONCE } from "./part.ts";
import { Problem } from "./problems.ts";
import { randomBytes } from "./randomness.ts";

export const CHUNK = 960 * 1024;

export interface SealedChunk {
  readonly id: Bytes;
  readonly key: Bytes;
  readonly bytes: Bytes;
}

const bound = (pid: Uint8Array, item: Uint8Array, index: number, count: number): Bytes =>
  context("esik/1/chunk", pid, item, u32(index), u32(count));

/** Chunk `index` of `count`; the last is padded with zeros by Padmé. Throws `too_large`. */
export async function sealChunk(
  pid: Uint8Array,
  item: Uint8Array,
  index: number,
  count: number,
  plaintext: Uint8Array,
): Promise<SealedChunk> {
  if (plaintext.length > CHUNK) throw new Problem("too_large", { size: plaintext.length, limit: CHUNK });
  const size = index === count - 1 ? Math.min(CHUNK, padme(plaintext.length)) : plaintext.length;
  const key = randomBytes(32);
  const padded = concat(plaintext, new Uint8Array(size - plaintext.length));
  const bytes = await aeadSeal(key, ZERO_NONCE, padded, bound(pid, item, index, count));
  return { id: await sha256(bytes), key, bytes };
}

/** One chunk's plaintext, padding included: `length` in the part says where the attachment ends. Throws `bad_ciphertext`. */
export async function openChunk(
  pid: Uint8Array,
  item: Uint8Array,
  index: number,
  count: number,
  chunk: Uint8Array,
  key: Uint8Array,
): Promise<Bytes> {
  const plaintext = await aeadOpen(key, ZERO_NONCE, chunk, bound(pid, item, index, count));
  if (plaintext === null) throw new Problem("bad_ciphertext", { index });
  return plaintext;
}
