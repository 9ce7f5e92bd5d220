/** The scan screens: the live picture with its frame, what was read, and the code to be typed beneath it. */

import { live } from "lit/directives/live.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { language, t } from "../../ui/messages.ts";
import { problemView } from "../../ui/problem.ts";
import type { Actions, Model } from "../model.ts";
import { frame, lockButton } from "../screens/frame.ts";
import type { ScanActions, ScanView } from "./model.ts";
import type { Typing } from "./typing.ts";

type Part = TemplateResult | typeof nothing;

/** What is wrong with what was typed, in words; nothing while it may still become right. */
function wrong(typing: Typing, asked: boolean): string {
  if (typing.wrong === "sign") return t("scan.type.sign", { sign: typing.sign });
  if (typing.wrong === "long") return t("scan.type.long");
  if (typing.wrong === "check") return t("scan.type.check");
  return asked && typing.left > 0 ? t("scan.type.left", { n: typing.left }) : "";
}

function typeIn(view: ScanView, act: ScanActions): TemplateResult {
  const { typing } = view;
  const told = wrong(typing, view.asked);
  const right = typing.code === null ? "" : t("scan.type.right");
  return html`<form class="card stack type-code" autocomplete="off" @submit=${(event: Event) => {
    event.preventDefault();
    act.enter();
  }}>
    <h2><label for="card-code">${t("scan.type")}</label></h2>
    <p class="hint" id="card-code-hint">${t("scan.type.hint")}</p>
    <p class="told ${told ? "bad" : ""}" id="card-code-told" role="status">${told ? icon("alert") : right ? icon("tick") : nothing}${told || right}</p>
    <div class="field">
      <div class="box wide ${told ? "bad" : ""}"><input id="card-code" class="code" type="text" inputmode="text" autocapitalize="characters"
        autocomplete="off" spellcheck="false" enterkeyhint="go" placeholder="0000-0000-00" dir="ltr"
        aria-describedby="card-code-hint card-code-told" aria-invalid=${told ? "true" : "false"}
        .value=${live(typing.text)} @input=${(event: Event) => act.type(event.target as HTMLInputElement)}></div>
      <button type="submit" class="btn ${typing.code ? "main" : ""}" ?disabled=${view.busy}>${t(`scan.go.${view.purpose}`)}${icon("next")}</button>
    </div>
  </form>`;
}

function picture(view: ScanView, act: ScanActions): TemplateResult {
  const { camera } = view;
  const failed = typeof camera === "object";
  const about = camera === "live" ? t(`scan.hold.${view.purpose}`) : t("scan.camera.opening");
  return html`<div class="eye" ?hidden=${failed}>
      <video muted playsinline disablepictureinpicture aria-hidden="true"></video><span class="aim" aria-hidden="true"></span>
    </div>
    ${failed ? problemView(camera, html`<button type="button" class="btn" @click=${() => act.look()}>${icon("again")}${t("again")}</button>`) : nothing}
    <p class="told" role="status">${said(view) || (failed ? "" : about)}</p>`;
}

function said({ said: one }: ScanView): string {
  return one === null ? "" : t(`scan.said.${one.kind}`, { address: one.address });
}

/** Picture, words and field: the body of a screen, or of a window over a form. */
export function scanBody(view: ScanView, act: ScanActions): TemplateResult {
  return html`${view.problem ? problemView(view.problem) : nothing}
    ${picture(view, act)}
    ${view.purpose === "invitation" || view.purpose === "code" ? nothing : typeIn(view, act)}`;
}

export function scanTitle(view: ScanView): string {
  return view.title ?? t(`scan.title.${view.purpose}`);
}

/** `end`: what stands at the end of the top bar. */
function screen(model: Model, view: ScanView, act: ScanActions, end: Part): TemplateResult {
  const back = html`<button type="button" class="btn plain back" @click=${() => act.leave()}>${icon("back")}${t("scan.back")}</button>`;
  return frame(model, {
    top: html`${back}<span class="grow"></span>${end}`,
    main: html`<h1>${scanTitle(view)}</h1>${scanBody(view, act)}`,
  });
}

export function cardScreen(model: Model, act: Actions, view: ScanView, scan: ScanActions): TemplateResult {
  return screen(model, view, scan, lockButton(model, act));
}

export function invitationScreen(model: Model, act: Actions, view: ScanView, scan: ScanActions): TemplateResult {
  return screen(
    model,
    view,
    scan,
    languageSwitch(language(), (code) => act.language(code)),
  );
}

/** Over a form: the form stays as it is beneath. */
export function scanWindow(view: ScanView, act: ScanActions): TemplateResult {
  return html`<header class="row apart"><h2 tabindex="-1">${scanTitle(view)}</h2>
      <button type="button" class="btn quiet" @click=${() => act.leave()}>${icon("cross")}${t("scan.close")}</button></header>
    <div class="stack">${scanBody(view, act)}</div>`;
}
