// A form that was brought: the report by sheet, row and column with offered repairs, the preview, and what comes next.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { has, icon, t } from "../../ui/index.ts";
import type { Checked, ReportLine } from "../forms-centre.ts";
import type { Brought } from "../forms-desk.ts";
import type { FormsView } from "../forms-view.ts";
import type { DeskActions } from "../view.ts";
import { toDo } from "./forms-repairs.ts";

/** Codes that two administrators have to answer for. */
const SECOND = ["form_forbidden", "form_exposes"];

export function broughtPanels(
  forms: FormsView,
  brought: Brought,
  actions: DeskActions,
): TemplateResult | typeof nothing {
  const { checked } = brought;
  if (!checked) return nothing;
  return html`<div class="brought">
    <section class="panel scroll" aria-labelledby="report-title" tabindex="0">
      <header><h2 id="report-title"><bdi dir="ltr">${brought.name}</bdi></h2><p class="row">${counts(checked)}</p></header>
      ${listed(checked).length === 0 ? html`<p class="empty">${t("desk.forms.clean")}</p>` : report(checked, forms, actions)}
      ${repaired(checked)}
      <footer class="row">${next(forms, checked, actions)}</footer>
    </section>
    ${preview(brought, checked, actions)}
  </div>`;
}

function counts({ lines, rows }: Checked): TemplateResult {
  const stops = lines.filter((one) => one.kind !== "warning" && one.repair === "").length;
  const offered = lines.filter((one) => one.repair !== "").length;
  return html`${stops > 0 ? html`<span class="state now">${icon("cross")}${t("desk.forms.stops", { n: stops })}</span>` : nothing}
    ${offered > 0 ? html`<span class="state soon">${icon("undo")}${t("desk.forms.offered", { n: offered })}</span>` : nothing}
    <span class="state safe">${icon("tick")}${t("desk.forms.rows", { n: rows })}</span>`;
}

/** What is missing in a language is told beside the preview, once for each. */
function listed({ lines, missing }: Checked): ReportLine[] {
  const beside = (line: ReportLine) =>
    line.kind === "warning" && line.code === "form_missing" && line.column.includes("::");
  return missing.length > 0 ? lines.filter((line) => !beside(line)) : lines;
}

function report(checked: Checked, forms: FormsView, actions: DeskActions): TemplateResult {
  return html`<table>
    <caption class="vh">${t("desk.forms.report")}</caption>
    <thead>
      <tr><th scope="col">${t("desk.forms.where")}</th><th scope="col">${t("desk.forms.wrong")}</th><th scope="col">${t("desk.forms.todo")}</th></tr>
    </thead>
    <tbody>
      ${listed(checked).map(
        (line) => html`<tr data-code=${line.code}>
          <td class="nowrap">${where(line)}</td>
          <td>${kind(line)} ${said(line)}</td>
          <td>${toDo(line, checked, forms, actions)}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function where({ sheet, rows, written }: ReportLine): TemplateResult {
  const named = rows.length > 4 ? `${rows.slice(0, 4).join(", ")} …` : rows.join(", ");
  const place = rows.length > 0 ? t("desk.forms.row", { n: rows.length, sheet, rows: named }) : sheet;
  return html`${place || t("desk.forms.whole")}${written ? html`<br /><span class="muted" dir="ltr">${written}</span>` : nothing}`;
}

function kind({ kind: what, code, repair }: ReportLine): TemplateResult {
  if (SECOND.includes(code))
    return html`<span class="state sealed">${icon("keyhole")}${t("desk.forms.kind.second")}</span>`;
  if (what === "warning")
    return html`<span class="state soon">${icon("warning")}${t("desk.forms.kind.warning")}</span>`;
  if (repair) return html`<span class="state soon">${icon("undo")}${t("desk.forms.kind.repair")}</span>`;
  return html`<span class="state now">${icon("cross")}${t(`desk.forms.kind.${what}`)}</span>`;
}

/** In the reader's language what it is; in English, as on the command line, what exactly. */
function said({ code, words }: ReportLine): TemplateResult {
  const key = `problem.${code}.what`;
  return html`${has(key) ? t(key) : code}<br /><span class="muted" lang="en" dir="auto">${words}</span>`;
}

function repaired({ repaired: done }: Checked): TemplateResult | typeof nothing {
  if (done.length === 0) return nothing;
  return html`<div class="body">
    <h3>${t("desk.forms.repaired")}</h3>
    <ul class="list">
      ${done.map(({ sheet, row, before, after }) => html`<li>${sheet}${row > 0 ? ` ${row}` : ""}: <del>${before}</del> <ins>${after}</ins></li>`)}
    </ul>
  </div>`;
}

function next(forms: FormsView, checked: Checked, actions: DeskActions): TemplateResult {
  const busy = forms.doing !== null;
  const away = html`<button class="btn" type="button" @click=${actions.forms.putAway}>${t("desk.forms.away")}</button>`;
  if (checked.version === "") {
    return html`<button class="btn" type="button" disabled>${t("desk.forms.publish")}</button>${away}
      <span class="grow muted">${t("desk.forms.closed")}</span>`;
  }
  const needs = checked.second.map((one) => t(`desk.forms.subject.${one}`)).join(", ");
  if (checked.second.length > 0 && !forms.given) {
    const ask = () => actions.ask({ is: "reason", missing: false });
    return html`<button class="btn go" type="button" ?disabled=${busy} @click=${ask}>${t("desk.forms.reason.go")}</button>${away}
      <span class="grow">${t("desk.forms.needs", { what: needs })}</span>`;
  }
  const words = forms.given
    ? t("desk.forms.given", { name: forms.given.by, reason: forms.given.reason, what: needs })
    : t("desk.forms.ready", { number: checked.number });
  return html`<button class="btn go" type="button" ?disabled=${busy} @click=${actions.forms.publish}>${t(busy ? "desk.doing" : "desk.forms.publish")}</button>${away}
    <span class="grow">${words}</span>`;
}

function preview(
  { language }: Brought,
  { pages, missing }: Checked,
  actions: DeskActions,
): TemplateResult | typeof nothing {
  const languages = Object.keys(pages);
  if (languages.length === 0) return nothing;
  return html`<section class="panel" aria-labelledby="preview-title">
    <header>
      <h2 id="preview-title">${t("desk.forms.preview")}</h2>
      <div class="lang" role="group" aria-label=${t("desk.forms.preview.language")}>
        ${languages.map(
          (one) =>
            html`<button type="button" lang=${one} aria-pressed=${one === language} @click=${() => actions.forms.preview(one)}>${one}</button>`,
        )}
      </div>
    </header>
    <div class="body">
      <iframe class="preview" sandbox="allow-same-origin" title=${t("desk.forms.preview.of", { language })} .srcdoc=${pages[language] ?? ""}></iframe>
      ${missing.map(
        (one) =>
          html`<p class="state soon wrap">${icon("warning")}${t("desk.forms.missing", { language: one.language, n: one.missing, rows: one.rows.slice(0, 12).join(", ") })}</p>`,
      )}
    </div>
  </section>`;
}
