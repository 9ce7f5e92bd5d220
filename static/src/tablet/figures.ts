/**
 * Figures as the reader of a page writes them: digits of her script, her language's sign for the decimals.
 *
 * Rules: what is kept is canonical (0–9 and a point), whatever was typed; a page shows the digits that were last typed
 * into it. No DOM.
 */

const COMMA = new Set(["kk", "ru", "de", "fr", "es", "tr", "uk", "ky", "uz", "pt", "it"]);
const ARABIC = "٠١٢٣٤٥٦٧٨٩";
const PERSIAN = "۰۱۲۳۴۵۶۷۸۹";
const OTHER = /[٠-٩۰-۹]/g;

/** Digits of other scripts as 0–9; everything else as it stands. */
export function plainDigits(text: string): string {
  return text.replace(OTHER, (digit) => String((digit.codePointAt(0) ?? 0) & 15));
}

/** A number as it is kept: 0–9, a point for the decimals. */
export function plainNumber(text: string): string {
  return plainDigits(text.trim()).replace(/[٫,]/g, ".").replace(/[−‒–]/g, "-");
}

export class Figures {
  readonly #sign: string;
  #digits: string | null = null;

  constructor(language: string) {
    this.#sign = COMMA.has(language.split("-")[0] ?? "") ? "," : ".";
  }

  /** Which digits were typed; text without any says nothing. */
  heard(text: string): void {
    if (/[٠-٩]/.test(text)) this.#digits = ARABIC;
    else if (/[۰-۹]/.test(text)) this.#digits = PERSIAN;
    else if (/[0-9]/.test(text)) this.#digits = null;
  }

  digits(value: string): string {
    const digits = this.#digits;
    return digits === null ? value : value.replace(/[0-9]/g, (digit) => digits[Number(digit)] ?? digit);
  }

  number(value: string): string {
    return this.digits(value).replace(".", this.#digits === null ? this.#sign : "٫");
  }
}
