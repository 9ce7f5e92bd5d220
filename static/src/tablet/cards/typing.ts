/**
 * A card's code while it is typed: grouped 4-4-2, folded, and what is wrong with it at once.
 *
 * Rules: nothing typed is thrown away, so that whoever typed it can see what to mend. Cyrillic letters that look like a
 * card's sign are taken for it: with a Kazakh keyboard nobody can see the difference.
 */
import { readCard } from "../../form/card.ts";

const SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 10;
const DROPPED = /[\s\u00ad\u2010-\u2015\u2212_.-]/g;
const FOLD: Readonly<Record<string, string>> = {
  O: "0", I: "1", L: "1",
  А: "A", В: "B", С: "C", Е: "E", Н: "H", К: "K", М: "M", Р: "P", Т: "T", Х: "X", О: "0", З: "3", І: "1",
}; // biome-ignore format: pairs

export interface Typing {
  /** As it stands in the field: `7KQ4-M2X`. */
  text: string;
  /** The whole, right code, or null. */
  code: string | null;
  /** How many signs are still to come; negative when there are too many. */
  left: number;
  /** `sign`: stands on no card; `long`: more than ten; `check`: ten signs that do not belong together. */
  wrong: "sign" | "long" | "check" | null;
  /** The sign that stands on no card. */
  sign: string;
}

export const EMPTY: Typing = { text: "", code: null, left: LENGTH, wrong: null, sign: "" };

/** What a card's signs are of whatever was typed, in capitals and folded. */
function signsOf(typed: string): string[] {
  return [...typed.replaceAll(DROPPED, "").toLocaleUpperCase("en")].map((sign) => FOLD[sign] ?? sign);
}

export function typing(typed: string): Typing {
  const signs = signsOf(typed);
  const text = grouped(signs);
  const left = LENGTH - signs.length;
  const sign = signs.find((one) => !SIGNS.includes(one)) ?? "";
  const code = readCard(signs.join(""));
  const wrong = sign !== "" ? "sign" : left < 0 ? "long" : left === 0 && code === null ? "check" : null;
  return { text, code, left, wrong, sign };
}

function grouped(signs: readonly string[]): string {
  const whole = signs.join("");
  return [whole.slice(0, 4), whole.slice(4, 8), whole.slice(8)].filter((part) => part !== "").join("-");
}

/** Where the caret belongs in the grouped text, when it stood at `caret` in what was typed. */
export function caretIn(typed: string, caret: number): number {
  const before = signsOf(typed.slice(0, caret)).length;
  return before + (before > 8 ? 2 : before > 4 ? 1 : 0);
}
