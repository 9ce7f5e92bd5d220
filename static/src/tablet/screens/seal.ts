/** Check, then seal: what blocks, what was not asked, what sealing means. The button says why it cannot, if it cannot. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { has, t } from "../../ui/messages.ts";
import { span } from "../../ui/times.ts";
import type { Actions, Model } from "../model.ts";
import type { SealRow, SealSection, SealSummary } from "../sealing.ts";
import { audiences, takenOver } from "../sitting/alarm.ts";
import type { FormTools } from "../sitting/tools.ts";
import { savedMark } from "./form.ts";
import { frame, lockAnyway, lockButton, told } from "./frame.ts";

/** Rows that stand before *more*: what sealing means shall not lie ten screens below. */
const SHOWN = 8;

function row(act: Actions, one: SealRow): TemplateResult {
  const where = [one.section, one.whose ?? ""].filter((part) => part !== "").join(" · ");
  return html`<li><div class="grow"><b>${one.label}</b><div class="sub">${where}</div></div>
    <button type="button" class="btn" aria-label=${t("seal.answer.which", { label: one.label })} @click=${() => act.answer(one.ref)}>${t("seal.answer")}</button></li>`;
}

function list(
  act: Actions,
  title: string,
  about: string,
  rows: readonly SealRow[],
  bad: boolean,
): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<section class="card flat ${bad ? "bad" : ""}">
    <header class="row apart"><h2>${title}</h2><span class="muted small">${about}</span></header>
    <ul class="rows">${rows.slice(0, SHOWN).map((one) => row(act, one))}</ul>
    ${
      rows.length > SHOWN
        ? html`<details class="rest"><summary>${t("seal.more", { n: rows.length - SHOWN })}</summary>
            <ul class="rows">${rows.slice(SHOWN).map((one) => row(act, one))}</ul></details>`
        : nothing
    }</section>`;
}

function meaning(seal: SealSummary): TemplateResult {
  const readers = seal.audiences.map((one) => (has(`audience.${one}`) ? t(`audience.${one}`) : one)).join(", ");
  return html`<section class="card"><h2>${t("seal.means")}</h2><ul class="points">
    <li>${icon("pencil")}<span><b>${t("seal.until")}</b> ${t("seal.until.means")}</span></li>
    <li>${icon("keyhole")}<span><b>${t("seal.after")}</b> ${t("seal.after.means", { readers })}</span></li>
    <li>${icon("eye")}<span><b>${t("seal.others")}</b> ${t("seal.others.means")}</span></li>
  </ul></section>`;
}

function sections(seal: SealSummary): TemplateResult {
  const complete = seal.sections.filter((one) => whole(one, seal)).length;
  return html`<section class="card flat">
    <header><h2>${t("seal.sections", { n: complete, count: seal.sections.length })}</h2></header>
    <ul class="rows">${seal.sections.map(
      (
        one,
        index,
      ) => html`<li><span class="round ${whole(one, seal) ? "ok" : ""}">${whole(one, seal) ? icon("tick") : index + 1}</span>
        <div class="grow"><b>${one.title}</b><div class="sub">${standing(one)}</div></div></li>`,
    )}</ul></section>`;
}

/** Whoever must be there now, and who took over. */
function alarm(seal: SealSummary, tools: FormTools): TemplateResult | typeof nothing {
  if (seal.alarms.length === 0) return nothing;
  return html`<section class="card bad stack" id="alarm"><h2 tabindex="-1">${t("seal.alarm")}</h2><p>${t("seal.alarm.about")}</p>
    ${takenOver(seal.alarms, tools)}</section>`;
}

function follows(seal: SealSummary): TemplateResult | typeof nothing {
  if (seal.follows.length === 0) return nothing;
  return html`<section class="card flat"><header><h2>${t("seal.follows")}</h2></header><ul class="rows">${seal.follows.map(
    (one) => html`<li><span class="round act">${icon(one.level === "P1" ? "alert" : "clock")}</span>
      <div class="grow"><b>${one.action}</b><div class="sub">${one.why ? `${one.why} ` : nothing}${within(one.hours)}</div></div></li>`,
  )}</ul></section>`;
}

function within(hours: number | null): string {
  if (hours === null) return t("seal.due.next_visit");
  return hours === 0 ? t("seal.due.now") : t("seal.due.hours", { span: span(hours * 3_600_000) });
}

/** What stays shut because others can hear or see. */
function parked(seal: SealSummary): TemplateResult | typeof nothing {
  if (seal.parked.length === 0) return nothing;
  return html`<section class="card flat"><header class="row apart"><h2>${t("seal.parked", { n: seal.parked.length })}</h2>
    <span class="muted small">${t("seal.parked.about")}</span></header>
    <ul class="rows">${seal.parked.map((title) => html`<li>${icon("eye")}<b class="grow">${title}</b></li>`)}</ul></section>`;
}

function part(model: Model, seal: SealSummary, tools: FormTools): TemplateResult | typeof nothing {
  if (!seal.part) return nothing;
  const unasked = audiences(seal.alarms).some((one) => one.taken === null);
  const n = seal.sections.filter((one) => one.state === "done").length;
  return html`<section class="card stack" id="part"><h2>${t("seal.part", { n, count: seal.sections.length })}</h2><p>${t("seal.part.about")}</p>
    <button type="button" class="btn wide" ?disabled=${model.busy !== null || unasked} @click=${() => tools.sealPart()}>${icon("keyhole")}${model.busy === "seal" ? t("seal.sealing") : t("seal.part.do")}</button></section>`;
}

function button(model: Model, act: Actions, seal: SealSummary): TemplateResult {
  const first = seal.required[0] ?? seal.invalid[0];
  if (audiences(seal.alarms).some((one) => one.taken === null))
    return html`<button type="button" class="btn main" @click=${toAlarm}>${t("seal.alarm.first")}${icon("up")}</button>`;
  if (first)
    return html`<button type="button" class="btn main" @click=${() => act.answer(first.ref)}>${t("seal.first")}${icon("next")}</button>`;
  const open = seal.notAsked.length;
  const sealed = open > 0 ? t("seal.with", { n: open }) : t("seal.do");
  const words = model.practice ? t("practice.seal") : sealed;
  return html`<button type="button" class="btn main" ?disabled=${model.busy !== null} @click=${() => act.seal()}>
    ${icon("keyhole")}${model.busy === "seal" ? t("seal.sealing") : words}</button>`;
}

function toAlarm(): void {
  const title = document.querySelector<HTMLElement>("#alarm h2");
  title?.focus();
  title?.scrollIntoView({ block: "start" });
}

/** What was sealed before, or is done in a form that may be sealed in part, counts; what stays shut does not. */
function whole({ state, wanting }: SealSection, { part: parts }: SealSummary): boolean {
  return state === "sealed" || (state === "done" && parts) || (state !== "parked" && wanting === 0);
}

function standing(one: SealSection): string {
  if (one.state === "sealed") return t("seal.before");
  if (one.state === "parked") return t("tools.room.shut");
  return one.wanting === 0 ? t("seal.whole") : t("seal.wanting", { n: one.wanting });
}

export function sealScreen(model: Model, act: Actions, tools: FormTools): TemplateResult {
  const seal = model.seal;
  if (!seal) return frame(model, { top: nothing, main: nothing });
  const save = { kind: seal.savedAt === null ? "new" : "saved", at: seal.savedAt, problem: null } as const;
  return frame(model, {
    top: html`<button type="button" class="btn plain icon back" aria-label=${t("seal.back")} @click=${() => act.backToForm()}>${icon("back")}</button>
      <div class="who grow"><b>${seal.name ?? seal.title}</b><span class="muted small">${seal.card ? html`<bdi class="code">${seal.card}</bdi>` : nothing}</span></div>
      ${savedMark(save, model.now)}${lockButton(model, act)}`,
    main: html`<div><p class="muted small">${seal.title}</p><h1>${t("seal.title")}</h1></div>
      ${told(model, lockAnyway(model, act))}
      ${alarm(seal, tools)}
      ${list(act, t("seal.required", { n: seal.required.length }), t("seal.required.about"), seal.required, true)}
      ${list(act, t("seal.invalid", { n: seal.invalid.length }), t("seal.invalid.about"), seal.invalid, true)}
      ${list(act, t("seal.not_asked", { n: seal.notAsked.length }), t("seal.not_asked.about"), seal.notAsked, false)}
      ${parked(seal)}
      ${follows(seal)}
      ${part(model, seal, tools)}
      ${meaning(seal)}
      ${sections(seal)}`,
    foot: html`<footer class="bottom"><div>
      <button type="button" class="btn quiet" @click=${() => act.backToForm()}>${icon("back")}${t("seal.back")}</button>
      ${button(model, act, seal)}
    </div></footer>`,
  });
}
