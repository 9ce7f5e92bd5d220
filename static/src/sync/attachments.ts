/**
 * Attachments (PROTOCOL 3.5): a picture, a signature, a sound or a file, in chunks that only one part can open.
 *
 * A part's payload lists `attachments: [{name, type, length, chunks: [{id, key}]}]` for its own audience; the entry's
 * manifest has the chunks' ids and sizes alone, sorted by id. Whoever holds the part opens its attachments and no others.
 */
import { type Bytes, concat, equal } from "./bytes.ts";
import { CHUNK, openChunk, type SealedChunk, sealChunk } from "./chunk.ts";
import { b64, sha256, unb64 } from "./ids.ts";
import type { JsonMap } from "./json.ts";
import { padme } from "./part.ts";
import { Problem } from "./problems.ts";

/** Bytes of an attachment. */
export const LARGEST = 64 * 1024 * 1024;
/** Attachments of a part: a stolen tablet must not keep a desk busy with a list. */
const MOST = 1000;
const NAME = /^[0-9a-f]{16}\.[a-z0-9]{1,5}$/;
const TYPE = /^[a-z]{1,20}\/[a-z0-9][a-z0-9.+-]{0,99}$/;

/** A chunk as its part lists it. */
export interface ChunkRef {
  readonly id: Bytes;
  readonly key: Bytes;
}

/** An attachment as its part lists it. `name` is random and ends as its `type` does; `length` in bytes. */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly length: number;
  readonly chunks: readonly ChunkRef[];
}

/** What the part lists, and the chunks in order. */
export interface SealedAttachment {
  readonly listed: Attachment;
  readonly chunks: readonly SealedChunk[];
}

/** How many chunks so many bytes take. */
export function chunkCount(length: number): number {
  return Math.ceil(length / CHUNK);
}

/**
 * Seals an attachment of the submission `item`; `piece(index)` gives its bytes chunk by chunk, so that a long one is not
 * in memory twice. Throws `too_large`, `malformed` for a name, type or piece out of form.
 */
export async function sealAttachment(
  pid: Uint8Array,
  item: Uint8Array,
  { name, type, length }: { readonly name: string; readonly type: string; readonly length: number },
  piece: (index: number) => Promise<Uint8Array>,
): Promise<SealedAttachment> {
  if (length > LARGEST) throw new Problem("too_large", { size: length, limit: LARGEST });
  if (length < 1 || !NAME.test(name) || !TYPE.test(type)) malformed();
  const count = chunkCount(length);
  const chunks: SealedChunk[] = [];
  for (let index = 0; index < count; index++) {
    const bytes = await piece(index);
    if (bytes.length !== Math.min(CHUNK, length - index * CHUNK)) malformed();
    chunks.push(await sealChunk(pid, item, index, count, bytes));
  }
  return { listed: { name, type, length, chunks: chunks.map(({ id, key }) => ({ id, key })) }, chunks };
}

/** The payload as it is sealed: with the list of its attachments, if it has any. */
export function withAttachments(payload: JsonMap, attached: readonly SealedAttachment[]): JsonMap {
  if (attached.length === 0) return payload;
  const attachments = attached.map(({ listed: { name, type, length, chunks } }) => ({
    name,
    type,
    length,
    chunks: chunks.map(({ id, key }) => ({ id: b64(id), key: b64(key) })),
  }));
  return { ...payload, attachments };
}

/** What an opened payload lists; nothing when it lists nothing. Throws `malformed`. */
export function readAttachments(payload: Readonly<Record<string, unknown>>): Attachment[] {
  const listed = payload["attachments"] ?? [];
  if (payload["attachments"] === null || !Array.isArray(listed) || listed.length > MOST) malformed();
  const found = listed.map(readOne);
  if (new Set(found.map((one) => one.name)).size !== found.length) malformed();
  return found;
}

/**
 * The bytes of an attachment. `sizeOf` says how long an object is that the entry names, `fetch` brings it. Throws
 * `bad_binding` for a chunk that the entry does not name, `hash_differs`, `bad_ciphertext`, `bad_padding`.
 */
export async function openAttachment(
  pid: Uint8Array,
  item: Uint8Array,
  attachment: Attachment,
  sizeOf: (id: Uint8Array) => number | undefined,
  fetch: (id: Uint8Array) => Promise<Uint8Array>,
): Promise<Bytes> {
  const { length, chunks } = attachment;
  const pieces: Bytes[] = [];
  for (const [index, { id, key }] of chunks.entries()) {
    const size = sizeOf(id);
    if (size === undefined) throw new Problem("bad_binding", { reason: "manifest" });
    const chunk = await fetch(id);
    if (chunk.length !== size || !equal(await sha256(chunk), id)) throw new Problem("hash_differs");
    const padded = await openChunk(pid, item, index, chunks.length, chunk, key);
    const own = Math.min(CHUNK, length - index * CHUNK);
    const whole = index === chunks.length - 1 ? Math.min(padme(own), CHUNK) : CHUNK;
    if (padded.length !== whole || padded.subarray(own).some((byte) => byte !== 0)) throw new Problem("bad_padding");
    pieces.push(padded.subarray(0, own));
  }
  return concat(...pieces);
}

function readOne(value: unknown): Attachment {
  const { name, type, length, chunks } = fieldsOf(value);
  if (typeof name !== "string" || !NAME.test(name)) malformed();
  if (typeof type !== "string" || !TYPE.test(type)) malformed();
  if (typeof length !== "number" || !Number.isSafeInteger(length) || length < 1 || length > LARGEST) malformed();
  if (!Array.isArray(chunks) || chunks.length !== chunkCount(length)) malformed();
  return { name, type, length, chunks: chunks.map(readRef) };
}

function readRef(value: unknown): ChunkRef {
  const { id, key } = fieldsOf(value);
  return { id: thirtyTwo(id), key: thirtyTwo(key) };
}

function thirtyTwo(text: unknown): Bytes {
  const bytes = typeof text === "string" ? unb64(text) : malformed();
  return bytes.length === 32 ? bytes : malformed();
}

function fieldsOf(value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) malformed();
  return value as Record<string, unknown>;
}

function malformed(): never {
  throw new Problem("malformed", { reason: "attachments" });
}
