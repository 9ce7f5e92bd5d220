/**
 * The end of a shift, to be carried by eye (PROTOCOL 5.3): a signed short head for a QR code, and a code to be read out.
 *
 * A verified short head says how far a log goes. A code says only what somebody typed: it may raise what is outstanding,
 * and settles nothing.
 */
import { type Bytes, concat, cut, equal, u32 } from "./bytes.ts";
import { context, type SigningKey, sha256, verify } from "./keys.ts";
import { Problem } from "./problems.ts";
import { bytes, integer, literal, map, natural, type Of } from "./shape.ts";
import { decodeMap, encode } from "./wire.ts";

const shortHeadShape = map({ v: literal(1), log: bytes(40), seq: natural, hash: bytes(32), time: integer });
export type ShortHead = Of<typeof shortHeadShape>;

/** A short head as it was signed, with what it says; nothing is proven before `verifyShortHead`. */
export interface SignedShortHead {
  readonly head: ShortHead;
  readonly bytes: Bytes;
  readonly signature: Bytes;
}

const PREFIX = "ESIK1 ";
const TAG = "esik/1/short";
/** RFC 9285, table 1: the alphanumeric mode of QR codes. */
const BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const FOLD: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };
const CHECKS = 4;
const MOST = 2 ** 32 - 1;

/** The text of the QR code. */
export async function writeShortHead(pid: Uint8Array, key: SigningKey, head: Omit<ShortHead, "v">): Promise<string> {
  const { log, seq, hash, time } = head;
  const data = encode({ v: 1, log, seq, hash, time });
  return PREFIX + base45(concat(await key.sign(TAG, pid, data), data));
}

/** Throws `malformed` for anything but a short head in its one form. */
export function readShortHead(text: string): SignedShortHead {
  const typed = text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/gu, "");
  if (!typed.startsWith(PREFIX)) throw new Problem("malformed", { reason: "no short head" });
  const whole = unbase45(typed.slice(PREFIX.length));
  if (whole.length <= 64) throw new Problem("malformed", { reason: "length" });
  const data = cut(whole, 64);
  const head = shortHeadShape(decodeMap(data), "");
  const { log, seq, hash, time } = head;
  if (!equal(encode({ v: 1, log, seq, hash, time }), data)) throw new Problem("malformed", { reason: "fields" });
  return { head, bytes: data, signature: cut(whole, 0, 64) };
}

/** What it says, if `publicKey` (the key of its log) signed it. Throws `bad_signature`. */
export async function verifyShortHead(
  pid: Uint8Array,
  publicKey: Uint8Array,
  signed: SignedShortHead,
): Promise<ShortHead> {
  const good = await verify(publicKey, TAG, pid, signed.bytes, signed.signature);
  if (!good) throw new Problem("bad_signature");
  return signed.head;
}

/** `43-K9Q2`: the number, and four symbols that tie it to its log. */
export async function writeShortCode(pid: Uint8Array, log: Uint8Array, seq: number): Promise<string> {
  return `${seq}-${await checkSymbols(pid, log, seq)}`;
}

/**
 * What a typed code claims, and those of `logs` that it can be of: none when a symbol is wrong. Throws `malformed` for what
 * is no code at all.
 */
export async function readShortCode(
  pid: Uint8Array,
  text: string,
  logs: readonly Uint8Array[],
): Promise<{ seq: number; logs: Uint8Array[] }> {
  const typed = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[ \t\r\n\u00AD\u200B\u2010-\u2015\u2212_.-]/gu, "");
  const number = typed.slice(0, -CHECKS);
  const symbols = [...typed.slice(-CHECKS)].map((one) => FOLD[one] ?? one);
  const seq = Number(number);
  if (!/^[0-9]{1,10}$/.test(number) || seq > MOST || symbols.some((one) => !SYMBOLS.includes(one))) {
    throw new Problem("malformed", { reason: "no short code" });
  }
  const checked = await Promise.all(logs.map((log) => checkSymbols(pid, log, seq)));
  return { seq, logs: logs.filter((_, at) => checked[at] === symbols.join("")) };
}

/** First 20 bits of H(`esik/1/code` ‖ 00 ‖ PID ‖ log ‖ u32 seq). */
async function checkSymbols(pid: Uint8Array, log: Uint8Array, seq: number): Promise<string> {
  const hash = await sha256(context("esik/1/code", pid, log, u32(seq)));
  const bits = ((hash[0] ?? 0) << 12) | ((hash[1] ?? 0) << 4) | ((hash[2] ?? 0) >> 4);
  return [15, 10, 5, 0].map((shift) => SYMBOLS.charAt((bits >> shift) & 31)).join("");
}

function base45(data: Uint8Array): string {
  let text = "";
  for (let at = 0; at < data.length; at += 2) {
    const pair = at + 1 < data.length;
    const value = pair ? (data[at] as number) * 256 + (data[at + 1] as number) : (data[at] as number);
    text += BASE45.charAt(value % 45) + BASE45.charAt(Math.floor(value / 45) % 45);
    if (pair) text += BASE45.charAt(Math.floor(value / 2025));
  }
  return text;
}

function unbase45(text: string): Bytes {
  const digits = [...text].map((one) => BASE45.indexOf(one));
  if (digits.includes(-1) || digits.length % 3 === 1) throw new Problem("malformed", { reason: "base45" });
  const data: number[] = [];
  for (let at = 0; at < digits.length; at += 3) {
    const [one = 0, two = 0, three] = digits.slice(at, at + 3);
    const value = one + two * 45 + (three ?? 0) * 2025;
    if (value > (three === undefined ? 255 : 65_535)) throw new Problem("malformed", { reason: "base45" });
    if (three !== undefined) data.push(value >> 8);
    data.push(value & 255);
  }
  return Uint8Array.from(data);
}
