/**
 * The invitation link (PROTOCOL 2.5): `/enrol#<fragment>`, fragment = b64(MessagePack {v, programme, head, invitation}).
 * All after the `#`, so that no server sees the invitation's private half.
 */
import { type Head, headShape } from "./entry.ts";
import { b64, unb64 } from "./ids.ts";
import { bytes, literal, map, type Of } from "./shape.ts";
import { decodeMap, encode } from "./wire.ts";

const linkShape = map({ v: literal(1), programme: bytes(32), head: headShape, invitation: bytes() });
/** `programme` is pinned: the directory is checked from it. `invitation` is PKCS #8. */
export type Link = Of<typeof linkShape>;

export function writeLink(programme: Uint8Array, head: Head, invitation: Uint8Array): string {
  return b64(encode({ v: 1, programme, head: { seq: head.seq, hash: head.hash }, invitation }));
}

/** Throws `malformed`. A leading `#` is taken off. */
export function readLink(fragment: string): Link {
  return linkShape(decodeMap(unb64(fragment.replace(/^#/, ""))), "");
}
