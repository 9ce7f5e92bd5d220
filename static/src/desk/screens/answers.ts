// Questions and answers as a list of terms; repeat members as groups; ways out in words.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { dateWords, t } from "../../ui/index.ts";
import type { AnswerGroup, AnswerLine, Said } from "../answers.ts";

/** How a picture, a sound or a file is shown, by its name. */
export type ShowAttached = (said: Extract<Said, { is: "attached" }>) => TemplateResult;

export function answerGroup(group: AnswerGroup, show: ShowAttached): TemplateResult {
  return html`${headingOf(group)}
    ${group.lines.length > 0 ? html`<dl class="qa">${group.lines.map((one) => line(one, show))}</dl>` : nothing}
    ${group.groups.map((one) => answerGroup(one, show))}`;
}

function headingOf(group: AnswerGroup): TemplateResult | typeof nothing {
  const { title, number, of } = group;
  if (title === "" && number === null) return nothing;
  return html`<h3>${number === null ? title : t("desk.submission.person", { title, n: number, all: of })}</h3>`;
}

function line(one: AnswerLine, show: ShowAttached): TemplateResult {
  return html`<dt>${one.label}</dt><dd data-answer=${one.ref}>${saidWords(one.said, show)}${one.unit === "" ? nothing : html` ${one.unit}`}</dd>`;
}

function saidWords(said: Said, show: ShowAttached): TemplateResult | string {
  if (said.is === "attached") return show(said);
  if (said.is === "said") return said.text;
  if (said.is === "date") return dateOf(said.date);
  if (said.is === "yes") return t("desk.said.yes");
  return html`<span class="outway">${t(`desk.said.${said.is === "way" ? said.way : "not_asked"}`)}</span>`;
}

/** A calendar date; what is no whole date is shown as it was sealed. */
function dateOf(date: string): string {
  const [, year, month, day] = /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})$/.exec(date) ?? [];
  return year === undefined ? date : dateWords(Number(day), Number(month), Number(year));
}
