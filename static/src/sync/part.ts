/**
 * A part: one sealed piece for one audience (PROTOCOL 3.1-3.3).
 *
 *   u16 header length ‖ header JSON ‖ wrapped content key (1,168) ‖ ciphertext ‖ tag
 *
 * Binding: the header bytes are the HPKE `info` and the AAD, so a part moved to another log, item, form or audience does
 * not open. `commit` is checked before decrypting: without it one AES-GCM ciphertext can open in two ways under two keys.
 */
import { type Bytes, concat, cut, equal, readU16, readU32, u16, u32, utf8 } from "./bytes.ts";
import { b64, unb64 } from "./ids.ts";
import { headerJson, type JsonMap, plaintextJson } from "./json.ts";
import { AEAD_TAG, aeadOpen, aeadSeal, context, hpkeSeal, keyId, type ReadingKey, sha256, WRAPPED } from "./keys.ts";
import { Problem } from "./problems.ts";
import { randomBytes } from "./randomness.ts";

export const BUCKETS = [4, 8, 16, 32, 64].map((kib) => kib * 1024);
export const MAX_PART = 1024 * 1024;
/** A content key seals exactly once, so its nonce may be constant. */
export const ZERO_NONCE = new Uint8Array(12);

/** `medical`, or `people@<site>`. */
export const AUDIENCE = /^[a-z]+(@[a-z0-9]+(-[a-z0-9]+)*)?$/;

export interface PartHeader {
  readonly log: Bytes;
  readonly item: Bytes;
  readonly form: Bytes | null;
  readonly audience: string;
  /** Key id of the audience's epoch. */
  readonly key: Bytes;
  readonly commit: Bytes;
  /** As they stand in the part: what context is made of. */
  readonly bytes: Bytes;
}

/** The padded length of a JSON of `length` bytes (4 more are its prefix) where the form's bucket is `least`. */
export function bucketFor(length: number, least = 0): number {
  const whole = length + 4;
  return BUCKETS.find((bucket) => bucket >= Math.max(whole, least)) ?? padme(whole);
}

/** Whether a padded plaintext may have this length. */
export function isBucket(padded: number): boolean {
  return BUCKETS.includes(padded) || (padded > (BUCKETS.at(-1) as number) && padme(padded) === padded);
}

/** Padmé (PURBs, Nikitin et al. 2019, §4): the length leaks O(log log) bits at ≤ 12 % cost. */
export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const step = 2 ** (exponent - (Math.floor(Math.log2(exponent)) + 1));
  return Math.ceil(length / Math.max(step, 1)) * Math.max(step, 1);
}

export interface PartInput {
  readonly log: Uint8Array;
  readonly item: Uint8Array;
  readonly form: Uint8Array | null;
  readonly audience: string;
  /** The public key of the audience's current epoch. */
  readonly key: Uint8Array;
  /** UTF-8 JSON. */
  readonly plaintext: Uint8Array;
  /** The form version's bucket for this audience; null takes the smallest that fits. */
  readonly bucket: number | null;
}

/** A sealed part under a fresh content key. Throws `too_large` above 1 MiB. */
export async function sealPart(pid: Uint8Array, input: PartInput): Promise<Bytes> {
  const contentKey = randomBytes(32);
  const key = await keyId(input.key);
  const header = headerBytes({ ...input, key, commit: await commitment(contentKey) });
  const bound = context("esik/1/part", pid, header);
  const wrapped = await hpkeSeal(input.key, bound, contentKey);
  const sealed = await aeadSeal(contentKey, ZERO_NONCE, pad(input.plaintext, input.bucket), bound);
  const part = concat(u16(header.length), header, wrapped, sealed);
  if (part.length > MAX_PART) throw new Problem("too_large", { size: part.length, limit: MAX_PART });
  return part;
}

type HeaderFields = Record<"log" | "item" | "key" | "commit", Uint8Array> & {
  readonly form: Uint8Array | null;
  readonly audience: string;
};

/** The one form of a header: these keys in this order, no spaces. */
function headerBytes({ log, item, form, audience, key, commit }: HeaderFields): Bytes {
  const ids = { v: 1, log: b64(log), item: b64(item), form: form && b64(form) };
  return utf8(JSON.stringify({ ...ids, audience, key: b64(key), commit: b64(commit) }));
}

/** The header of a part; `bad_part` when it is not of the one form. Says nothing about whether it is true. */
export function readHeader(part: Uint8Array): PartHeader {
  const length = part.length < 2 ? 0 : readU16(part);
  const bytes = cut(part, 2, 2 + length);
  try {
    const header = headerJson(bytes);
    const id = (name: string, size: number): Bytes => {
      const value = unb64(String(header[name]));
      return value.length === size ? value : badPart(name);
    };
    const form = header["form"] === null ? null : id("form", 32);
    const audience = String(header["audience"]);
    const ids = { log: id("log", 40), item: id("item", 16), key: id("key", 32), commit: id("commit", 32) };
    const fields = { ...ids, form, audience };
    if (!AUDIENCE.test(audience) || bytes.length !== length || !equal(headerBytes(fields), bytes)) badPart("header");
    return { ...fields, bytes };
  } catch (cause) {
    throw new Problem("bad_part", { reason: "header" }, { cause });
  }
}

/** What a store can see: header, lengths, a size that is a bucket. Throws `bad_part`. */
export function checkFraming(part: Uint8Array): PartHeader {
  const header = readHeader(part);
  const padded = part.length - 2 - header.bytes.length - WRAPPED - AEAD_TAG;
  return part.length <= MAX_PART && isBucket(padded) ? header : badPart("size");
}

/**
 * Steps 7 and 8 of Opening: unwrap, commit, decrypt, padding, JSON. Throws `bad_part`, `not_for_you`, `bad_key`, `bad_commit`,
 * `bad_ciphertext`, `bad_padding`, `malformed`. Only opening.ts may call what comes out somebody's answers.
 */
export async function openPart(pid: Uint8Array, part: Uint8Array, key: ReadingKey): Promise<JsonMap> {
  return plaintextJson(unpad(await decryptPart(pid, part, key)));
}

/** Step 7: the padded plaintext. */
export async function decryptPart(pid: Uint8Array, part: Uint8Array, key: ReadingKey): Promise<Bytes> {
  const header = checkFraming(part);
  if (!equal(header.key, key.keyId)) throw new Problem("not_for_you", { audience: header.audience });
  const bound = context("esik/1/part", pid, header.bytes);
  const from = 2 + header.bytes.length;
  const contentKey = await key.open(bound, cut(part, from, from + WRAPPED));
  if (contentKey === null) throw new Problem("bad_key");
  if (!equal(await commitment(contentKey), header.commit)) throw new Problem("bad_commit");
  const padded = await aeadOpen(contentKey, ZERO_NONCE, cut(part, from + WRAPPED), bound);
  if (padded === null) throw new Problem("bad_ciphertext");
  return padded;
}

function commitment(contentKey: Uint8Array): Promise<Bytes> {
  return sha256(context("esik/1/commit", contentKey));
}

function pad(plaintext: Uint8Array, bucket: number | null): Bytes {
  const size = bucketFor(plaintext.length, bucket ?? 0);
  return concat(u32(plaintext.length), plaintext, new Uint8Array(size - 4 - plaintext.length));
}

/** The JSON inside; `bad_padding` for anything but zeros after it, or a total that is no bucket. */
export function unpad(padded: Uint8Array): Bytes {
  const end = padded.length < 4 ? Number.POSITIVE_INFINITY : 4 + readU32(padded);
  if (end > padded.length || !isBucket(padded.length) || padded.subarray(end).some((byte) => byte !== 0))
    throw new Problem("bad_padding");
  return cut(padded, 4, end);
}

function badPart(reason: string): never {
  throw new Problem("bad_part", { reason });
}
