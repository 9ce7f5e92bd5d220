/** The row of buttons under a form's heading, and the panels that they open. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { when } from "../../ui/times.ts";
import type { FormView, Model } from "../model.ts";
import { STOPS } from "./model.ts";
import { parks } from "./rules.ts";
import type { FormTools, Panel } from "./tools.ts";

type Part = TemplateResult | typeof nothing;

export function toolRow(model: Model, form: FormView, tools: FormTools): TemplateResult {
  const busy = model.busy !== null;
  const opens = (panel: Panel, words: string): TemplateResult =>
    html`<button type="button" class="btn quiet" ?disabled=${busy} aria-expanded=${tools.panel === panel ? "true" : "false"} @click=${() => tools.toggle(panel)}>${words}</button>`;
  const room = parks(form.sitting) ? t("tools.room.shut") : t("tools.room");
  return html`<div class="seg tools" role="group" aria-label=${t("tools.title")}>
      ${form.person ? opens("stop", t("tools.stop")) : nothing}
      ${form.givable ? opens("give", t("tools.give")) : nothing}
      ${form.sitting || form.sensitive ? html`<button type="button" class="btn quiet" ?disabled=${busy} @click=${() => tools.sitting()}>${icon("eye")}${room}</button>` : nothing}
      ${opens("more", t("tools.more"))}
    </div>
    ${panelOf(model, tools)}
    ${toldBefore(model, form)}`;
}

function toldBefore(model: Model, form: FormView): Part {
  const { stopped, continues, paper } = form;
  if (stopped) return notice(t("form.stopped", { reason: t(`stop.${stopped}`) }));
  if (paper) return notice(t("form.paper", { number: paper.number, time: when(paper.asked_at, model.now) }));
  return continues ? notice(t("form.continues")) : nothing;
}

function notice(words: string): TemplateResult {
  return html`<p class="notice" role="status">${words}</p>`;
}

function panelOf(model: Model, tools: FormTools): Part {
  const { panel } = tools;
  if (panel === "stop") return stop(model, tools);
  if (panel === "give") return give(model, tools);
  if (panel === "more") return more(model, tools);
  return panel === "paper" ? paper(model, tools) : nothing;
}

function stop(model: Model, tools: FormTools): TemplateResult {
  return html`<section class="card stack panel"><h2>${t("tools.stop.why")}</h2><p class="muted">${t("tools.stop.about")}</p>
    <div class="opts small">${STOPS.map(
      (one) =>
        html`<button type="button" class="btn quiet" ?disabled=${model.busy !== null} @click=${() => void tools.stop(one)}>${t(`stop.${one}`)}</button>`,
    )}</div></section>`;
}

function give(model: Model, tools: FormTools): TemplateResult {
  return html`<section class="card stack panel"><h2>${t("tools.give")}</h2><p>${t("tools.give.about")}</p>
    <button type="button" class="btn main wide" ?disabled=${model.busy !== null} @click=${() => tools.give()}>${t("tools.give.do")}</button></section>`;
}

function more(model: Model, tools: FormTools): TemplateResult {
  const busy = model.busy !== null;
  return html`<section class="card stack panel"><h2>${t("tools.more")}</h2>
    <button type="button" class="btn quiet wide" ?disabled=${busy} @click=${() => tools.handOver()}>${t("draft.hand_over")}</button>
    <button type="button" class="btn quiet wide" ?disabled=${busy} @click=${() => tools.toggle("paper")}>${t("tools.paper")}</button>
    <button type="button" class="btn quiet wide" ?disabled=${busy} @click=${() => tools.check()}>${t("form.check")}</button></section>`;
}

function paper(model: Model, tools: FormTools): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const { elements } = event.currentTarget as HTMLFormElement;
    const value = (name: string): string => (elements.namedItem(name) as HTMLInputElement).value;
    tools.paper(value("day"), value("time"), value("number"));
  };
  const field = (name: string, type: string, words: string): TemplateResult =>
    html`<div><label class="label" for=${`paper-${name}`}>${words}</label><div class="field"><span class="box wide grow">
      <input id=${`paper-${name}`} name=${name} type=${type} autocomplete="off" maxlength="40"></span></div></div>`;
  return html`<form class="card stack panel" autocomplete="off" @submit=${submit}><h2>${t("tools.paper")}</h2><p class="muted">${t("tools.paper.about")}</p>
    ${field("day", "date", t("tools.paper.day"))}${field("time", "time", t("tools.paper.time"))}${field("number", "text", t("tools.paper.number"))}
    ${tools.wants ? html`<p class="bad" role="alert">${icon("alert")}${t(`tools.paper.wants.${tools.wants}`)}</p>` : nothing}
    <button class="btn main wide" ?disabled=${model.busy !== null}>${t("tools.paper.do")}</button></form>`;
}
