/**
 * Which X-Wing runs (PROTOCOL 1.5): the browser's own where WebCrypto brings ML-KEM, X25519, SHA-3 and SHAKE, else the
 * JavaScript one, a chunk of its own that is fetched only then. Chosen once, by trying, not by asking for names.
 */
import { AEAD_AES_256_GCM, CipherSuite, KDF_HKDF_SHA256, type KEMFactory } from "hpke";
import type { Bytes } from "./bytes.ts";

export interface Kem {
  readonly kind: "native" | "javascript";
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
  chosen ??= forced ? javaScript() : native().catch(javaScript);
  // A chunk that could not be fetched may be there the next time.
  chosen.catch(() => {
    chosen = null;
  });
  return chosen;
}

async function native(): Promise<Kem> {
  const { factory, publicOf } = await import("./kem-native.ts");
  const suite = new CipherSuite(factory, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
  const seed = new Uint8Array(32);
  const key = await suite.DeserializePublicKey(await publicOf(seed));
  const { encapsulatedSecret, ciphertext } = await suite.Seal(key, seed);
  await suite.Open(await suite.DeserializePrivateKey(seed, false), encapsulatedSecret, ciphertext);
  return { kind: "native", factory, suite, publicOf };
}

async function javaScript(): Promise<Kem> {
  const { factory, publicOf } = await import("./kem-javascript.ts");
  const suite = new CipherSuite(factory, KDF_HKDF_SHA256, AEAD_AES_256_GCM);
  return { kind: "javascript", factory, suite, publicOf };
}
