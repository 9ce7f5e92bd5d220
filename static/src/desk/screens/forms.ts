// The forms: what is published and who still works on an old version; below it the form that was brought, and its report.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, problemView, t } from "../../ui/index.ts";
import type { FormRow, Waiting } from "../forms-table.ts";
import type { FormsView } from "../forms-view.ts";
import { routeTo } from "../route.ts";
import { plainText } from "../texts.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { broughtPanels } from "./forms-brought.ts";
import { chosenPanel } from "./forms-chosen.ts";
import { drawn, keyHint, notice } from "./marks.ts";

export function formsScreen(view: DeskView, actions: DeskActions): TemplateResult {
  const { forms } = view;
  if (!forms) return html`<h1>${t("desk.forms")}</h1>`;
  return html`<div class="head">
      <h1 class="grow">${t("desk.forms")}</h1>
      ${forms.maySign ? ways(forms, actions) : nothing}
    </div>
    ${done(forms)} ${library(view, forms, actions)}
    ${forms.doing === "look" ? html`<p role="status">${t("desk.forms.looking")}</p>` : nothing}
    ${forms.failed ? problemView(forms.failed) : nothing}
    ${forms.brought ? broughtPanels(forms, forms.brought, actions) : nothing} ${waits(forms)}
    ${table(view, forms)} ${forms.chosen ? chosenPanel(view, forms.chosen) : nothing}`;
}

function ways(forms: FormsView, actions: DeskActions): TemplateResult {
  const busy = forms.doing !== null;
  const chosen = (change: Event) => {
    const input = change.currentTarget as HTMLInputElement;
    if (input.files?.length) actions.forms.bring(input.files);
    // The same file again, mended, is another choice.
    input.value = "";
  };
  return html`<button class="btn" type="button" ?disabled=${busy} @click=${actions.forms.openLibrary}>${t("desk.forms.library")}</button>
    <input id="bring" class="vh" type="file" multiple tabindex="-1" autocomplete="off" aria-hidden="true"
      accept=".xlsx,.xlsm,.xls,.csv,.md,.yaml,.yml,image/*,audio/*" @change=${chosen} />
    <button class="btn go" type="button" ?disabled=${busy} @click=${() => document.getElementById("bring")?.click()}>
      ${drawn("up")}${t("desk.forms.bring")} <kbd aria-hidden="true">U</kbd>
    </button>`;
}

function done({ done: last }: FormsView): TemplateResult | typeof nothing {
  if (!last) return nothing;
  const words = { form: last.key, number: last.number };
  return last.is === "published"
    ? notice("", "tick", t("desk.forms.published", words), t("desk.forms.published.more"))
    : notice("soon", "clock", t("desk.forms.waits", words), t("desk.forms.waits.more"));
}

function library(view: DeskView, forms: FormsView, actions: DeskActions): TemplateResult | typeof nothing {
  if (!forms.library) return nothing;
  return html`<section class="panel" aria-labelledby="library-title">
    <header><h2 id="library-title">${t("desk.forms.library.title")}</h2></header>
    <div class="body">
      <ul class="list">
        ${forms.library.map(
          (one) => html`<li class="row">
            <b>${plainText(one.title, view.language, "en")}</b>
            <span class="muted">${t("desk.forms.version", { number: one.number })}</span>
            <button class="btn small" type="button" @click=${() => actions.forms.bringLibrary(one.name)}>${t("desk.forms.look")}</button>
          </li>`,
        )}
      </ul>
    </div>
  </section>`;
}

function waits({ waiting }: FormsView): TemplateResult | typeof nothing {
  if (waiting.length === 0) return nothing;
  return html`${waiting.map((one) =>
    notice(
      "soon",
      "clock",
      t("desk.forms.second", { form: one.key, number: one.number }),
      html`<p>${waitingWords(one)}</p><p class="muted">${t("desk.forms.second.how", { version: one.version.slice(0, 8) })}</p>`,
    ),
  )}`;
}

function waitingWords({ mine, by, reason }: Waiting): string {
  return mine ? t("desk.forms.second.mine", { reason }) : t("desk.forms.second.other", { name: by, reason });
}

const COLUMNS = ["form", "version", "languages", "submissions", "behind"] as const;

function table(view: DeskView, { rows, chosen }: FormsView): TemplateResult {
  return html`<section class="panel scroll" aria-label=${t("desk.forms.table")} tabindex="0">
    ${
      rows.length === 0
        ? html`<p class="empty">${t("desk.forms.empty")}</p>`
        : html`<table>
            <caption class="vh">${t("desk.forms.table")}</caption>
            <thead>
              <tr>${COLUMNS.map((name) => html`<th scope="col" class=${name === "submissions" ? "end" : ""}>${t(`desk.forms.column.${name}`)}</th>`)}</tr>
            </thead>
            <tbody>${rows.map((row) => rowOf(view, row, chosen?.row.key === row.key))}</tbody>
          </table>`
    }
  </section>`;
}

function rowOf(view: DeskView, row: FormRow, open: boolean): TemplateResult {
  const { form, version } = row;
  const title = form ? plainText(form.title, view.language, form.default_language) : row.key;
  const subject = form ? html` <span class="muted">· ${t(`desk.forms.about.${form.subject}`)}</span>` : nothing;
  return html`<tr data-form=${row.key}>
    <th scope="row">
      <a href=${routeTo({ page: "forms", version })} data-row=${version} aria-current=${open ? "true" : nothing}>${title}</a>${subject}
    </th>
    <td class="nowrap">${row.number} <span class="code muted">${version.slice(0, 4)}</span></td>
    <td class="muted">${form ? form.languages.join(" ") : "–"}</td>
    <td class="end">${row.submissions}</td>
    <td>${row.behind.length === 0 ? html`<span class="muted">${t("desk.forms.nobody")}</span>` : row.behind.map((one) => html`<span class="state soon wrap">${icon("warning")}${t("desk.forms.behind", { ...one, n: one.drafts })}</span> `)}</td>
  </tr>`;
}

export function formsFoot(view: DeskView, showKeys: () => void): TemplateResult {
  return html`<footer class="foot">
    <p>${t("desk.forms.foot")}</p>
    <p class="keys" aria-label=${t("desk.keys")}>
      ${view.forms?.maySign ? keyHint(["U"], t("desk.keys.upload")) : nothing}
      ${keyHint(["J", "K"], t("desk.keys.move"))}
      ${view.forms?.brought?.checked ? keyHint(["P"], t("desk.keys.preview")) : nothing}
      <button class="btn small" type="button" @click=${showKeys}><kbd>?</kbd> ${t("desk.keys.all")}</button>
    </p>
  </footer>`;
}
