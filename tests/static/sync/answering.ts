/**
 * The TypeScript protocol behind questions in JSON, so that Python can have things sealed and opened here, in Node and in
 * a page alike. Bytes are base64url; an answer is `{is}` or `{problem}`.
 */
import {
  openAttachment,
  readAttachments,
  sealAttachment,
  withAttachments,
} from "../../../static/src/sync/attachments.ts";
import type { Bytes } from "../../../static/src/sync/bytes.ts";
import { CHUNK, openChunk, sealChunk } from "../../../static/src/sync/chunk.ts";
import { Directory } from "../../../static/src/sync/directory.ts";
import { readEntry, type Signed, verifyEntry, writeEntry } from "../../../static/src/sync/entry.ts";
import { openGrant, sealGrant } from "../../../static/src/sync/grant.ts";
import { IdMap } from "../../../static/src/sync/idmap.ts";
import { b64, hex, sha256, unb64 } from "../../../static/src/sync/ids.ts";
import { encodeJson, type JsonMap, plaintextJson } from "../../../static/src/sync/json.ts";
import { forceJavaScriptKem, kem } from "../../../static/src/sync/kem.ts";
import { ReadingKey, SigningKey } from "../../../static/src/sync/keys.ts";
import { readLink, writeLink } from "../../../static/src/sync/link.ts";
import { emptyLog } from "../../../static/src/sync/log.ts";
import { openSubmission } from "../../../static/src/sync/opening.ts";
import { openPart, sealPart } from "../../../static/src/sync/part.ts";
import { CODES, Problem } from "../../../static/src/sync/problems.ts";
import { sealSubmission } from "../../../static/src/sync/seal.ts";
import { openDeskSlot, openTabletSlot, readSlot, sealSlot } from "../../../static/src/sync/slot.ts";
import { verifyHead, verifyReceipt, writeHead, writeReceipt } from "../../../static/src/sync/statement.ts";
import { decodeMap, encode } from "../../../static/src/sync/wire.ts";
import {
  AEAD_AES_256_GCM,
  AEAD_ChaCha20Poly1305,
  CipherSuite,
  KDF_HKDF_SHA256,
  KEM_DHKEM_P256_HKDF_SHA256,
  KEM_DHKEM_X25519_HKDF_SHA256,
} from "./libraries.js";
import { tell } from "./story.ts";

/** Texts are base64url of bytes, but for the few that are words. */
export type Question = { do: string } & Record<string, string> & {
    payload?: JsonMap;
    payloads?: Record<string, JsonMap>;
    chain?: { bytes: string; signature: string }[];
    parts?: string[];
    seeds?: string[];
  };

// What the published vectors use beside X-Wing and AES-256-GCM; every one of them shares a half of the suite in use.
const KEMS: Record<string, unknown> = {
  16: KEM_DHKEM_P256_HKDF_SHA256,
  32: KEM_DHKEM_X25519_HKDF_SHA256,
};
const AEADS: Record<string, unknown> = { 2: AEAD_AES_256_GCM, 3: AEAD_ChaCha20Poly1305 };

const COST = { memory: 65_536, passes: 3, lanes: 1 };

/** Something to compare: byte arrays as base64url, all else as it is. */
export function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return b64(value);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}

const signedOf = (question: Question): Signed => ({
  bytes: unb64(question["bytes"] as string),
  signature: unb64(question["signature"] as string),
});

/** Every question: takes bytes by name (`take("pid")`), gives what `plain` can write. */
const ANSWERS: Record<string, (take: (name: string) => Bytes, question: Question) => Promise<unknown>> = {
  async kem() {
    return (await kem()).kind;
  },
  async "force the JavaScript KEM"() {
    forceJavaScriptKem();
  },
  async codes() {
    return CODES;
  },
  async "published HPKE vector"(take, { kem_id, aead_id }) {
    const factory = KEMS[kem_id as string];
    const suite = new CipherSuite(factory ?? (await kem()).factory, KDF_HKDF_SHA256, AEADS[aead_id as string]);
    const key = await suite.DeserializePrivateKey(take("skRm"), false);
    return suite.Open(key, take("enc"), take("ct"), { info: take("info"), aad: take("aad") });
  },
  async "decode wire"(take) {
    return hex(encode(decodeMap(take("data"))));
  },
  async "decode json"(take) {
    return plaintextJson(take("data"));
  },
  async "public of seed"(take) {
    return (await ReadingKey.fromSeed(take("seed"))).public;
  },
  async "seal part"(take, { audience, payload }) {
    const ids = { log: take("log"), item: take("item"), form: take("form"), key: take("key") };
    const plaintext = encodeJson(payload as JsonMap);
    return sealPart(take("pid"), { ...ids, audience: audience as string, plaintext, bucket: 8192 });
  },
  async "open part"(take) {
    return openPart(take("pid"), take("part"), await ReadingKey.fromSeed(take("seed")));
  },
  async "seal chunk"(take) {
    return sealChunk(take("pid"), take("item"), 1, 2, take("plaintext"));
  },
  async "open chunk"(take) {
    return openChunk(take("pid"), take("item"), 1, 2, take("chunk"), take("key"));
  },
  async "seal attachment"(take, { name, type }) {
    const data = take("plaintext");
    const about = { name: name as string, type: type as string, length: data.length };
    const piece = async (at: number): Promise<Bytes> => data.slice(at * CHUNK, (at + 1) * CHUNK);
    const sealed = await sealAttachment(take("pid"), take("item"), about, piece);
    return { payload: withAttachments({}, [sealed]), chunks: sealed.chunks.map((one) => one.bytes) };
  },
  async "open attachment"(take, { payload, parts }) {
    const chunks = new IdMap<Uint8Array>();
    for (const one of parts ?? []) chunks.set(await sha256(unb64(one)), unb64(one));
    const [listed] = readAttachments(payload as JsonMap);
    if (!listed) throw new Error("nothing is listed");
    const found = (id: Uint8Array): Uint8Array => chunks.get(id) as Uint8Array;
    return openAttachment(
      take("pid"),
      take("item"),
      listed,
      (id) => found(id).length,
      async (id) => found(id),
    );
  },
  async "seal grant"(take, { audience }) {
    const key = await ReadingKey.fromSeed(take("seed"));
    return sealGrant(take("pid"), audience as string, 7, key, take("reader"));
  },
  async "open grant"(take, { audience }) {
    const reader = await ReadingKey.fromSeed(take("seed"));
    return (await openGrant(take("pid"), audience as string, 7, take("audience_key"), reader, take("object"))).seed;
  },
  async "seal desk slot"(take) {
    const reading = await ReadingKey.fromSeed(take("reading"));
    const secrets = { kind: "desk", signing: take("signing"), reading } as const;
    return sealSlot(take("pid"), take("staff"), secrets, COST, take("wrap"));
  },
  async "open desk slot"(take) {
    const { signing, reading } = await openDeskSlot(take("pid"), take("staff"), readSlot(take("slot")), take("wrap"));
    return { signing: signing.public, reading: reading.seed };
  },
  async "seal tablet slot"(take) {
    const secrets = { kind: "tablet", work: await ReadingKey.fromSeed(take("work")) } as const;
    return sealSlot(take("pid"), take("staff"), secrets, COST, take("wrap"));
  },
  async "open tablet slot"(take) {
    return (await openTabletSlot(take("pid"), take("staff"), readSlot(take("slot")), take("wrap"))).seed;
  },
  async "write entry"(take) {
    const key = await SigningKey.fromPkcs8(take("signing"));
    const directory = { seq: 3, hash: take("hash") };
    const body = { of: take("hash"), words: "Сәлем", many: [1, -1, 2 ** 40, null, true] };
    const place = { log: take("log"), seq: 2, prev: take("hash"), kind: "note", time: 1_700_000_000_000, offset: -7 };
    return writeEntry(take("pid"), key, { ...place, directory, body });
  },
  async "read entry"(take, question) {
    const signed = signedOf(question);
    if (!(await verifyEntry(take("public"), take("pid"), signed))) throw new Problem("bad_signature");
    return readEntry(signed.bytes);
  },
  async "write receipt"(take) {
    const key = await SigningKey.fromPkcs8(take("signing"));
    const place = { log: take("log"), seq: 4, hash: take("hash"), contiguous: 3, time: 1_700_000_000_000 };
    return writeReceipt(take("pid"), key, { store: key.keyId, ...place, directory: { seq: 9, hash: take("hash") } });
  },
  async "read receipt"(take, question) {
    const stores = { store: () => ({ key: take("public"), role: "centre" as const }) };
    return verifyReceipt(take("pid"), stores, signedOf(question));
  },
  async "write head"(take) {
    const key = await SigningKey.fromPkcs8(take("signing"));
    const place = {
      log: take("log"),
      seq: 4,
      hash: take("hash"),
      time: 1_700_000_000_000,
      release: "0123456789abcdef",
    };
    const epochs = [{ audience: "medical", epoch: 2 }];
    const drafts = [{ form: take("hash"), count: 1 }];
    const directory = { seq: 9, hash: take("hash") };
    return writeHead(take("pid"), key, { ...place, directory, epochs, ready: true, drafts });
  },
  async "read head"(take, question) {
    return verifyHead(take("pid"), take("public"), signedOf(question));
  },
  async "write link"(take) {
    return writeLink(take("pid"), { seq: 5, hash: take("hash") }, take("invitation"));
  },
  async "read link"(_take, { fragment }) {
    return readLink(fragment as string);
  },
  async story(_take, { origin, fragment, payloads, signing, reading }) {
    const reviewer = { signing: signing as string, reading: reading as string };
    return tell(origin as string, fragment as string, payloads ?? {}, reviewer);
  },
  async "seal submission"(take, { chain, payloads }) {
    const directory = await Directory.read(take("pid"), (chain ?? []).map(unsigned));
    const key = await SigningKey.fromPkcs8(take("signing"));
    const writer = { key, log: emptyLog(take("log")), time: 1_700_000_000_000, offset: null };
    const input = { version: take("version"), submission: take("submission"), payloads: payloads ?? {} };
    return sealSubmission(directory, writer, input);
  },
  async "open submission"(take, question) {
    const directory = await Directory.read(take("pid"), (question.chain ?? []).map(unsigned));
    const keys = new IdMap<ReadingKey>();
    for (const seed of question.seeds ?? []) {
      const key = await ReadingKey.fromSeed(unb64(seed));
      keys.set(key.keyId, key);
    }
    const parts = new IdMap<Bytes>();
    for (const part of (question.parts ?? []).map(unb64)) parts.set(await sha256(part), part);
    return openSubmission(directory, signedOf(question), parts, keys);
  },
};

function unsigned(one: { bytes: string; signature: string }): Signed {
  return { bytes: unb64(one.bytes), signature: unb64(one.signature) };
}

export async function answer(question: Question): Promise<unknown> {
  const answering = ANSWERS[question.do];
  if (!answering) throw new Error(`nobody answers ${question.do}`);
  try {
    return { is: plain((await answering((name) => unb64(question[name] as string), question)) ?? null) };
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    return { problem: problem.code };
  }
}
