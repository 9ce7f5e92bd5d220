/**
 * The languages that screens speak, in the order of the switch. BCP 47 codes; direction comes from here, never from text.
 *
 * Rules: no DOM. A language stands in LANGUAGES only when its message files are whole; PREPARED ones wait for theirs.
 */
export type Language = "en" | "kk";

export interface LanguageName {
  readonly code: string;
  /** As on the switch. */
  readonly short: string;
  /** As its speakers write it. */
  readonly name: string;
  readonly dir: "ltr" | "rtl";
}

export const LANGUAGES: readonly (LanguageName & { code: Language })[] = [
  { code: "en", short: "EN", name: "English", dir: "ltr" },
  { code: "kk", short: "ҚАЗ", name: "Қазақша", dir: "ltr" },
];

export const PREPARED: readonly LanguageName[] = [
  { code: "ru", short: "РУС", name: "Русский", dir: "ltr" },
  { code: "ar", short: "عربي", name: "العربية", dir: "rtl" },
];

/** The declared language of a text, also of one that screens do not speak yet. */
export function languageName(code: string): LanguageName {
  const known = [...LANGUAGES, ...PREPARED].find((one) => one.code === code);
  return known ?? { code, short: code.toUpperCase(), name: code, dir: "ltr" };
}

/** The first of `wanted` (a browser's list) that screens speak, else English. */
export function pickLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const found = LANGUAGES.find((one) => one.code === tag.toLowerCase().split("-")[0]);
    if (found) return found.code;
  }
  return "en";
}

export function isLanguage(code: unknown): code is Language {
  return LANGUAGES.some((one) => one.code === code);
}
