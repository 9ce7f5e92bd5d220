/** The language last chosen on this tablet: the only thing kept outside the vault, and nothing of a person. */
import { isLanguage, type Language, pickLanguage } from "../ui/languages.ts";

const CACHE = "preference";
const PLACE = "/tablet/preference/language";

export async function preferredLanguage(): Promise<Language> {
  if (!isSecureContext) return pickLanguage(navigator.languages);
  const kept = await (await caches.open(CACHE)).match(PLACE).catch(() => undefined);
  const code = await kept?.text();
  return isLanguage(code) ? code : pickLanguage(navigator.languages);
}

export async function preferLanguage(language: Language): Promise<void> {
  if (!isSecureContext) return;
  await (await caches.open(CACHE)).put(PLACE, new Response(language));
}
