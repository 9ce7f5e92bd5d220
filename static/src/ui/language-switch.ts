/** The switch between the languages of the screens, always in the same order, each in its own letters. */
import { html, type TemplateResult } from "lit/html.js";
import { LANGUAGES, type Language, type LanguageName } from "./languages.ts";
import { t } from "./messages.ts";

/** `offered` narrows it to what a form speaks; the screen's own languages otherwise. */
export function languageSwitch(
  current: string,
  pick: (language: Language) => void,
  offered: readonly (LanguageName & { code: Language })[] = LANGUAGES,
): TemplateResult {
  return html`<div class="lang" role="group" aria-label=${t("language")}>
    ${offered.map(
      (one) => html`<button
        type="button"
        lang=${one.code}
        dir=${one.dir}
        aria-label=${`${one.short} – ${one.name}`}
        aria-pressed=${one.code === current ? "true" : "false"}
        @click=${() => pick(one.code)}
      >${one.short}</button>`,
    )}
  </div>`;
}
