/** Where the tablet's words come from, a chunk a language: one is loaded before home, the others wait in the cache. */
import type { Language } from "../../ui/languages.ts";
import type { WordSource } from "../../ui/messages.ts";

export const WORDS: Record<Language, WordSource> = {
  en: () => import("./en.ts"),
  kk: () => import("./kk.ts"),
};

/** The words of the screens that are not needed before home. */
export const DAY_WORDS: Record<Language, WordSource> = {
  en: () => import("./day-en.ts"),
  kk: () => import("./day-kk.ts"),
};

/** The words of pictures, signatures, sounds and files. */
export const CAPTURE_WORDS: Record<Language, WordSource> = {
  en: () => import("./capture-en.ts"),
  kk: () => import("./capture-kk.ts"),
};
