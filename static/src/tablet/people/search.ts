/**
 * Finding people among thousands by whatever somebody remembers: a name in any script, a piece of the card, age, sex.
 *
 * Rules: names are folded once, searched often; letters say more than bones; who matches equally well stands by name.
 * Pure: rows in, rows out.
 */
import type { PersonHere } from "../../vault/index.ts";
import { ageInYears } from "../plan.ts";
import { type Folded, foldWords } from "./fold.ts";

export interface Wanted {
  text: string;
  /** Whole years, one more or less counts too: ages are told, not known. Null = any. */
  age: number | null;
  sex: "female" | "male" | null;
}

interface Entry {
  person: PersonHere;
  words: readonly Folded[];
  codes: readonly string[];
  age: number | null;
}

/** How many are shown; whoever looks for one of two thousand types another letter. */
export const MOST = 30;
/** Names folded between two breaths of the screen. */
const SLICE = 150;
/** Signs of a card that are enough to look for one. */
const CARD_PIECE = 3;

export class Index {
  readonly #entries: Entry[] = [];

  /** Folds all names without holding up the screen. */
  static async of(people: readonly PersonHere[], now: number, breathe: () => Promise<void>): Promise<Index> {
    const made = new Index();
    for (const [place, person] of people.entries()) {
      if (place % SLICE === SLICE - 1) await breathe();
      made.#add(person, now);
    }
    return made;
  }

  #add(person: PersonHere, now: number): void {
    const codes = [...person.codes, person.card, person.family_card ?? ""].map(plainCode).filter((code) => code !== "");
    this.#entries.push({ person, words: foldWords(person.name ?? ""), codes, age: ageInYears(person, now) });
  }

  /** Everybody who fits, the best first; the first `MOST` of them and how many there are. */
  find(wanted: Wanted): { people: PersonHere[]; count: number } {
    const words = foldWords(wanted.text);
    const code = plainCode(wanted.text);
    const found: { person: PersonHere; worth: number }[] = [];
    for (const entry of this.#entries) {
      if (wanted.sex !== null && entry.person.sex !== undefined && entry.person.sex !== wanted.sex) continue;
      if (wanted.age !== null && (entry.age === null || Math.abs(entry.age - wanted.age) > 1)) continue;
      const worth = Math.max(byCode(code, entry), byName(words, entry));
      if (worth > 0) found.push({ person: entry.person, worth });
    }
    found.sort((one, other) => other.worth - one.worth || compare(one.person.name ?? "", other.person.name ?? ""));
    return { people: found.slice(0, MOST).map((one) => one.person), count: found.length };
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** A card's signs as they are read: without hyphens, O as 0, I and L as 1. */
export function plainCode(text: string): string {
  const signs = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  return /^[0-9A-Z]+$/.test(signs) ? signs : "";
}

function byCode(code: string, entry: Entry): number {
  if (code.length < CARD_PIECE) return 0;
  if (entry.codes.some((one) => one.startsWith(code))) return 4;
  return code.length > CARD_PIECE && entry.codes.some((one) => one.includes(code)) ? 2 : 0;
}

/** Every word that was typed must be found; nothing typed finds everybody. */
function byName(words: readonly Folded[], entry: Entry): number {
  let worth = 1;
  for (const word of words) {
    const best = Math.max(0, ...entry.words.map((one) => alike(word, one)));
    if (best === 0) return 0;
    worth += best;
  }
  return worth;
}

/** 4 the same · 3 begins so · 2 the same bones · 1 begins with the same bones or holds the letters. */
function alike(typed: Folded, name: Folded): number {
  if (typed.letters === name.letters) return 4;
  if (name.letters.startsWith(typed.letters)) return 3;
  const [short] = typed.bones;
  if (short === undefined || short.length < 2) return 0;
  if (typed.bones.some((bones) => name.bones.includes(bones))) return 2;
  const begins = typed.bones.some((bones) => name.bones.some((one) => one.startsWith(bones)));
  return begins || (typed.letters.length > 2 && name.letters.includes(typed.letters)) ? 1 : 0;
}
