/**
 * Runs one vector of sync/vectors, in Node and in a page alike. A topic is a function from `given` to what `expect` says
 * part of, or to a Problem. `complaint` is null when the vector holds.
 */
import { openAttachment, readAttachments } from "../../../static/src/sync/attachments.ts";
import { readBundle } from "../../../static/src/sync/bundle.ts";
import type { Bytes } from "../../../static/src/sync/bytes.ts";
import { openChunk } from "../../../static/src/sync/chunk.ts";
import { entryHash, namedObjects, readEntry, verifyEntry } from "../../../static/src/sync/entry.ts";
import { openGrant } from "../../../static/src/sync/grant.ts";
import {
  b64,
  deviceDigits,
  digits25,
  directoryLog,
  hex,
  personDigits,
  sha256,
  unb64,
} from "../../../static/src/sync/ids.ts";
import { plaintextJson } from "../../../static/src/sync/json.ts";
import { keyId, ReadingKey } from "../../../static/src/sync/keys.ts";
import { readLink } from "../../../static/src/sync/link.ts";
import { checkChain } from "../../../static/src/sync/log.ts";
import { bucketFor, openPart, padme, readHeader } from "../../../static/src/sync/part.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { readShortCode, readShortHead, verifyShortHead, writeShortCode } from "../../../static/src/sync/short-head.ts";
import {
  type Derive,
  deriveSlot,
  openDeskSlot,
  openTabletSlot,
  readSlot,
  slotSalt,
} from "../../../static/src/sync/slot.ts";
import { readHead, verifyHead, verifyReceipt } from "../../../static/src/sync/statement.ts";
import { decodeMap, encode, type Value } from "../../../static/src/sync/wire.ts";
import { argon2id } from "./libraries.js";
import { chainTopics } from "./running-chains.ts";

export interface Vector {
  readonly about: string;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes
  readonly given: any;
  readonly expect?: unknown;
  readonly problem?: string | undefined;
  readonly [more: string]: unknown;
}
/** sync/vectors/arrival.json. */
export interface Arrival {
  readonly programme: string;
  readonly directory: readonly { readonly bytes: string; readonly signature: string }[];
  readonly reading: Readonly<Record<string, { readonly seed: string }>>;
}
export type Topic = (given: Vector["given"], vector: Vector, arrival: Arrival) => Promise<unknown>;

export const unhex = (text: string): Bytes =>
  Uint8Array.from(text.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

/** JSON that keeps bytes apart from text: {"hex": …}. */
export function tagged(value: unknown): unknown {
  if (value instanceof Uint8Array) return { hex: hex(value) };
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, tagged(one)]));
}

export function untagged(value: unknown): Value {
  if (Array.isArray(value)) return value.map(untagged);
  if (typeof value !== "object" || value === null) return value as Value;
  const fields = Object.entries(value);
  if (fields.length === 1 && fields[0]?.[0] === "hex") return unhex(fields[0][1]);
  return Object.fromEntries(fields.map(([key, one]) => [key, untagged(one)]));
}

const derive: Derive = (password, salt, memorySize, iterations, parallelism) =>
  argon2id({ password, salt, memorySize, iterations, parallelism, hashLength: 64, outputType: "binary" });

async function names(given: Vector["given"]): Promise<unknown> {
  const pid = given.programme === undefined ? null : unb64(given.programme);
  const all = <T>(list: string[], name: (one: string) => Promise<T>): Promise<T[]> => Promise.all(list.map(name));
  if (given.hex) return { digits: await all(given.hex, (one) => digits25(unhex(one))) };
  if (given.b64 !== undefined) return { hex: hex(unb64(given.b64)) };
  if (given.seed) return { public: b64((await ReadingKey.fromSeed(unb64(given.seed))).public) };
  if (given.keys) return { ids: await all(given.keys, async (one) => b64(await keyId(unb64(one)))) };
  if (!pid) throw new Error("what is asked?");
  if (given.kinds) {
    const salt = async (kind: string) => b64(await slotSalt(pid, unb64(given.staff), kind as "desk"));
    return { salts: await all(given.kinds, salt) };
  }
  if (!given.signing) return { log: b64(directoryLog(pid)) };
  const [signing, reading] = [unb64(given.signing), unb64(given.reading)];
  return {
    digits: given.staff
      ? await personDigits(pid, unb64(given.staff), signing, reading)
      : await deviceDigits(pid, signing, reading),
  };
}

const TOPICS: Record<string, Topic> = {
  async ids(given) {
    return { id: await Promise.all(given.hex.map(async (one: string) => b64(await sha256(unhex(one))))) };
  },
  names,
  async wire(given) {
    const value = decodeMap(unhex(given.hex));
    if (hex(encode(value)) !== given.hex) throw new Error("written in another form than read");
    return { value: tagged(value) };
  },
  async json(given) {
    return { value: plaintextJson(unb64(given.b64)) };
  },
  async part(given) {
    const part = unb64(given.part);
    const payload = await openPart(unb64(given.programme), part, await ReadingKey.fromSeed(unb64(given.seed)));
    const { log, item, form, audience, key, commit } = readHeader(part);
    const ids = { log: b64(log), item: b64(item), form: form && b64(form), key: b64(key), commit: b64(commit) };
    return { header: { ...ids, audience }, payload };
  },
  async sizes({ lengths, least }) {
    return { padded: lengths.map((one: number) => (least ? bucketFor(one, least) : padme(one))) };
  },
  async chunk({ programme, item, index, count, chunk, key }) {
    const opened = await openChunk(unb64(programme), unb64(item), index, count, unb64(chunk), unb64(key));
    return { plaintext: b64(opened) };
  },
  async attachment(given) {
    const listed = readAttachments(given).find((one) => one.name === given.name);
    if (!listed) throw new Error("no such attachment");
    const [pid, item] = [unb64(given.programme), unb64(given.item)];
    const fetch = async (id: Uint8Array): Promise<Bytes> => unb64(given.objects[b64(id)]);
    const data = await openAttachment(pid, item, listed, (id) => given.manifest[b64(id)], fetch);
    return { type: listed.type, plaintext: b64(data) };
  },
  async grant({ programme, audience, epoch, audience_key, seed, object }) {
    const reader = await ReadingKey.fromSeed(unb64(seed));
    const key = await openGrant(unb64(programme), audience, epoch, unb64(audience_key), reader, unb64(object));
    return { seed: b64(key.seed) };
  },
  async slot(given) {
    const [pid, staff, slot] = [unb64(given.programme), unb64(given.staff), readSlot(unb64(given.slot))];
    const halves = given.wrap
      ? { auth: null, wrap: unb64(given.wrap) }
      : await deriveSlot(pid, staff, given.kind, given.passphrase, slot, derive);
    const auth = halves.auth && b64(halves.auth);
    if (given.kind === "tablet") {
      const work = await openTabletSlot(pid, staff, slot, halves.wrap);
      return { auth, keys: [b64(work.keyId)], work: b64(work.seed) };
    }
    const { signing, reading } = await openDeskSlot(pid, staff, slot, halves.wrap);
    return { auth, keys: [b64(signing.keyId), b64(reading.keyId)], reading: b64(reading.seed) };
  },
  async entry(given) {
    if (given.fields) {
      const bytes = encode(untagged(given.fields));
      return { bytes: b64(bytes), hash: b64(await entryHash(bytes)) };
    }
    const signed = { bytes: unb64(given.bytes), signature: unb64(given.signature) };
    if (!(await verifyEntry(unb64(given.public), unb64(given.programme), signed))) throw new Problem("bad_signature");
    const entry = readEntry(signed.bytes);
    const objects = namedObjects(entry).map(({ id, size, part }) => ({ id: b64(id), size, part: part !== null }));
    const { seq, kind, time } = entry;
    return { hash: b64(await entryHash(signed.bytes)), seq, kind, time, objects };
  },
  async log({ entries }, vector) {
    try {
      return { hash: b64((await checkChain(entries.map(unb64)))?.hash ?? new Uint8Array(0)) };
    } catch (problem) {
      if (problem instanceof Problem && problem.detail["seq"] !== vector["seq"]) {
        throw new Error(`broken at ${problem.detail["seq"]}`, { cause: problem });
      }
      throw problem;
    }
  },
  async statement(given) {
    const signed = { bytes: unb64(given.bytes), signature: unb64(given.signature) };
    const [pid, key] = [unb64(given.programme), unb64(given.public)];
    if (given.kind === "head") await verifyHead(pid, key, signed);
    else await verifyReceipt(pid, { store: () => ({ key, role: "centre" }) }, signed);
    return { value: tagged(given.kind === "head" ? readHead(signed.bytes) : decodeMap(signed.bytes)) };
  },
  async bundle(given) {
    const { directory, entries, statements, parts, chunks } = readBundle(unb64(given.b64));
    const counts = { entries: entries.length, statements: statements.length };
    return { directory: directory.length, ...counts, parts: parts.length, chunks: chunks.length };
  },
  async link({ fragment }) {
    const { programme, head, invitation } = readLink(fragment);
    return { programme: b64(programme), seq: head.seq, hash: b64(head.hash), invitation: b64(invitation) };
  },
  async "short-head"({ programme, public: key, text }) {
    const { log, seq, hash, time } = await verifyShortHead(unb64(programme), unb64(key), readShortHead(text));
    return { log: b64(log), seq, hash: b64(hash), time };
  },
  async "short-code"({ programme, logs, text }) {
    const pid = unb64(programme);
    const { seq, logs: fitting } = await readShortCode(pid, text, (logs as string[]).map(unb64));
    const code = fitting[0] ? await writeShortCode(pid, fitting[0], seq) : null;
    return { seq, logs: fitting.map(b64), code };
  },
  ...chainTopics,
};

/** Topics that only a store has use for; their twins are in Python alone. */
export const STORE_TOPICS = ["receive"];
export const KNOWN_TOPICS = Object.keys(TOPICS);

/** Why the vector does not hold; null when it does. */
export async function complaint(topic: string, vector: Vector, arrival: Arrival): Promise<string | null> {
  const run = TOPICS[topic];
  if (!run) return `nobody runs ${topic}`;
  let got: unknown;
  try {
    got = await run(vector.given, vector, arrival);
  } catch (problem) {
    if (!(problem instanceof Problem)) return String(problem instanceof Error ? (problem.stack ?? problem) : problem);
    return problem.code === vector.problem ? null : `${problem.code} ${JSON.stringify(problem.detail)}`;
  }
  if (vector.problem !== undefined) return `no problem: ${JSON.stringify(got).slice(0, 300)}`;
  return holds(vector.expect, got) ? null : `got ${JSON.stringify(got)?.slice(0, 600)}`;
}

/** Whether `got` has all that `wanted` says: maps may have more fields, nothing else may differ. */
export function holds(wanted: unknown, got: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(got) && got.length === wanted.length && wanted.every((one, at) => holds(one, got[at]));
  }
  if (typeof wanted !== "object" || wanted === null) return Object.is(wanted, got);
  if (typeof got !== "object" || got === null || Array.isArray(got)) return false;
  return Object.entries(wanted).every(([key, one]) => holds(one, (got as Record<string, unknown>)[key]));
}
