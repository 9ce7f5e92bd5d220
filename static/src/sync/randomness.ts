/** Randomness's only door. */
import type { Bytes } from "./bytes.ts";

/** `length` bytes from the system's generator. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}
