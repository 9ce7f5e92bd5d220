// Small readings of forms and audiences that several screens share.
import type { Text } from "../form/index.ts";

/** A text of a form in the wanted language, else in the form's own; places with expressions show as an ellipsis. */
export function plainText(text: Text | undefined, language: string, fallback: string): string {
  const found = text?.[language] ?? text?.[fallback] ?? Object.values(text ?? {})[0] ?? "";
  return typeof found === "string" ? found : found.map((piece) => (typeof piece === "string" ? piece : "…")).join("");
}

/** The site whose people list an audience is, or null for every other audience. */
export function siteOfPeople(audience: string): string | null {
  return audience.startsWith("people@") ? audience.slice("people@".length) : null;
}

export function isPeople(audience: string): boolean {
  return audience === "people" || siteOfPeople(audience) !== null;
}
