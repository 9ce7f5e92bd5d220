// What this browser remembers while the desk is locked: hashes, numbers and the language. Never a name, an answer, a
// key or a passphrase: whoever takes the laptop may read all of it.
import type { Word } from "./records.ts";

/** A place in a chain. Hashes are base64url. */
export type Place = { seq: number; hash: string };

/** Where this browser's own log stands: `suffix` are its 8 random bytes, base64url. */
export type OwnLog = { suffix: string } & Place;

const PREFIX = "esik.desk.";
const B64 = /^[A-Za-z0-9_-]+$/;

export class Memory {
  readonly #storage: Pick<Storage, "getItem" | "setItem">;

  constructor(storage: Pick<Storage, "getItem" | "setItem">) {
    this.#storage = storage;
  }

  get language(): string | null {
    return this.#storage.getItem(`${PREFIX}language`);
  }

  setLanguage(language: string): void {
    this.#storage.setItem(`${PREFIX}language`, language);
  }

  /** The highest directory head seen here of a programme; a chain that is shorter or different is an alarm. */
  head(programme: string): Place | null {
    return readPlace(this.#read(`head.${programme}`));
  }

  setHead(programme: string, { seq, hash }: Place): void {
    const known = this.head(programme);
    if (!known || seq > known.seq) this.#storage.setItem(`${PREFIX}head.${programme}`, JSON.stringify({ seq, hash }));
  }

  /** Where the log of a signing key stands as this browser last wrote it. */
  ownLog(signing: string): OwnLog | null {
    const kept = this.#read(`log.${signing}`);
    const place = readPlace(kept);
    const suffix = kept?.["suffix"];
    return place && typeof suffix === "string" && B64.test(suffix) ? { suffix, ...place } : null;
  }

  setOwnLog(signing: string, { suffix, seq, hash }: OwnLog): void {
    this.#storage.setItem(`${PREFIX}log.${signing}`, JSON.stringify({ suffix, seq, hash }));
  }

  /** End-of-shift codes that were brought to this browser: logs and numbers. */
  words(): Word[] {
    const kept = this.#read("words")?.["words"];
    return Array.isArray(kept) ? kept.filter(isWord) : [];
  }

  /** Of each log the highest is kept. */
  addWord(word: Word): void {
    const others = this.words().filter((one) => one.log !== word.log || one.seq > word.seq);
    if (others.some((one) => one.log === word.log)) return;
    const { log, seq, time, how } = word;
    this.#storage.setItem(`${PREFIX}words`, JSON.stringify({ words: [...others, { log, seq, time, how }] }));
  }

  #read(name: string): Record<string, unknown> | null {
    try {
      const kept: unknown = JSON.parse(this.#storage.getItem(PREFIX + name) ?? "null");
      return typeof kept === "object" && kept !== null ? (kept as Record<string, unknown>) : null;
    } catch {
      return null;
    }
  }
}

function isWord(kept: unknown): kept is Word {
  const { log, seq, time, how } = (kept ?? {}) as Record<string, unknown>;
  const numbers = [seq, time].every((one) => typeof one === "number" && Number.isSafeInteger(one) && one >= 0);
  return numbers && typeof log === "string" && B64.test(log) && (how === "qr" || how === "code");
}

function readPlace(kept: Record<string, unknown> | null): Place | null {
  const { seq, hash } = kept ?? {};
  const whole = typeof seq === "number" && Number.isSafeInteger(seq) && seq >= 0;
  return whole && typeof hash === "string" && B64.test(hash) ? { seq, hash } : null;
}

/** This browser's memory. */
export function browserMemory(): Memory {
  // biome-ignore lint/style/noRestrictedGlobals: only hashes, numbers and the language go through Memory.
  return new Memory(localStorage);
}
