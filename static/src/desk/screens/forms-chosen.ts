// One published form: its versions, what each was made from, to take away, and its paper.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t } from "../../ui/index.ts";
import type { FormVersionView } from "../forms-table.ts";
import type { FormsView } from "../forms-view.ts";
import { plainText } from "../texts.ts";
import type { DeskView } from "../view.ts";

const SOURCE = "source/";

export function chosenPanel(view: DeskView, { row, versions }: NonNullable<FormsView["chosen"]>): TemplateResult {
  const { form } = row;
  const title = form ? plainText(form.title, view.language, form.default_language) : row.key;
  return html`<section class="panel" aria-labelledby="chosen-title">
    <header><h2 id="chosen-title">${title}</h2></header>
    <div class="body">
      <p>${form ? papers(row.version, form.languages) : nothing}</p>
      <ul class="list">${versions.map(versionOf)}</ul>
    </div>
  </section>`;
}

/** The form on paper, in each of its languages. */
function papers(version: string, languages: readonly string[]): TemplateResult {
  return html`${t("desk.forms.paper")}: ${languages.map(
    (one) => html`<a href="/desk/paper/${version}/${one}.html" target="_blank" rel="noopener" lang=${one}>${one}</a> `,
  )}`;
}

function versionOf({ version, number, reason, files }: FormVersionView): TemplateResult {
  const taken = files.filter(({ name }) => name.startsWith(SOURCE) || name === "form.xml" || name === "repaired.yaml");
  return html`<li>
    <b>${t("desk.forms.version", { number })}</b> <span class="code muted" dir="ltr">${version.slice(0, 12)}</span>
    ${reason === null ? nothing : html`<p>${t("desk.forms.reason", { reason })}</p>`}
    <p class="row">${taken.map((one) => fileLink(one.name.replace(SOURCE, ""), one.digest))}</p>
  </li>`;
}

function fileLink(name: string, digest: string): TemplateResult {
  return html`<a class="btn small" href="/forms/files/${digest}" download=${name}>${icon("down")}<bdi dir="ltr">${name}</bdi></a>`;
}
