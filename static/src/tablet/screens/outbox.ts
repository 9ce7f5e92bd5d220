/** Outbox: where each sealed submission is. Only what a verified receipt says counts as carried or safe. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { type Delivery, deliveryChip, deliveryMark } from "../../ui/delivery.ts";
import { icon } from "../../ui/icons.ts";
import { language, number, t } from "../../ui/messages.ts";
import { problemView, problemWords } from "../../ui/problem.ts";
import { when } from "../../ui/times.ts";
import type { OutboxRow } from "../../vault/index.ts";
import type { Actions, Model } from "../model.ts";
import { frame, lockButton, told, who } from "./frame.ts";

/** Rows shown at first. */
const FIRST_ROWS = 30;

function tile(model: Model, state: Delivery): TemplateResult {
  return html`<div class="tile ${state}"><b>${deliveryMark(state)}${number(model.status?.counts[state] ?? 0)}</b>
    <p><strong>${t(`delivery.${state}`)}</strong>${t(`outbox.${state}.means`)}</p></div>`;
}

function submission(model: Model, row: OutboxRow): TemplateResult {
  const title = row.title[language()] ?? row.title["en"] ?? row.form;
  const state: Delivery = row.state === "removed" ? "safe" : row.state;
  return html`<li>
    <span class="num muted seq">${row.seq}</span>
    <div class="grow"><b>${title}</b>
      <div class="sub">${t("outbox.sealed", { time: when(row.sealedAt, model.now) })}${row.card ? html` · ${t("outbox.card")} <bdi class="code">${row.card}</bdi>` : nothing}</div>
      ${attachments(row)}
      ${row.problem && !travelling(row) ? html`<div class="sub bad">${problemWords({ code: row.problem }).what}</div>` : nothing}</div>
    ${deliveryChip(state)}
  </li>`;
}

/** The words are at the store already, and its pictures follow: nothing is wrong. */
function travelling(row: OutboxRow): boolean {
  return row.problem === "missing_objects" && row.attachments !== null;
}

function attachments({ attachments: all, state }: OutboxRow): TemplateResult | typeof nothing {
  if (all === null || state !== "tablet") return nothing;
  return html`<div class="sub">${icon("up")} ${t("outbox.attachments", { sent: all.sent, all: all.all })}</div>`;
}

function contact(model: Model): string {
  const last = model.status?.lastContact ?? null;
  if (last === null) return t("outbox.never");
  const words = t("outbox.last", { time: when(last, model.now) });
  return model.delivery ? `${words} ${problemWords(model.delivery).what} ${t("outbox.tries")}` : words;
}

function toldSend(model: Model): TemplateResult | typeof nothing {
  const notice = model.notice;
  if (notice?.kind === "sent")
    return html`<p class="notice" role="status">${icon("tick")}<span>${t("outbox.sent", { n: notice.n ?? 0 })}</span></p>`;
  if (notice?.kind === "nothing_to_send")
    return html`<p class="notice" role="status">${icon("tick")}<span>${t("outbox.nothing_to_send")}</span></p>`;
  return nothing;
}

function submissions(model: Model, act: Actions): TemplateResult {
  const { rows, all } = model.outbox;
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  if (rows.length === 0) return html`<p class="card muted">${t("outbox.empty")}</p>`;
  return html`<section class="card flat">
    <header class="row apart"><h2>${t("outbox.submissions")}</h2><span class="muted small">${number(rows.length)}</span></header>
    <ul class="rows">${shown.map((row) => submission(model, row))}
      ${
        shown.length < rows.length
          ? html`<li><button type="button" class="btn plain back" @click=${() => act.showAllSealed()}>${t("outbox.all", { n: rows.length })}</button></li>`
          : nothing
      }</ul></section>`;
}

export function outboxScreen(model: Model, act: Actions): TemplateResult {
  const sending = model.busy === "send";
  return frame(model, {
    top: html`<span class="grow"><button type="button" class="btn plain back" @click=${() => act.leave()}>${icon("back")}${t("home.title")}</button></span>
      ${who(model)}${lockButton(model, act)}`,
    main: html`<h1>${t("outbox.title")}</h1>
      <div class="tiles">${(["tablet", "carried", "safe"] as const).map((state) => tile(model, state))}</div>
      ${told(model)}
      ${(model.status?.alarms ?? []).map((alarm) => problemView(alarm))}
      <div class="stack">
        <button type="button" class="btn main wide" ?disabled=${sending} @click=${() => act.send()}>${icon("up")}${sending ? t("outbox.sending") : t("outbox.send")}</button>
        ${toldSend(model)}
        <p class="muted small">${contact(model)}</p>
      </div>
      ${submissions(model, act)}
      <button type="button" class="btn wide" @click=${() => act.later((later) => later.ending.openShiftEnd())}>${icon("door")}${t("shift_end.open")}</button>`,
  });
}
