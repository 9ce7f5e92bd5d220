/** Attachment chunks: at most 960 KiB each, under keys of their own that only the part lists (PROTOCOL 3.5). */
import { type Bytes, concat, cut, u32 } from "./bytes.ts";
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

/** An attachment's bytes in sealed chunks, in order; the last is padded with zeros by Padmé. */
export async function sealChunks(pid: Uint8Array, item: Uint8Array, data: Uint8Array): Promise<SealedChunk[]> {
  const count = Math.max(1, Math.ceil(data.length / CHUNK));
  const chunks: SealedChunk[] = [];
  for (let index = 0; index < count; index++) {
    const piece = cut(data, index * CHUNK, (index + 1) * CHUNK);
    const size = index < count - 1 ? CHUNK : Math.min(CHUNK, padme(piece.length));
    const key = randomBytes(32);
    const padded = concat(piece, new Uint8Array(size - piece.length));
    const bytes = await aeadSeal(key, ZERO_NONCE, padded, bound(pid, item, index, count));
    chunks.push({ id: await sha256(bytes), key, bytes });
  }
  return chunks;
}

/** One chunk's plaintext, padding included: `length` in the part says where the attachment ends. Throws `bad_ciphertext`. */
export async function openChunk(
  pid: Uint8Array,
  item: Uint8Array,
  index: number,
  count: number,
  key: Uint8Array,
  chunk: Uint8Array,
): Promise<Bytes> {
  const plaintext = await aeadOpen(key, ZERO_NONCE, chunk, bound(pid, item, index, count));
  if (plaintext === null) throw new Problem("bad_ciphertext", { index });
  return plaintext;
}
