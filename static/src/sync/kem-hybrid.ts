/**
 * X-Wing as one algorithm of WebCrypto ("MLKEM768-X25519", Chromium 155 and later), dressed as a KEM for `hpke`, whose own
 * asks for SHA-3 and SHAKE that these browsers do not have apart. The published vectors and the other two agree with it.
 */
import type { KEM } from "hpke";
import { type Bytes, cut } from "./bytes.ts";

const NAME = "MLKEM768-X25519";
const ALGORITHM = { name: NAME };

// What TypeScript's own library does not describe yet (WICG "Modern Algorithms in the Web Cryptography API").
interface HybridSubtle {
  generateKey(algorithm: object, extractable: boolean, usages: string[]): Promise<CryptoKeyPair>;
  importKey(
    format: string,
    key: Uint8Array,
    algorithm: object,
    extractable: boolean,
    usages: string[],
  ): Promise<CryptoKey>;
  exportKey(format: string, key: CryptoKey): Promise<ArrayBuffer>;
  getPublicKey(key: CryptoKey, usages: string[]): Promise<CryptoKey>;
  encapsulateBits(algorithm: object, key: CryptoKey): Promise<{ sharedKey: ArrayBuffer; ciphertext: ArrayBuffer }>;
  decapsulateBits(algorithm: object, key: CryptoKey, ciphertext: Uint8Array): Promise<ArrayBuffer>;
}

const subtle = (): HybridSubtle => crypto.subtle as unknown as HybridSubtle;

export const factory = (): Readonly<KEM<CryptoKey>> => ({
  id: 0x647a,
  type: "KEM",
  name: NAME,
  Nsecret: 32,
  Nenc: 1120,
  Npk: 1216,
  Nsk: 32,
  DeriveKeyPair: () =>
    Promise.reject(new DOMException("keys are made or imported, never derived", "NotSupportedError")),
  GenerateKeyPair: (extractable) =>
    subtle().generateKey(ALGORITHM, extractable, ["encapsulateBits", "decapsulateBits"]),
  SerializePublicKey: async (key) => new Uint8Array(await subtle().exportKey("raw-public", key)),
  DeserializePublicKey: (bytes) => subtle().importKey("raw-public", bytes, ALGORITHM, true, ["encapsulateBits"]),
  SerializePrivateKey: async (key) => new Uint8Array(await subtle().exportKey("raw-seed", key)),
  DeserializePrivateKey: (seed, extractable) =>
    subtle().importKey("raw-seed", seed, ALGORITHM, extractable, ["decapsulateBits"]),
  async Encap(key) {
    const { sharedKey, ciphertext } = await subtle().encapsulateBits(ALGORITHM, key);
    return { shared_secret: new Uint8Array(sharedKey), enc: new Uint8Array(ciphertext) };
  },
  Decap: async (enc, key) => new Uint8Array(await subtle().decapsulateBits(ALGORITHM, key, enc)),
});

export async function publicOf(seed: Uint8Array): Promise<Bytes> {
  const key = await subtle().importKey("raw-seed", seed, ALGORITHM, false, ["decapsulateBits"]);
  const listed = await subtle().getPublicKey(key, ["encapsulateBits"]);
  return cut(new Uint8Array(await subtle().exportKey("raw-public", listed)), 0);
}
