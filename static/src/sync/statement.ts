/**
 * Statements: signed, without a number (PROTOCOL 5). A receipt is a store's word that it holds entries durably; a head is
 * a tablet's word how far its log goes.
 */
import type { Bytes } from "./bytes.ts";
import { audience, headShape, type Signed } from "./entry.ts";
import { type SigningKey, verify } from "./keys.ts";
import { Problem } from "./problems.ts";
import { bytes, flag, integer, list, literal, map, natural, type Of, positive, textOf } from "./shape.ts";
import { decodeMap, encode, type WireMap } from "./wire.ts";

const receiptShape = map({
  v: literal(1),
  store: bytes(32),
  log: bytes(40),
  seq: positive,
  hash: bytes(32),
  contiguous: natural,
  time: integer,
  directory: headShape,
});
export type Receipt = Of<typeof receiptShape>;

const headStatementShape = map({
  v: literal(1),
  log: bytes(40),
  seq: natural,
  hash: bytes(32),
  time: integer,
  directory: headShape,
  release: textOf(200),
  epochs: list(map({ audience, epoch: positive })),
  ready: flag,
  drafts: list(map({ form: bytes(32), count: positive })),
});
export type HeadStatement = Of<typeof headStatementShape>;

/** Who counts as a store: a `Directory`. */
export interface StoreList {
  store(keyId: Uint8Array): { readonly key: Uint8Array; readonly role: "centre" | "relay" } | undefined;
}

/** Throws `malformed`. Verifies nothing. */
export function readReceipt(data: Uint8Array): Receipt {
  const receipt = receiptShape(decodeMap(data), "");
  if (receipt.contiguous > receipt.seq) throw new Problem("malformed", { reason: "contiguous" });
  return receipt;
}

export function readHead(data: Uint8Array): HeadStatement {
  return headStatementShape(decodeMap(data), "");
}

export async function writeReceipt(pid: Uint8Array, key: SigningKey, receipt: Omit<Receipt, "v">): Promise<Signed> {
  return sign(pid, key, "esik/1/receipt", receipt, receiptShape);
}

export async function writeHead(pid: Uint8Array, key: SigningKey, head: Omit<HeadStatement, "v">): Promise<Signed> {
  return sign(pid, key, "esik/1/head", head, headStatementShape);
}

/** A receipt that counts, with the role its store is listed for. Throws `unlisted_store`, `bad_signature`, `malformed`. */
export async function verifyReceipt(
  pid: Uint8Array,
  stores: StoreList,
  signed: Signed,
): Promise<{ receipt: Receipt; role: "centre" | "relay" }> {
  const receipt = readReceipt(signed.bytes);
  const store = stores.store(receipt.store);
  if (!store) throw new Problem("unlisted_store");
  if (!(await verify(store.key, "esik/1/receipt", pid, signed.bytes, signed.signature))) {
    throw new Problem("bad_signature");
  }
  return { receipt, role: store.role };
}

/** A head statement verified with its device's signing key. Throws `bad_signature`, `malformed`. */
export async function verifyHead(pid: Uint8Array, publicKey: Uint8Array, signed: Signed): Promise<HeadStatement> {
  const head = readHead(signed.bytes);
  if (!(await verify(publicKey, "esik/1/head", pid, signed.bytes, signed.signature)))
    throw new Problem("bad_signature");
  return head;
}

async function sign<T extends WireMap>(
  pid: Uint8Array,
  key: SigningKey,
  tag: "esik/1/receipt" | "esik/1/head",
  value: object,
  shape: (value: WireMap, where: string) => T & { v: 1 },
): Promise<Signed> {
  // Through the shape: the field order is the protocol's whoever wrote the object.
  const data: Bytes = encode(shape({ v: 1, ...value } as WireMap, "") as WireMap);
  return { bytes: data, signature: await key.sign(tag, pid, data) };
}
