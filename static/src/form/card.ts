/**
 * Card codes: `7KQ4-M2XD-9P`, eight Crockford base32 symbols (40 random bits) and two check symbols (value mod 1021).
 *
 * Rules as in forms/card.py: every single wrong symbol and every swap of neighbours is found; reading folds case, O to 0,
 * I and L to 1, and drops spaces and dashes of any kind.
 */

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHECK = 1021;
const FOLD: Readonly<Record<string, string>> = { O: "0", I: "1", L: "1" };
const DROPPED = " \t\r\n\u00a0\u202f-\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212_.";

/** The printed code of 40 bits (five bytes, random ones come from the caller). */
export function makeCard(bits: Uint8Array): string {
  if (bits.length !== 5) throw new RangeError("a card code has 40 bits");
  const value = bits.reduce((sum, byte) => sum * 256 + byte, 0);
  return print(symbols(value, 8) + symbols(value % CHECK, 2));
}

/** The printed code of whatever was typed or scanned; null when it is not one or a symbol is wrong. */
export function readCard(typed: string): string | null {
  const kept = [...typed].filter((symbol) => !DROPPED.includes(symbol));
  const folded = kept
    .map((symbol) => (symbol >= "a" && symbol <= "z" ? symbol.toUpperCase() : symbol))
    .map((symbol) => FOLD[symbol] ?? symbol);
  if (folded.length !== 10 || folded.some((symbol) => !SYMBOLS.includes(symbol))) return null;
  const code = folded.join("");
  return value(code.slice(0, 8)) % CHECK === value(code.slice(8)) ? print(code) : null;
}

export function cardValid(typed: string): boolean {
  return readCard(typed) !== null;
}

function value(code: string): number {
  return [...code].reduce((sum, symbol) => sum * 32 + SYMBOLS.indexOf(symbol), 0);
}

function symbols(number: number, count: number): string {
  let out = "";
  for (let rest = number; out.length < count; rest = Math.floor(rest / 32)) out = SYMBOLS.charAt(rest % 32) + out;
  return out;
}

function print(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4, 8)}-${code.slice(8)}`;
}
