// As much of the libraries' types as the tests use.
type Factory = () => never;
export const AEAD_AES_256_GCM: Factory;
export const AEAD_ChaCha20Poly1305: Factory;
export const KDF_HKDF_SHA256: Factory;
export const KEM_DHKEM_P256_HKDF_SHA256: Factory;
export const KEM_DHKEM_X25519_HKDF_SHA256: Factory;
export class CipherSuite {
  constructor(kem: unknown, kdf: unknown, aead: unknown);
  DeserializePrivateKey(key: Uint8Array, extractable: boolean): Promise<unknown>;
  Open(
    key: unknown,
    enc: Uint8Array,
    ct: Uint8Array,
    options: { info: Uint8Array; aad: Uint8Array },
  ): Promise<Uint8Array>;
}
export function argon2id(options: {
  password: string;
  salt: Uint8Array;
  parallelism: number;
  iterations: number;
  memorySize: number;
  hashLength: number;
  outputType: "binary";
}): Promise<Uint8Array>;
