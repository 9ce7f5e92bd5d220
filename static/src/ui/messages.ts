/**
 * The words of the screens: flat keys with `{name}` places, one language in memory at a time.
 *
 *   useMessages({ en: () => import("./words/en.ts"), kk: () => import("./words/kk.ts") });   // once, at the start
 *   await speak("kk");
 *   t("home.today");  t("seal.not_asked", { n: 2 });
 *
 * Rules:
 * - No DOM. A place `n` picks the plural: `key.one`, `key.few`, `key.many`, `key.other` by CLDR category.
 * - A missing key shows itself; tests/static/ui/messages.test.ts holds that none is missing and none unused.
 */
import { type Language, languageName } from "./languages.ts";

export type Words = Readonly<Record<string, string>>;
export type Places = Readonly<Record<string, string | number>>;
/** Loads one language's words; each app has its own areas, so that neither carries the other's. */
export type WordSource = () => Promise<{ readonly default: Words }>;

let sources: Partial<Record<Language, WordSource>>[] = [];
let words: Words = {};
let spoken: Language = "en";
let plurals = new Intl.PluralRules("en");
let figures = new Intl.NumberFormat("en");

export function useMessages(from: Record<Language, WordSource>): void {
  sources = [from];
}

/** More words, for screens that are loaded later; they are spoken from now on. */
export async function addMessages(from: Record<Language, WordSource>): Promise<void> {
  const more = (await from[spoken]()).default;
  sources = [...sources, from];
  words = { ...words, ...more };
}

/** Changes the language of the screens; nothing changes when its words cannot be loaded. */
export async function speak(language: Language): Promise<void> {
  const loaded = await Promise.all(
    sources.map((one) => {
      const source = one[language];
      if (!source) throw new RangeError(`no words in ${language}`);
      return source();
    }),
  );
  words = Object.assign({}, ...loaded.map((one) => one.default)) as Words;
  spoken = language;
  plurals = new Intl.PluralRules(language);
  figures = new Intl.NumberFormat(language);
}

export function language(): Language {
  return spoken;
}

export function direction(): "ltr" | "rtl" {
  return languageName(spoken).dir;
}

export function has(key: string): boolean {
  return key in words;
}

/** The words of a key, its places filled. */
export function t(key: string, places: Places = {}): string {
  const text = words[key] ?? plural(key, places["n"]) ?? key;
  return text.replace(/\{(\w+)\}/g, (place, name: string) => {
    const value = places[name];
    if (value === undefined) return place;
    return typeof value === "number" ? figures.format(value) : value;
  });
}

function plural(key: string, n: string | number | undefined): string | undefined {
  if (typeof n !== "number") return undefined;
  return words[`${key}.${plurals.select(n)}`] ?? words[`${key}.other`];
}

export function number(value: number): string {
  return figures.format(value);
}
