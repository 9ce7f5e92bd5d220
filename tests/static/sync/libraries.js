// The libraries themselves, for tests of published vectors; tests/ has no node_modules of its own.
export { AEAD_ChaCha20Poly1305 } from "../../../static/node_modules/@panva/hpke-noble/index.js";
export { argon2id } from "../../../static/node_modules/hash-wasm/dist/index.esm.js";
export {
  AEAD_AES_256_GCM,
  CipherSuite,
  KDF_HKDF_SHA256,
  KEM_DHKEM_P256_HKDF_SHA256,
  KEM_DHKEM_X25519_HKDF_SHA256,
  // biome-ignore lint/correctness/useImportExtensions: the library is JavaScript
} from "../../../static/node_modules/hpke/index.js";
