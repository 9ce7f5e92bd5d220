// Questions and answers as a list of terms; repeat members as groups; ways out in words.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { language, t } from "../../ui/index.ts";
import type { AnswerGroup, AnswerLine, Said } from "../answers.ts";

export function answerGroup(group: AnswerGroup): TemplateResult {
  return html`${headingOf(group)}
    ${group.lines.length > 0 ? html`<dl class="qa">${group.lines.map(line)}</dl>` : nothing} ${group.groups.map(answerGroup)}`;
}

function headingOf(group: AnswerGroup): TemplateResult | typeof nothing {
  const { title, number, of } = group;
  if (title === "" && number === null) return nothing;
  return html`<h3>${number === null ? title : t("desk.submission.person", { title, n: number, all: of })}</h3>`;
}

function line(one: AnswerLine): TemplateResult {
  return html`<dt>${one.label}</dt><dd data-answer=${one.ref}>${saidWords(one.said)}${one.unit === "" ? nothing : html` ${one.unit}`}</dd>`;
}

function saidWords(said: Said): TemplateResult | string {
  if (said.is === "said") return said.text;
  if (said.is === "date") return dateWords(said.date);
  if (said.is === "yes") return t("desk.said.yes");
  return html`<span class="outway">${t(`desk.said.${said.is === "way" ? said.way : "not_asked"}`)}</span>`;
}

/** A calendar date without a zone; what is no whole date is shown as it was sealed. */
function dateWords(date: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return date;
  const at = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(at)) return date;
  const locale = language() === "en" ? "en-GB" : language();
  return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(at);
}
