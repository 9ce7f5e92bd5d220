/**
 * Passphrases that are generated (PROTOCOL 2.3): words of SLIP-39's list, 10 bits each, as sync/words.py makes them. The
 * list is loaded only when somebody is added.
 */
import { Problem } from "./problems.ts";
import { randomBytes } from "./randomness.ts";
import type { SlotKind } from "./slot.ts";

/** Words a passphrase has: 60 bits for a desk, 40 for a tablet. */
export const WORDS: Readonly<Record<SlotKind, number>> = { desk: 6, tablet: 4 };

/** A fresh passphrase: words with a space between. */
export async function passphrase(kind: SlotKind): Promise<string> {
  const { WORDLIST } = await import("./wordlist.ts");
  const random = randomBytes(2 * WORDS[kind]);
  const at = (word: number): number => ((random[2 * word] ?? 0) << 8) | (random[2 * word + 1] ?? 0);
  // 1,024 divides 65,536: every word is as likely as every other.
  return Array.from({ length: WORDS[kind] }, (_, word) => {
    const chosen = WORDLIST[at(word) % WORDLIST.length];
    if (chosen === undefined) throw new Problem("malformed", { reason: "word list" });
    return chosen;
  }).join(" ");
}
