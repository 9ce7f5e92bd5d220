/**
 * The only user of crypto.subtle but for kem-pieces.ts (PROTOCOL 1.5, 1.6). Keys, signatures, HPKE, AES-256-GCM and
 * SHA-256. What does not open or verify is null or false, never an exception: the caller knows which step failed.
 */
import { type Bytes, concat, cut, NUL, utf8 } from "./bytes.ts";
import { kem } from "./kem.ts";
import { Problem } from "./problems.ts";
import { randomBytes } from "./randomness.ts";

export type Tag =
  | "esik/1/entry"
  | "esik/1/receipt"
  | "esik/1/head"
  | "esik/1/short"
  | "esik/1/session"
  | "esik/1/device";

const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const SIGNATURE = { name: "ECDSA", hash: "SHA-256" } as const;
/** Lengths in bytes: X-Wing encapsulation, AES-GCM tag, a 32-byte key sealed by HPKE. */
export const ENC = 1120;
export const AEAD_TAG = 16;
export const WRAPPED = ENC + 32 + AEAD_TAG;
export const READING_PUBLIC = 1216;
export const SIGNING_PUBLIC = 65;

// TypeScript tells buffers apart that WebCrypto takes alike.
const raw = (data: Uint8Array): Bytes => data as Bytes;

export async function sha256(data: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", raw(data)));
}

/** H(public key bytes): P-256 as 65-byte point, X-Wing as 1,216 bytes. */
export function keyId(publicKey: Uint8Array): Promise<Bytes> {
  return sha256(publicKey);
}

/** tag ‖ 00 ‖ pieces: the form of every context, `info` and AAD in PROTOCOL. */
export function context(tag: string, ...pieces: readonly Uint8Array[]): Bytes {
  return concat(utf8(tag), NUL, ...pieces);
}

/** A P-256 key that signs; the private half cannot be exported from it. */
export class SigningKey {
  /** 65 bytes. */
  readonly public: Bytes;
  readonly keyId: Bytes;
  readonly #key: CryptoKey;

  private constructor(key: CryptoKey, publicKey: Bytes, id: Bytes) {
    this.#key = key;
    this.public = publicKey;
    this.keyId = id;
  }

  /** A new key; `pkcs8` is the only time that its private half is seen, to be wrapped at once. */
  static async generate(): Promise<{ key: SigningKey; pkcs8: Bytes }> {
    const pair = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
    const pkcs8 = new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey));
    return { key: await SigningKey.fromPkcs8(pkcs8), pkcs8 };
  }

  /** Throws `bad_key` for anything but an unencrypted P-256 key. */
  static async fromPkcs8(pkcs8: Uint8Array): Promise<SigningKey> {
    const readable = await crypto.subtle.importKey("pkcs8", raw(pkcs8), P256, true, ["sign"]).catch(noKey);
    const { x, y } = await crypto.subtle.exportKey("jwk", readable);
    const publicKey = concat(Uint8Array.of(4), coordinate(x), coordinate(y));
    const key = await crypto.subtle.importKey("pkcs8", raw(pkcs8), P256, false, ["sign"]);
    return new SigningKey(key, publicKey, await keyId(publicKey));
  }

  /** 64 bytes r‖s over tag ‖ 00 ‖ PID ‖ data (1.6). */
  async sign(tag: Tag, pid: Uint8Array, data: Uint8Array): Promise<Bytes> {
    return new Uint8Array(await crypto.subtle.sign(SIGNATURE, this.#key, context(tag, pid, data)));
  }
}

function noKey(cause: unknown): never {
  throw new Problem("bad_key", {}, { cause });
}

function coordinate(text: string | undefined): Bytes {
  const binary = atob((text ?? "").replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** False for a wrong signature, and for a public key that is none. */
export async function verify(
  publicKey: Uint8Array,
  tag: Tag,
  pid: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  if (publicKey.length !== SIGNING_PUBLIC || signature.length !== 64) return false;
  try {
    const key = await crypto.subtle.importKey("raw", raw(publicKey), P256, false, ["verify"]);
    return await crypto.subtle.verify(SIGNATURE, key, raw(signature), context(tag, pid, data));
  } catch {
    return false;
  }
}

/** An X-Wing key that opens, made of its 32-byte seed. */
export class ReadingKey {
  readonly seed: Bytes;
  /** 1,216 bytes. */
  readonly public: Bytes;
  readonly keyId: Bytes;
  #key: Promise<Awaited<ReturnType<Awaited<ReturnType<typeof kem>>["suite"]["DeserializePrivateKey"]>>> | null = null;

  private constructor(seed: Bytes, publicKey: Bytes, id: Bytes) {
    this.seed = seed;
    this.public = publicKey;
    this.keyId = id;
  }

  static generate(): Promise<ReadingKey> {
    return ReadingKey.fromSeed(randomBytes(32));
  }

  /** Throws `bad_key` for anything but 32 bytes. */
  static async fromSeed(seed: Uint8Array): Promise<ReadingKey> {
    if (seed.length !== 32) throw new Problem("bad_key", { reason: "seed" });
    const publicKey = await (await kem()).publicOf(seed);
    return new ReadingKey(cut(seed, 0), publicKey, await keyId(publicKey));
  }

  /** What `hpkeSeal` sealed to this key under the same `info`; null if it does not open. */
  async open(info: Uint8Array, sealed: Uint8Array): Promise<Bytes | null> {
    if (sealed.length < ENC + AEAD_TAG) return null;
    const { suite } = await kem();
    this.#key ??= suite.DeserializePrivateKey(this.seed, false);
    try {
      return cut(await suite.Open(await this.#key, cut(sealed, 0, ENC), cut(sealed, ENC), { info }), 0);
    } catch {
      return null;
    }
  }
}

/** enc(1120) ‖ ciphertext ‖ tag. Throws `bad_key` when `publicKey` is no X-Wing key. */
export async function hpkeSeal(publicKey: Uint8Array, info: Uint8Array, plaintext: Uint8Array): Promise<Bytes> {
  const { suite } = await kem();
  if (publicKey.length !== READING_PUBLIC) throw new Problem("bad_key", { reason: "not X-Wing" });
  const key = await suite.DeserializePublicKey(publicKey).catch(noKey);
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, plaintext, { info }).catch(noKey);
  return concat(encapsulatedSecret, ciphertext);
}

/** An AES-256-GCM key to keep in memory: not extractable. */
export function aeadKey(key: Uint8Array): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", raw(key), "AES-GCM", false, ["encrypt", "decrypt"]);
}

const imported = (key: Uint8Array | CryptoKey): Promise<CryptoKey> | CryptoKey =>
  key instanceof Uint8Array ? aeadKey(key) : key;

/** ciphertext ‖ tag(16); `nonce` of 12 bytes. */
export async function aeadSeal(
  key: Uint8Array | CryptoKey,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  aad: Uint8Array,
): Promise<Bytes> {
  const algorithm = { name: "AES-GCM", iv: raw(nonce), additionalData: raw(aad) };
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, await imported(key), raw(plaintext)));
}

/** Null if anything was changed. */
export async function aeadOpen(
  key: Uint8Array | CryptoKey,
  nonce: Uint8Array,
  sealed: Uint8Array,
  aad: Uint8Array,
): Promise<Bytes | null> {
  const algorithm = { name: "AES-GCM", iv: raw(nonce), additionalData: raw(aad) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, await imported(key), raw(sealed)));
  } catch {
    return null;
  }
}
