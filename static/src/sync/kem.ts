/**
 * Which X-Wing runs (PROTOCOL 1.5): WebCrypto's own, whole (browsers) or from its pieces ML-KEM, X25519, SHA-3 and SHAKE
 * (Node), else the JavaScript one, a chunk that is fetched only then. Chosen once, by trying, not by asking for names.
 */
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, type KEMFactory } from "hpke";
import type { Bytes } from "./bytes.ts";
import * as browsers from "./kem-hybrid.ts";

export interface Kem {
  readonly kind: "hybrid" | "pieces" | "javascript";
  readonly factory: KEMFactory;
  readonly suite: CipherSuite;
  /** The 1,216 public bytes of a 32-byte seed. */
  publicOf(seed: Uint8Array): Promise<Bytes>;
}

let forced = false;
let chosen: Promise<Kem> | null = null;

/** The JavaScript X-Wing from here on, for tests and bench. */
export function forceJavaScriptKem(): void {
  forced = true;
  chosen = null;
}

export function kem(): Promise<Kem> {
  chosen ??= forced ? javaScript() : hybrid().catch(pieces).catch(javaScript);
  // A chunk that could not be fetched may be there the next time.
  chosen.catch(() => {
    chosen = null;
  });
  return chosen;
}

function hybrid(): Promise<Kem> {
  return tried("hybrid", browsers);
}

async function pieces(): Promise<Kem> {
  return tried("pieces", await import("./kem-pieces.ts"));
}

async function javaScript(): Promise<Kem> {
  return made("javascript", await import("./kem-javascript.ts"));
}

type Module = Pick<Kem, "factory" | "publicOf">;

function made(kind: Kem["kind"], { factory, publicOf }: Module): Kem {
  return { kind, factory, publicOf, suite: new CipherSuite(factory, KDF_HKDF_SHA256, AEAD_AES_256_GCM) };
}

/** Seals to itself and opens, once: what a browser says it supports is not always what it does. */
async function tried(kind: Kem["kind"], module: Module): Promise<Kem> {
  const kem = made(kind, module);
  const seed = new Uint8Array(32);
  const key = await kem.suite.DeserializePublicKey(await kem.publicOf(seed));
  const { encapsulatedSecret, ciphertext } = await kem.suite.Seal(key, seed);
  await kem.suite.Open(await kem.suite.DeserializePrivateKey(seed, false), encapsulatedSecret, ciphertext);
  return kem;
}
