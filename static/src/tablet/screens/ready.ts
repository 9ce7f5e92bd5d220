/** Ready for offline: plain checks, each made just now; each red line says what to do. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { language, t } from "../../ui/messages.ts";
import { when } from "../../ui/times.ts";
import { type Check, isReady } from "../checks.ts";
import type { Actions, Model } from "../model.ts";
import { brand, frame, told } from "./frame.ts";

function row(model: Model, act: Actions, check: Check): TemplateResult {
  const words = t(`ready.${check.name}.${check.verdict}`, check.places);
  return html`<li>
    <span class="round ${check.ok ? "ok" : "act"}">${icon(check.ok ? "tick" : "warning")}</span>
    <div class="grow"><b>${t(`ready.${check.name}`)}</b><div class="sub">${words}</div>
      ${check.places["digits"] ? html`<p class="digits" dir="ltr">${check.places["digits"]}</p>` : nothing}</div>
    ${
      check.fix
        ? html`<button type="button" class="btn" ?disabled=${model.busy !== null} @click=${() => act.fix(check)}>${t(`ready.fix.${check.fix}`)}</button>`
        : nothing
    }
  </li>`;
}

function group(model: Model, act: Actions, title: string, checks: readonly Check[]): TemplateResult | typeof nothing {
  if (checks.length === 0) return nothing;
  return html`<section class="card flat"><header><h2>${title}</h2></header>
    <ul class="rows">${checks.map((check) => row(model, act, check))}</ul></section>`;
}

function verdict(model: Model, todo: number, all: number): TemplateResult {
  const at = when(model.checks?.at ?? model.now, model.now);
  if (todo === 0)
    return html`<div class="verdict ok">${icon("tick")}<div><h1>${t("ready.yes")}</h1><p>${t("ready.yes.means", { n: all, time: at })}</p></div></div>`;
  return html`<div class="verdict act">${icon("warning")}<div><h1>${t("ready.no", { n: todo })}</h1><p>${t("ready.no.means")}</p></div></div>`;
}

export function readyScreen(model: Model, act: Actions): TemplateResult {
  const list = model.checks?.list ?? [];
  const todo = list.filter((check) => !check.ok && !check.optional);
  const optional = list.filter((check) => !check.ok && check.optional);
  const fine = list.filter((check) => check.ok);
  const ready = isReady(list);
  const checking = html`<div><h1>${t("ready.checking")}</h1></div>`;
  return frame(model, {
    top: html`${brand(model)}${languageSwitch(language(), (code) => act.language(code))}`,
    main: html`${list.length > 0 ? verdict(model, todo.length, fine.length) : checking}
      ${told(model)}
      ${group(model, act, t("ready.todo"), todo)}
      ${group(model, act, t("ready.optional"), optional)}
      ${group(model, act, ready ? t("ready.all") : t("ready.fine"), fine)}`,
    foot: html`<footer class="bottom"><div>
      <button type="button" class="btn quiet" ?disabled=${model.busy !== null} @click=${() => act.check()}>
        ${icon("again")}${model.busy === "checks" ? t("ready.checking") : t("ready.again")}</button>
      <button type="button" class="btn ${ready ? "main" : ""}" @click=${() => act.work()}>
        ${ready ? t("ready.work") : t("ready.work_anyway")}${icon("next")}</button>
    </div></footer>`,
  });
}
