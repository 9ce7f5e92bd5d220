/**
 * X-Wing in JavaScript, for browsers whose WebCrypto has no ML-KEM. Loaded by kem.ts only then. It seals to an ML-KEM key
 * with unreduced coefficients, which the native one refuses (`bad_key`): such a key harms nobody but its maker's readers.
 */
import { MLKEM768X25519 } from "@noble/post-quantum/hybrid.js";
import { KEM_MLKEM768_X25519 } from "@panva/hpke-noble";
import { type Bytes, cut } from "./bytes.ts";

export const factory = KEM_MLKEM768_X25519;

export function publicOf(seed: Uint8Array): Promise<Bytes> {
  return Promise.resolve(cut(MLKEM768X25519.keygen(seed).publicKey, 0));
}
