/** The language last chosen on this tablet: the only thing kept outside the vault, and nothing of a person. */
import { isLanguage, type Language, pickLanguage } from "../ui/languages.ts";

const CACHE = "preference";
const PLACE = "/tablet/preference/language";

/** The language chosen last, else the browser's; a storage that cannot be read changes nothing. */
export async function preferredLanguage(): Promise<Language> {
  try {
    const kept = await (await caches.open(CACHE)).match(PLACE);
    const code = await kept?.text();
    if (isLanguage(code)) return code;
  } catch {
    // Over an open line there are no caches; main.ts says so on the screen.
  }
  return pickLanguage(navigator.languages);
}

export async function preferLanguage(language: Language): Promise<void> {
  if (!isSecureContext) return;
  await (await caches.open(CACHE)).put(PLACE, new Response(language));
}
