/**
 * The frame around a form page: whose form, which section, what is on disk, back and next. The page itself is put into
 * `#page` by the binder and never rendered from here.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { LANGUAGES } from "../../ui/languages.ts";
import { t } from "../../ui/messages.ts";
import { failure, problemWords } from "../../ui/problem.ts";
import { ageWords, when } from "../../ui/times.ts";
import type { Actions, FormView, Model } from "../model.ts";
import type { SaveState } from "../saving.ts";
import { alarmBar } from "../sitting/alarm.ts";
import { toolRow } from "../sitting/panels.ts";
import type { FormTools } from "../sitting/tools.ts";
import { givenName } from "../today.ts";
import { frame, lockAnyway, lockButton, told } from "./frame.ts";

/** *Saved 14:06* stands only while it is true. */
export function savedMark(save: SaveState, now: number): TemplateResult {
  if (save.kind === "failed") {
    return html`<span class="saved bad" role="alert">${icon("alert")}<span>${t("saved.not")} ${problemWords(failure(save.problem)).what}</span></span>`;
  }
  if (save.kind === "saved" && save.at !== null) {
    return html`<span class="saved">${icon("tick")}${t("saved.at", { time: when(save.at, now) })}</span>`;
  }
  return html`<span class="saved">${icon("pencil")}${save.kind === "changing" ? t("saved.changing") : t("saved.nothing")}</span>`;
}

/** Given name, age and card of whom it is about; the title where nobody is known yet. */
function whose(form: FormView, now: number): TemplateResult {
  const { about } = form;
  const name = about ? givenName(about.name) : form.name;
  const age = about?.birth_date ? ageWords(about.birth_date, now) : "";
  const under = [name && !about ? form.title : "", age].filter((one) => one !== "");
  return html`<div class="who grow"><b>${name ?? form.title}</b>
    <span class="muted small">${under.join(" · ")}${under.length > 0 && form.card ? " · " : nothing}${form.card ? html`<bdi class="code">${form.card}</bdi>` : nothing}</span></div>`;
}

function steps(form: FormView): TemplateResult {
  const kind = (at: number): string => (at < form.place ? "past" : at === form.place ? "here" : "");
  const places = Array.from({ length: form.count }, (_, index) => index + 1);
  return html`<div class="steps" role="img" aria-label=${t("form.section_of", { place: form.place, count: form.count })}>
    ${places.map((at) => html`<i class=${kind(at)}></i>`)}</div>`;
}

function bottom(model: Model, act: Actions, form: FormView): TemplateResult {
  const busy = model.busy === "move";
  const on = form.next === null ? t("form.check") : t("form.next", { title: form.next });
  return html`<footer class="bottom"><div>
    <button type="button" class="btn quiet" ?disabled=${busy} @click=${() => act.back()}>${icon("back")}${t("form.back")}</button>
    <span class="where small">${form.marked ? html`<span class="quiet-mark">${icon("clock")}${t("form.marked")}</span> ` : nothing}${form.wrong > 0 ? html`<b>${t("form.wrong", { n: form.wrong })}</b>` : nothing}</span>
    <button type="button" class="btn main" ?disabled=${busy} @click=${() => act.next()}>${on}${icon("next")}</button>
  </div></footer>`;
}

export function formScreen(model: Model, act: Actions, tools: FormTools): TemplateResult {
  const form = model.form;
  if (!form) return frame(model, { top: nothing, main: nothing });
  const offered = LANGUAGES.filter((one) => form.languages.includes(one.code));
  const retry = html`<button type="button" class="btn" @click=${() => act.again()}>${icon("again")}${t("again")}</button>`;
  return frame(model, {
    kind: "filling",
    top: html`<button type="button" class="btn plain icon back" aria-label=${t("form.close")} @click=${() => act.leave()}>${icon("back")}</button>
      ${whose(form, model.now)}${languageSwitch(form.language, (code) => act.language(code), offered)}${lockButton(model, act)}`,
    main: html`<div class="stack heading">
        <div class="row apart"><p class="muted small">${form.title} · ${t("form.section_of", { place: form.place, count: form.count })}</p>
          ${savedMark(form.save, model.now)}</div>
        ${steps(form)}
        ${toolRow(model, form, tools)}
      </div>
      ${told(model, model.lockBlocked ? lockAnyway(model, act) : retry)}
      <div id="page"></div>`,
    foot: html`<div class="feet">${alarmBar(form.alarms, tools)}${bottom(model, act, form)}</div>`,
  });
}
