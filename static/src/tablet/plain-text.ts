/** A text of a form without its expressions. */
import type { CompiledForm, Text } from "../form/index.ts";

/** In `language` or the form's own. */
export function plainText(text: Text, language: string, form: CompiledForm): string {
  const found = text[language] ?? text[form.default_language] ?? "";
  return typeof found === "string" ? found : found.filter((piece) => typeof piece === "string").join("");
}
