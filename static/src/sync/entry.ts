/**
 * Entries: signed numbered records (PROTOCOL 4.1-4.3). The bytes are what is signed, hashed, kept and passed on; nothing
 * is re-encoded before a check. An entry's hash leaves the signature out, since ECDSA signatures are malleable.
 */
import { type Bytes, compare, equal } from "./bytes.ts";
import { hex } from "./ids.ts";
import { type SigningKey, sha256, verify } from "./keys.ts";
import { AUDIENCE } from "./part.ts";
import { Problem } from "./problems.ts";
import {
  absentOr,
  anyMap,
  bytes,
  integer,
  list,
  literal,
  map,
  nullable,
  type Of,
  oneOf,
  optional,
  positive,
  textOf,
} from "./shape.ts";
import { decodeMap, encode, type WireMap } from "./wire.ts";

/** A place in a chain: the head of the directory, or an entry named by a cut. */
export const headShape = map({ seq: positive, hash: bytes(32) });
export type Head = Of<typeof headShape>;

/** A signed thing on the wire. */
export const signedShape = map({ bytes: bytes(), signature: bytes(64) });
export type Signed = Of<typeof signedShape>;

const entryShape = map({
  v: literal(1),
  log: bytes(40),
  seq: positive,
  prev: bytes(32),
  kind: textOf(32, /^[a-z][a-z0-9_]*$/),
  time: integer,
  offset: nullable(integer),
  directory: nullable(headShape),
  body: anyMap,
  by: absentOr(bytes(32), null),
});
export type Entry = Of<typeof entryShape>;

export const ZERO_HASH: Bytes = new Uint8Array(32);

export const audience = textOf(80, AUDIENCE);
const partRefShape = map({ id: bytes(32), audience, key: bytes(32), size: positive });
export type PartRef = Of<typeof partRefShape>;
const attachmentRefShape = map({ id: bytes(32), size: positive });
export type AttachmentRef = Of<typeof attachmentRefShape>;

const after = optional(map({ log: bytes(40), seq: positive, hash: bytes(32) }));
const submissionShape = map({
  submission: bytes(16),
  form: bytes(32),
  supersedes: list(bytes(32)),
  continues: nullable(bytes(16)),
  parts: list(partRefShape),
  attachments: list(attachmentRefShape),
  after,
});
export type Submission = Of<typeof submissionShape>;

const decisionShape = map({
  of: bytes(32),
  state: oneOf("accepted", "returned"),
  item: bytes(16),
  parts: list(partRefShape),
  attachments: list(attachmentRefShape),
  after,
});
export type Decision = Of<typeof decisionShape>;

/** What any body may carry, also of a kind not known yet. */
const carryingShape = map({
  parts: absentOr(list(partRefShape), []),
  attachments: absentOr(list(attachmentRefShape), []),
  after,
});
const grantObjectShape = map({ object: bytes(32), size: positive });
/** An object that an entry names; `part` is null for chunks and grant objects. */
export interface Named {
  readonly id: Bytes;
  readonly size: number;
  readonly part: PartRef | null;
}

export interface EntryInput {
  readonly log: Uint8Array;
  readonly seq: number;
  readonly prev: Uint8Array;
  readonly kind: string;
  /** Milliseconds since 1970, a claim. */
  readonly time: number;
  /** Milliseconds to the last store's clock, or null. */
  readonly offset: number | null;
  readonly directory: Head | null;
  readonly body: WireMap;
  /** Directory entries only: key id of the signer. */
  readonly by?: Uint8Array;
}

/** The signed entry; map keys in the order of 4.1. */
export async function writeEntry(pid: Uint8Array, key: SigningKey, input: EntryInput): Promise<Signed> {
  const { log, seq, prev, kind, time, offset, directory, body, by } = input;
  const head = directory && { seq: directory.seq, hash: directory.hash };
  const fields = { v: 1, log, seq, prev, kind, time, offset, directory: head, body };
  const data = encode(by ? { ...fields, by } : fields);
  readEntry(data);
  return { bytes: data, signature: await key.sign("esik/1/entry", pid, data) };
}

/** The entry in `data`, its shape checked and nothing else. Throws `malformed`. */
export function readEntry(data: Uint8Array): Entry {
  const entry = entryShape(decodeMap(data), "");
  if ((entry.seq === 1) !== equal(entry.prev, ZERO_HASH)) refuse("prev");
  if ((entry.directory === null) !== (entry.by !== null)) refuse("directory");
  const carrying = carryingShape(entry.body, "body");
  if (carrying.after !== null && entry.seq !== 1) refuse("after");
  if (entry.by === null && entry.kind === "submission") submissionOf(entry);
  if (entry.by === null && entry.kind === "decision") decisionOf(entry);
  const ids = [...carrying.parts, ...carrying.attachments].map((one) => hex(one.id));
  if (new Set(ids).size !== ids.length) refuse("an object named twice");
  return entry;
}

/** The log that this one continues on the same device, from its first entry. */
export function continuedLog(entry: Entry): { log: Bytes; seq: number; hash: Bytes } | null {
  return carryingShape(entry.body, "body").after;
}

/** H(bytes). */
export function entryHash(data: Uint8Array): Promise<Bytes> {
  return sha256(data);
}

export function verifyEntry(publicKey: Uint8Array, pid: Uint8Array, signed: Signed): Promise<boolean> {
  return verify(publicKey, "esik/1/entry", pid, signed.bytes, signed.signature);
}

/** The body of a `submission`. Throws `malformed`. */
export function submissionOf(entry: Entry): Submission {
  return submissionShape(entry.body, "body");
}

/** The body of a `decision`. Throws `malformed`. */
export function decisionOf(entry: Entry): Decision {
  return decisionShape(entry.body, "body");
}

/** The parts that the entry names, whatever its kind. */
export function partsOf(entry: Entry): PartRef[] {
  return entry.by === null ? carryingShape(entry.body, "body").parts : [];
}

/** Every object that the entry names: parts, chunks, and in the directory the object of a `grant`. */
export function namedObjects(entry: Entry): Named[] {
  if (entry.by !== null) {
    if (entry.kind !== "grant") return [];
    const grant = grantObjectShape(entry.body, "body");
    return [{ id: grant.object, size: grant.size, part: null }];
  }
  const { parts, attachments } = carryingShape(entry.body, "body");
  const chunks = attachments.map(({ id, size }) => ({ id, size, part: null }));
  return [...parts.map((part) => ({ id: part.id, size: part.size, part })), ...chunks];
}

/** Attachments as a manifest lists them: sorted by id, so that the order tells nothing. */
export function sortedById<T extends { readonly id: Uint8Array }>(references: readonly T[]): T[] {
  return [...references].sort((a, b) => compare(a.id, b.id));
}

function refuse(reason: string): never {
  throw new Problem("malformed", { reason });
}
