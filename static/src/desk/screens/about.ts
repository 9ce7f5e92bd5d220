// Beside the answers: who sealed it and when, and what was decided.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import type { Decision } from "../records.ts";
import type { DeskView, SubmissionView } from "../view.ts";
import { sittingRows } from "./told.ts";

export function aboutPanel(view: DeskView, seen: SubmissionView): TemplateResult {
  const site = view.siteName(seen.row.site);
  return html`<section class="panel">
    <header><h2>${t("desk.submission.about")}</h2></header>
    <div class="body">
      <dl class="qa">
        <dt>${t("desk.submission.sealedAt")}</dt><dd>${when(seen.sealedAt, view.now)}</dd>
        <dt>${t("desk.submission.receivedAt")}</dt><dd>${when(seen.receivedAt, view.now)}</dd>
        <dt>${t("desk.inbox.from")}</dt><dd>${site} · ${seen.tablet}</dd>
        <dt>${t("desk.submission.number")}</dt><dd>#${seen.seq}</dd>
        ${seen.staff ? html`<dt>${t("desk.submission.staff")}</dt><dd>${seen.staff}<br /><span class="muted">${t("desk.submission.staff.more")}</span></dd>` : nothing}
        ${sittingRows(seen.told, view.now)}
        <dt>${t("desk.submission.version")}</dt>
        <dd>${seen.formNumber ?? nothing} <bdi class="code muted" dir="ltr">${seen.version.slice(0, 8)}</bdi></dd>
      </dl>
      ${seen.clockOff ? html`<p class="state soon">${icon("warning")}${t("desk.submission.clock")}</p>` : nothing}
    </div>
  </section>`;
}

export function decisionsPanel(view: DeskView, seen: SubmissionView): TemplateResult {
  return html`<section class="panel">
    <header><h2>${t("desk.submission.decisions")}</h2></header>
    <div class="body">
      ${
        seen.decisions.length === 0
          ? html`<p class="muted">${t("desk.submission.decisions.none")}</p>`
          : html`<ul class="list">${seen.decisions.toReversed().map((one) => decisionOf(view, one))}</ul>`
      }
    </div>
  </section>`;
}

function decisionOf(view: DeskView, one: Decision): TemplateResult {
  const words = t("desk.decide.by", {
    state: t(`desk.decide.${one.state}`),
    name: one.writer?.name ?? "",
    time: when(one.time, view.now),
  });
  return html`<li class="tight" data-decision=${one.state}>
    <p class="state ${one.state === "accepted" ? "safe" : "out"}">${icon(one.state === "accepted" ? "tick" : "undo")}${words}</p>
    ${questionOf(one)}
    <p class="muted">${t(one.pending ? "desk.decide.waits" : "desk.decide.safe")}</p>
  </li>`;
}

function questionOf({ question }: Decision): TemplateResult | typeof nothing {
  if (!question) return nothing;
  if (question.is === "sealed")
    return html`<p class="state sealed">${icon("keyhole")}${t("desk.submission.question.sealed")}</p>`;
  if (question.is === "failed") {
    return html`<p class="state now">${icon("alert")}${t("desk.submission.question.failed", { step: question.failure.step })}</p>`;
  }
  return html`<p class="vh">${t("desk.submission.question")}</p><blockquote class="question">${question.words}</blockquote>`;
}
