/**
 * X-Wing by WebCrypto. `hpke` seals and opens; it does not hand out the public half of a seed, so the seed is expanded
 * here as draft-connolly-cfrg-xwing-kem §5.2 says: SHAKE256 to 96 bytes, 64 for ML-KEM-768, 32 for X25519.
 */
import { KEM_MLKEM768_X25519 } from "hpke";
import { type Bytes, concat, cut } from "./bytes.ts";

export const factory = KEM_MLKEM768_X25519;

// What TypeScript's own library does not describe yet (WICG "Modern Algorithms in the Web Cryptography API").
interface ModernSubtle {
  digest(algorithm: object, data: Uint8Array): Promise<ArrayBuffer>;
  importKey(format: string, key: Uint8Array, name: object, extractable: boolean, usages: string[]): Promise<CryptoKey>;
  getPublicKey(key: CryptoKey, usages: string[]): Promise<CryptoKey>;
  exportKey(format: string, key: CryptoKey): Promise<ArrayBuffer>;
}

const X25519_PKCS8 = Uint8Array.of(0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x6e, 4, 0x22, 4, 0x20);

export async function publicOf(seed: Uint8Array): Promise<Bytes> {
  const subtle = crypto.subtle as unknown as ModernSubtle;
  const shake = { name: "cSHAKE256", length: 768, outputLength: 768 };
  const expanded = new Uint8Array(await subtle.digest(shake, seed));
  const lattice = await subtle.importKey("raw-seed", cut(expanded, 0, 64), { name: "ML-KEM-768" }, false, [
    "decapsulateBits",
  ]);
  const curve = await subtle.importKey("pkcs8", concat(X25519_PKCS8, cut(expanded, 64)), { name: "X25519" }, false, [
    "deriveBits",
  ]);
  const latticePublic = await subtle.exportKey("raw-public", await subtle.getPublicKey(lattice, ["encapsulateBits"]));
  const curvePublic = await subtle.exportKey("raw", await subtle.getPublicKey(curve, []));
  return concat(new Uint8Array(latticePublic), new Uint8Array(curvePublic));
}
