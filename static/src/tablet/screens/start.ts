/** Before anything: no device yet. Also the screens on which the vault is not open. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { language, t } from "../../ui/messages.ts";
import { problemView } from "../../ui/problem.ts";
import type { Actions, Model } from "../model.ts";
import { brand, frame, told } from "./frame.ts";

const top = (model: Model, act: Actions): TemplateResult =>
  html`${brand(model)}${languageSwitch(language(), (code) => act.language(code))}`;

/** Not enrolled: says to scan an invitation. */
export function startScreen(model: Model, act: Actions): TemplateResult {
  const lost = model.status?.problem ?? null;
  return frame(model, {
    top: top(model, act),
    main: html`<div><h1>${t("start.title")}</h1><p class="muted">${t("start.about")}</p></div>
      ${lost ? problemView({ code: lost }) : nothing}
      ${told(model)}
      <ol class="card numbered">
        ${["ask", "scan", "stay"].map((step) => html`<li><span>${t(`start.${step}`)}</span></li>`)}
      </ol>
      <button type="button" class="btn main wide" @click=${() => act.later((areas) => areas.cards.invitation())}>${icon("scan")}${t("start.camera")}</button>`,
  });
}

export function openingScreen(model: Model): TemplateResult {
  return frame(model, {
    top: brand(model),
    main: html`<h1>${t("opening.title")}</h1><p class="muted">${t("opening.about")}</p>`,
  });
}

/** Another window holds the vault. */
export function elsewhereScreen(model: Model, act: Actions): TemplateResult {
  return frame(model, {
    top: top(model, act),
    main: html`<div class="verdict act">${icon("window")}<div><h1>${t("elsewhere.title")}</h1><p>${t("elsewhere.about")}</p></div></div>
      ${told(model)}
      <button type="button" class="btn main wide" @click=${() => act.useHere()}>${t("elsewhere.use_here")}</button>
      <p class="muted small">${t("elsewhere.means")}</p>`,
  });
}

export function brokenScreen(model: Model, act: Actions): TemplateResult {
  return frame(model, {
    top: top(model, act),
    main: html`<h1>${t("broken.title")}</h1>
      ${told(model)}
      <button type="button" class="btn main wide" @click=${() => act.again()}>${icon("again")}${t("again")}</button>`,
  });
}
