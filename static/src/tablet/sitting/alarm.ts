/**
 * What stands on the screen while a flag of P1 is raised: stay, call, and who took over.
 *
 * Rules: whom to call is here with the wire cut. What belongs to wellbeing or protection is called by no name in the room:
 * only that somebody must be called. *Nobody yet* is an answer.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { has, t } from "../../ui/messages.ts";
import type { DutyContact } from "../../vault/index.ts";
import type { Alarm, TakenOver } from "./model.ts";
import { dialled, dutyFor } from "./rules.ts";
import type { FormTools } from "./tools.ts";

type Part = TemplateResult | typeof nothing;

/** A number as large digits that dial. */
function call(one: DutyContact): TemplateResult {
  const digits = dialled(one.contact);
  const words = html`<span class="grow"><b>${one.name}</b><span class="sub">${one.what}</span></span>`;
  return digits
    ? html`<a class="btn call" href=${`tel:${digits}`}>${words}<bdi class="phone" dir="ltr">${one.contact}</bdi></a>`
    : html`<p class="call">${words}<bdi class="phone">${one.contact}</bdi></p>`;
}

/** The fixed bar of a form. */
export function alarmBar(alarms: readonly Alarm[], tools: FormTools): Part {
  const first = alarms.find((one) => one.taken === null) ?? alarms[0];
  if (!first) return nothing;
  const [contact, ...others] = dutyFor(first.audience, tools.duty);
  const asked = audiences(alarms).every((one) => one.taken !== null);
  return html`<section class="alarm" aria-label=${t("alarm.title")}><div>
    <div class="row"><p role="alert">${icon("alert")}<b>${contact ? t("alarm.stay.call") : t("alarm.stay.nobody")}</b></p>
      <button type="button" class="btn" aria-expanded=${tools.panel === "taken" ? "true" : "false"} @click=${() => tools.toggle("taken")}>${
        asked ? said(first.taken) : t("alarm.who")
      }</button></div>
    ${contact ? call(contact) : nothing}
    ${
      others.length > 0
        ? html`<details><summary>${t("alarm.others", { n: others.length })}</summary>${others.map(call)}</details>`
        : nothing
    }
    ${tools.panel === "taken" ? takenOver(alarms, tools) : nothing}
  </div></section>`;
}

/** One alarm for each audience: one answer holds for all of theirs; unanswered while one of them is. */
export function audiences(alarms: readonly Alarm[]): Alarm[] {
  const found = new Map<string, Alarm>();
  for (const one of alarms) if (!found.has(one.audience) || one.taken === null) found.set(one.audience, one);
  return [...found.values()];
}

function said(taken: TakenOver | null): string {
  if (!taken) return t("alarm.who");
  return taken.by === null ? t("alarm.nobody_yet") : t("alarm.taken", { name: taken.by });
}

/** *Who took over?*, once for each audience that must know. */
export function takenOver(alarms: readonly Alarm[], tools: FormTools): TemplateResult {
  const all = audiences(alarms);
  return html`<div class="stack took">${all.map((one) => question(one, tools, all.length > 1))}</div>`;
}

function question(alarm: Alarm, tools: FormTools, several: boolean): TemplateResult {
  const { audience, taken, quiet } = alarm;
  const unsafe = taken?.carer_unsafe === true;
  const pick = (words: string, on: boolean, act: () => void): TemplateResult =>
    html`<button type="button" class="btn quiet" aria-pressed=${on ? "true" : "false"} @click=${act}>${on ? icon("tick") : nothing}${words}</button>`;
  const known = tools.colleagues.slice(0, 8);
  const other = taken?.by != null && !known.some((one) => one.name === taken.by);
  return html`<fieldset class="stack"><legend>${t("alarm.who")}${several && !quiet && has(`audience.${audience}`) ? html` <span class="muted">${t(`audience.${audience}`)}</span>` : nothing}</legend>
    <div class="seg">
      ${known.map((one) => pick(one.name, taken?.by === one.name, () => tools.took(audience, one.name, unsafe)))}
      ${pick(other ? (taken?.by ?? "") : t("alarm.other"), other, () => tools.write(audience))}
      ${pick(t("alarm.nobody_yet"), taken !== null && taken.by === null, () => tools.took(audience, null, unsafe))}
    </div>
    ${tools.writing === audience ? written(audience, unsafe, tools) : nothing}
    ${
      audience === "protection" && taken
        ? pick(t("alarm.carer_unsafe"), unsafe, () => tools.took(audience, taken.by, !unsafe))
        : nothing
    }
  </fieldset>`;
}

function written(audience: string, unsafe: boolean, tools: FormTools): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = (
      (event.currentTarget as HTMLFormElement).elements.namedItem("taker") as HTMLInputElement
    ).value.trim();
    if (name !== "") tools.took(audience, name, unsafe);
  };
  return html`<form class="field" autocomplete="off" @submit=${submit}>
    <span class="box grow"><input name="taker" type="text" maxlength="80" autocomplete="off" spellcheck="false" aria-label=${t("alarm.name")}></span>
    <button class="btn">${t("alarm.take")}</button></form>`;
}
