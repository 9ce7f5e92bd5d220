/** Identifiers (PROTOCOL 1.4) and what people compare by eye (2.2). */
import { type Bytes, concat, NUL, utf8 } from "./bytes.ts";
import { sha256 } from "./keys.ts";
import { Problem } from "./problems.ts";
import { randomBytes } from "./randomness.ts";

export { sha256 } from "./keys.ts";

/** base64url without padding. */
export function b64(data: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < data.length; at += 0x2000) binary += String.fromCharCode(...data.subarray(at, at + 0x2000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of a b64 text; padding, other alphabets and stray bits are `malformed`: one text for one value. */
export function unb64(text: string): Bytes {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) throw new Problem("malformed", { reason: "base64url" });
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const data = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
  if (b64(data) !== text) throw new Problem("malformed", { reason: "base64url" });
  return data;
}

export function hex(data: Uint8Array): string {
  return Array.from(data, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** 16 random bytes: a submission, a household, a staff member. */
export function madeId(): Bytes {
  return randomBytes(16);
}

/** 40 bytes, chosen when a profile first writes: signing key id ‖ 8 random bytes. */
export function newLogId(keyId: Uint8Array): Bytes {
  return concat(keyId, randomBytes(8));
}

/** The directory's log id: programme id ‖ 8 zero bytes. */
export function directoryLog(pid: Uint8Array): Bytes {
  return concat(pid, new Uint8Array(8));
}

/** The key id a log id begins with: whose signature the log carries. */
export function keyOfLog(log: Uint8Array): Bytes {
  return log.slice(0, 32) as Bytes;
}

/** Twenty-five digits in groups of five for a person's keys. */
export function personDigits(
  pid: Uint8Array,
  staff: Uint8Array,
  signing: Uint8Array,
  reading: Uint8Array,
): Promise<string> {
  return digits25(concat(utf8("esik/1/person"), NUL, pid, staff, signing, reading));
}

/** The same for a device; `signing` and `reading` are key ids. */
export function deviceDigits(pid: Uint8Array, signing: Uint8Array, reading: Uint8Array): Promise<string> {
  return digits25(concat(utf8("esik/1/device"), NUL, pid, signing, reading));
}

/** First 80 bits of H(data) modulo 10^25, zero-padded, in groups of five. */
export async function digits25(data: Uint8Array): Promise<string> {
  const number = BigInt(`0x${hex((await sha256(data)).slice(0, 10))}`) % 10n ** 25n;
  const digits = number.toString().padStart(25, "0");
  return (digits.match(/.{5}/g) ?? []).join(" ");
}
