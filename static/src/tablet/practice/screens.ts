/** The word for practice on every screen, and the outbox of practice, from which nothing is ever sent. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { language, number, t } from "../../ui/messages.ts";
import { clockTime, when } from "../../ui/times.ts";
import type { OutboxRow } from "../../vault/index.ts";
import type { Actions, Model } from "../model.ts";
import { frame, lockButton, told, who } from "../screens/frame.ts";
import type { Screen } from "../screens/index.ts";

/** The same screens under the banner; `end` = *End practice*. */
export function around(end: () => void): (screen: Screen) => Screen {
  return (screen) => (model, act) =>
    html`${banner(model, end)}${model.state === "outbox" ? practisedScreen(model, act) : screen(model, act)}`;
}

/** In the hands of the person who is asked there is the word alone: nothing on that screen leads back to home. */
function banner(model: Model, end: () => void): TemplateResult {
  const means = model.state === "seal" ? t("practice.means.seal") : t("practice.means");
  return html`<aside class="practice" aria-label=${t("practice.word")}>
    <div class="bar"><div><b>${t("practice.word")}</b>${
      model.state === "given"
        ? nothing
        : html`<button type="button" class="btn" ?disabled=${model.busy !== null} @click=${end}>${t("practice.end")}</button>`
    }</div></div>
    <p class="about"><span>${means}</span> <span role="status">${practised(model)}</span></p>
  </aside>`;
}

function practised({ notice }: Model): string {
  return notice?.kind === "practised" ? t("practice.sealed", { time: clockTime(notice.at) }) : "";
}

function row(model: Model, one: OutboxRow): TemplateResult {
  const title = one.title[language()] ?? one.title["en"] ?? one.form;
  return html`<li>
    <span class="num muted seq">${one.seq}</span>
    <div class="grow"><b>${title}</b>
      <div class="sub">${when(one.sealedAt, model.now)}${one.card ? html` · <bdi class="code">${one.card}</bdi>` : nothing}</div></div>
    <span class="chip none">${t("practice.practised")}</span>
  </li>`;
}

/** Stands where the outbox stands, without its tiles and its *Send now*. */
export function practisedScreen(model: Model, act: Actions): TemplateResult {
  const { rows } = model.outbox;
  return frame(model, {
    top: html`<span class="grow"><button type="button" class="btn plain back" @click=${() => act.leave()}>${icon("back")}${t("home.title")}</button></span>
      ${who(model)}${lockButton(model, act)}`,
    main: html`<div><h1>${t("practice.outbox")}</h1><p class="muted">${t("practice.outbox.about")}</p></div>
      ${told(model)}
      ${
        rows.length === 0
          ? html`<p class="card muted">${t("practice.outbox.empty")}</p>`
          : html`<section class="card flat">
              <header class="row apart"><h2>${t("practice.outbox.rows")}</h2><span class="muted small">${number(rows.length)}</span></header>
              <ul class="rows">${rows.map((one) => row(model, one))}</ul></section>`
      }`,
  });
}
