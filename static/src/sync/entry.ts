/**
 * Entries: signed numbered records (PROTOCOL 4.1-4.3). The bytes are what is signed, hashed, kept and passed on; nothing
 * is re-encoded before a check. An entry's hash leaves the signature out, since ECDSA signatures are malleable.
 */
import { type Bytes, compare, cut } from "./bytes.ts";
import { type SigningKey, sha256, verify } from "./keys.ts";
import {
  anyMap,
  bytes,
  integer,
  list,
  literal,
  map,
  natural,
  nullable,
  type Of,
  oneOf,
  optional,
  positive,
  text,
} from "./shape.ts";
import { decodeMap, encode, type WireMap } from "./wire.ts";

/** A place in a chain: the head of the directory, or an entry named by a cut. */
export const headShape = map({ seq: natural, hash: bytes(32) });
export type Head = Of<typeof headShape>;

/** A signed thing on the wire. */
export const signedShape = map({ bytes: bytes(), signature: bytes(64) });
export type Signed = Of<typeof signedShape>;

const entryShape = map({
  v: literal(1),
  log: bytes(40),
  seq: positive,
  prev: bytes(32),
  kind: text,
  time: integer,
  offset: nullable(integer),
  directory: nullable(headShape),
  body: anyMap,
  by: optional(bytes(32)),
});
export type Entry = Of<typeof entryShape>;

export const ZERO_HASH: Bytes = new Uint8Array(32);

const partRefShape = map({ id: bytes(32), audience: text, key: bytes(32), size: natural });
export type PartRef = Of<typeof partRefShape>;
const attachmentRefShape = map({ id: bytes(32), size: natural });
export type AttachmentRef = Of<typeof attachmentRefShape>;

const afterShape = optional(map({ log: bytes(40), seq: positive, hash: bytes(32) }));
const submissionShape = map({
  submission: bytes(16),
  form: bytes(32),
  supersedes: list(bytes(32)),
  continues: nullable(bytes(16)),
  parts: list(partRefShape),
  attachments: list(attachmentRefShape),
  after: afterShape,
});
export type Submission = Of<typeof submissionShape>;

const decisionShape = map({
  of: bytes(32),
  state: oneOf("accepted", "returned"),
  item: bytes(16),
  parts: list(partRefShape),
  attachments: list(attachmentRefShape),
  after: afterShape,
});
export type Decision = Of<typeof decisionShape>;

const objectsShape = map({ parts: optional(list(partRefShape)), attachments: optional(list(attachmentRefShape)) });

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
  return { bytes: data, signature: await key.sign("esik/1/entry", pid, data) };
}

/** Throws `malformed`. Verifies nothing. */
export function readEntry(data: Uint8Array): Entry {
  return entryShape(decodeMap(data), "");
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

/** The parts and attachments that an entry of any kind names; an unknown kind's are those under the two names. */
export function namedObjects(entry: Entry): { parts: PartRef[]; attachments: AttachmentRef[] } {
  const { parts, attachments } = objectsShape(entry.body, "body");
  return { parts: parts ?? [], attachments: attachments ?? [] };
}

/** Attachments as a manifest lists them: sorted by id, so that the order tells nothing. */
export function sortedById(references: readonly AttachmentRef[]): AttachmentRef[] {
  return references.map((one) => ({ id: cut(one.id, 0), size: one.size })).sort((a, b) => compare(a.id, b.id));
}
