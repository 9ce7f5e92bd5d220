/**
 * Bundles and answers: what `POST /sync/bundle` and a courier file carry (PROTOCOL 8.1, 8.2). Importing a file is pushing
 * it. Lists in an answer are in the bundle's order.
 */
import type { Bytes } from "./bytes.ts";
import { headShape, type Signed, signedShape } from "./entry.ts";
import { bytes, list, literal, map, nullable, type Of, oneOf, optional, text } from "./shape.ts";
import { decodeMap, encode } from "./wire.ts";

/** Over HTTP; a file may be of any size. */
export const MAX_BUNDLE = 4 * 1024 * 1024;

const sentStatementShape = map({ kind: oneOf("head", "receipt"), bytes: bytes(), signature: bytes(64) });
export type SentStatement = Of<typeof sentStatementShape>;

const bundleShape = map({
  v: literal(1),
  directory: list(signedShape),
  entries: list(signedShape),
  statements: list(sentStatementShape),
  parts: list(bytes()),
  chunks: list(bytes()),
});
export type Bundle = Of<typeof bundleShape>;

const answerShape = map({
  v: literal(1),
  head: nullable(headShape),
  directory: list(map({ hash: bytes(32), problem: nullable(text) })),
  entries: list(
    map({
      hash: bytes(32),
      state: oneOf("held", "waiting", "refused"),
      remark: nullable(oneOf("revoked", "fork", "gap")),
      problem: nullable(text),
      missing: list(bytes(32)),
    }),
  ),
  receipts: list(signedShape),
  statements: list(map({ problem: nullable(text) })),
  /** With `directory_moved` only: the entries between. */
  newer: optional(list(signedShape)),
});
export type Answer = Of<typeof answerShape>;

export interface BundleInput {
  readonly directory?: readonly Signed[];
  readonly entries?: readonly Signed[];
  readonly statements?: readonly SentStatement[];
  readonly parts?: readonly Uint8Array[];
  readonly chunks?: readonly Uint8Array[];
}

/** The bundle's bytes. What is left out is an empty list. */
export function writeBundle(input: BundleInput): Bytes {
  const { directory = [], entries = [], statements = [], parts = [], chunks = [] } = input;
  return encode({
    v: 1,
    directory: directory.map(plain),
    entries: entries.map(plain),
    statements: statements.map((one) => ({ kind: one.kind, ...plain(one) })),
    parts: [...parts],
    chunks: [...chunks],
  });
}

/** Throws `malformed`. */
export function readBundle(data: Uint8Array): Bundle {
  return bundleShape(decodeMap(data), "");
}

/** Throws `malformed`. */
export function readAnswer(data: Uint8Array): Answer {
  return answerShape(decodeMap(data), "");
}

// Records out of IndexedDB carry more fields than travel.
const plain = ({ bytes, signature }: Signed): { bytes: Bytes; signature: Bytes } => ({ bytes, signature });
