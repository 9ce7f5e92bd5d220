/** Enrolment: what is done, what is under way, and any problem by name. The same link may be used again after a break. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { language, t } from "../../ui/messages.ts";
import type { EnrolStep } from "../../vault/index.ts";
import type { Actions, Model } from "../model.ts";
import { brand, frame, told } from "./frame.ts";

export const ENROL_STEPS: readonly (EnrolStep | "forms")[] = ["link", "directory", "keys", "register", "keep", "forms"];

function step(model: Model, name: EnrolStep | "forms"): TemplateResult {
  const done = model.enrol.done.includes(name);
  const here = !done && model.enrol.at === name && model.busy === "enrol";
  const state = done ? "done" : here ? "here" : "waits";
  return html`<li>
    <span class="round ${done ? "ok" : ""}">${done ? icon("tick") : nothing}</span>
    <div class="grow"><b>${t(`enrol.${name}`)}</b><div class="sub">${t(`enrol.state.${state}`)}</div></div>
  </li>`;
}

export function enrolScreen(model: Model, act: Actions): TemplateResult {
  const stuck = model.problem !== null && model.busy !== "enrol";
  return frame(model, {
    top: html`${brand(model)}${languageSwitch(language(), (code) => act.language(code))}`,
    main: html`<div><h1>${t("enrol.title")}</h1><p class="muted">${t("enrol.about")}</p></div>
      ${told(
        model,
        stuck
          ? html`<button type="button" class="btn main" @click=${() => act.again()}>${icon("again")}${t("again")}</button>`
          : nothing,
      )}
      <section class="card flat"><ul class="rows">${ENROL_STEPS.map((name) => step(model, name))}</ul></section>`,
  });
}
