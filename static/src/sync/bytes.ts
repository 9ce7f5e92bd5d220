/**
 * Bytes, and nothing about what they mean. Everything returned is a plain `Bytes`; everything taken is any `Uint8Array`.
 * `‖` of PROTOCOL is `concat`; numbers are big-endian (1.3).
 */

/** A byte array with a buffer of its own kind: what WebCrypto, fetch and IndexedDB take. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** A byte that separates fields in contexts and signed bytes. */
export const NUL: Bytes = new Uint8Array(1);

const encoder = new TextEncoder();

export function utf8(text: string): Bytes {
  return encoder.encode(text) as Bytes;
}

export function concat(...pieces: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A copy of part of `data`. A view would drag its whole buffer along into IndexedDB and messages to workers. */
export function cut(data: Uint8Array, from: number, to: number = data.length): Bytes {
  return data.slice(from, to) as Bytes;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Order of two byte arrays as unsigned bytes, shorter first when one begins the other: < 0, 0 or > 0. */
export function compare(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at++) {
    const difference = (a[at] as number) - (b[at] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

export function u16(value: number): Bytes {
  const bytes = new Uint8Array(2);
  new DataView(bytes.buffer).setUint16(0, value);
  return bytes;
}

export function u32(value: number): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

export function readU16(data: Uint8Array, at = 0): number {
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getUint16(at);
}

export function readU32(data: Uint8Array, at = 0): number {
  return new DataView(data.buffer, data.byteOffset, data.byteLength).getUint32(at);
}
