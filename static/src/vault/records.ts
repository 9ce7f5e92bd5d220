/**
 * Records at rest (PROTOCOL 2.1): a key wrapped for its readers by HPKE, and JSON under that key.
 * A record is `nonce(12, random) ‖ AES-256-GCM`; the AAD names store and record key, so that a thief who writes to the
 * disk cannot put one record in another's place.
 */
import { type Bytes, concat, cut, NUL, utf8 } from "../sync/bytes.ts";
import { encodeJson, type Json } from "../sync/json.ts";
import { aeadOpen, aeadSeal, context, hpkeSeal, keyId, type ReadingKey } from "../sync/keys.ts";
import { randomBytes } from "../sync/randomness.ts";
import { vaultProblem } from "./problems.ts";

const decoder = new TextDecoder("utf-8", { fatal: true });

function recordAad(pid: Uint8Array, store: string, key: string): Bytes {
  return concat(context("esik/1/record", pid, utf8(store)), NUL, utf8(key));
}

/** The record of `value` in `store` under its record key. */
export function sealRecord(
  pid: Uint8Array,
  under: CryptoKey,
  store: string,
  key: string,
  value: unknown,
): Promise<Bytes> {
  return sealBytes(pid, under, store, key, encodeJson(value as Json));
}

/** A record of bytes. */
export async function sealBytes(
  pid: Uint8Array,
  under: CryptoKey,
  store: string,
  key: string,
  plaintext: Uint8Array,
): Promise<Bytes> {
  const nonce = randomBytes(12);
  return concat(nonce, await aeadSeal(under, nonce, plaintext, recordAad(pid, store, key)));
}

/** Throws `broken_record` if anything was changed or moved. */
export async function openRecord<T>(
  pid: Uint8Array,
  under: CryptoKey,
  store: string,
  key: string,
  record: Uint8Array,
): Promise<T> {
  return JSON.parse(decoder.decode(await openBytes(pid, under, store, key, record))) as T;
}

/** Throws `broken_record` if anything was changed or moved. */
export async function openBytes(
  pid: Uint8Array,
  under: CryptoKey,
  store: string,
  key: string,
  record: Uint8Array,
): Promise<Bytes> {
  const plaintext = await aeadOpen(under, cut(record, 0, 12), cut(record, 12), recordAad(pid, store, key));
  if (plaintext === null) throw vaultProblem("broken_record", { store });
  return plaintext;
}

function vaultInfo(pid: Uint8Array, reader: Uint8Array): Bytes {
  return context("esik/1/vault", pid, reader);
}

function draftInfo(pid: Uint8Array, submission: Uint8Array, reader: Uint8Array): Bytes {
  return context("esik/1/draft", pid, submission, reader);
}

/** The vault key for one work key (its public 1,216 bytes). */
export async function wrapVaultKey(pid: Uint8Array, work: Uint8Array, vaultKey: Uint8Array): Promise<Bytes> {
  return hpkeSeal(work, vaultInfo(pid, await keyId(work)), vaultKey);
}

/** 32 bytes. Throws `broken_record`. */
export async function unwrapVaultKey(pid: Uint8Array, work: ReadingKey, wrapped: Uint8Array): Promise<Bytes> {
  return thirtyTwo(await work.open(vaultInfo(pid, work.keyId), wrapped), "vaultKeys");
}

/** A draft's key for each reader (public keys): its author's work key, and recovery. */
export async function wrapDraftKey(
  pid: Uint8Array,
  submission: Uint8Array,
  readers: readonly Uint8Array[],
  draftKey: Uint8Array,
): Promise<{ reader: Bytes; sealed: Bytes }[]> {
  return Promise.all(
    readers.map(async (reader) => {
      const id = await keyId(reader);
      return { reader: id, sealed: await hpkeSeal(reader, draftInfo(pid, submission, id), draftKey) };
    }),
  );
}

/** 32 bytes. Throws `broken_record`. */
export async function unwrapDraftKey(
  pid: Uint8Array,
  submission: Uint8Array,
  reader: ReadingKey,
  wrapped: Uint8Array,
): Promise<Bytes> {
  return thirtyTwo(await reader.open(draftInfo(pid, submission, reader.keyId), wrapped), "drafts");
}

function thirtyTwo(key: Bytes | null, store: string): Bytes {
  if (key?.length !== 32) throw vaultProblem("broken_record", { store });
  return key;
}
