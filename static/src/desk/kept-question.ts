// A question that was being written when the desk locked. It is sealed to the reviewer's own reading key before the keys
// are dropped, held in memory only, and opens again for nobody but them.
import { concat, utf8 } from "../sync/bytes.ts";
import { b64 } from "../sync/ids.ts";
import { context, hpkeSeal } from "../sync/keys.ts";
import type { SignedIn } from "./session.ts";

export type Draft = { of: string; site: string; words: string };
type Kept = { reader: string; of: string; site: string; sealed: Promise<Uint8Array> };

export class KeptQuestion {
  #kept: Kept | null = null;

  /** Begins sealing at once: after this returns nothing here needs the keys. */
  keep({ pid, reading }: SignedIn, { of, site, words }: Draft): void {
    if (words.trim() === "") return;
    const sealed = hpkeSeal(reading.public, infoOf(pid, of), utf8(words));
    this.#kept = { reader: b64(reading.keyId), of, site, sealed };
  }

  /** The question again, once, for who wrote it; null for everybody else. */
  async take({ pid, reading }: SignedIn): Promise<Draft | null> {
    const kept = this.#kept;
    if (!kept || kept.reader !== b64(reading.keyId)) return null;
    this.#kept = null;
    const words = await reading.open(infoOf(pid, kept.of), await kept.sealed);
    return words && { of: kept.of, site: kept.site, words: new TextDecoder().decode(words) };
  }
}

function infoOf(pid: Uint8Array, of: string): Uint8Array {
  return context("esik/1/kept-question", concat(pid, utf8(of)));
}
