// Every tablet; the first thing on the page is what is not here yet.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import type { TabletRow } from "../fleet.ts";
import { type Run, runsInWords } from "../gaps.ts";
import type { DeskView } from "../view.ts";
import { audienceName, notice, releaseWords } from "./marks.ts";

export function fleetScreen(view: DeskView): TemplateResult {
  const notices = view.fleet.filter((row) => row.verdict !== "complete").map(noticeOf);
  const apart =
    view.keptApart > 0 ? [notice("now", "alert", t("desk.fleet.apart", { n: view.keptApart }), html``)] : [];
  return html`<div class="head"><h1 class="grow">${t("desk.fleet")}</h1></div>
    ${notices.length + apart.length > 0 ? html`<section class="pair">${notices}${apart}</section>` : nothing}
    <section class="panel scroll" aria-label=${t("desk.fleet.table")}>
      ${view.fleet.length === 0 ? html`<p class="empty">${t("desk.fleet.empty")}</p>` : table(view)}
    </section>`;
}

function noticeOf(row: TabletRow): TemplateResult {
  const tablet = row.name;
  if (row.verdict === "fork") {
    const numbers = runsInWords(single(row.forks));
    return notice("now", "alert", t("desk.fleet.fork", { tablet, numbers }), t("desk.fleet.fork.more"));
  }
  if (row.verdict === "silent") {
    return notice("", "warning", t("desk.fleet.silent", { tablet }), t("desk.fleet.silent.more"));
  }
  const more = t("desk.fleet.owes.more", { numbers: runsInWords(row.missing) });
  return notice("soon", "warning", t("desk.fleet.owes", { n: row.owed, tablet }), more);
}

const COLUMNS = ["tablet", "missing", "held", "contact", "word", "drafts", "release", "epochs"] as const;
const AT_END = new Set<string>(["held", "drafts"]);

function table(view: DeskView): TemplateResult {
  return html`<table>
    <caption class="vh">${t("desk.fleet.table")}</caption>
    <thead>
      <tr>${COLUMNS.map((name) => html`<th scope="col" class=${AT_END.has(name) ? "end" : ""}>${t(`desk.fleet.${name}`)}</th>`)}</tr>
    </thead>
    <tbody>${view.fleet.map((row) => rowOf(view, row))}</tbody>
  </table>`;
}

function rowOf(view: DeskView, row: TabletRow): TemplateResult {
  const { stated } = row;
  return html`<tr class=${row.verdict === "complete" ? "" : "warn"}>
    <th scope="row" class="nowrap">
      <b>${row.name}</b> <span class="muted">· ${view.siteName(row.site)}${row.revoked ? ` · ${t("desk.fleet.revoked")}` : ""}</span>
    </th>
    <td>${verdict(row)}</td>
    <td class="end nowrap">${t("desk.fleet.held.of", { held: row.held, total: row.total })}</td>
    <td class="nowrap">${row.lastContact === null ? dash() : when(row.lastContact, view.now)}</td>
    <td class="nowrap muted">${stated ? html`#${stated.seq} · ${when(stated.time, view.now)}` : dash()}</td>
    <td class="end">${stated ? stated.drafts : dash()}</td>
    <td class="nowrap">${stated ? html`<span class=${stated.release === view.release ? "" : "late"}>${releaseWords(stated.release)}</span>` : dash()}</td>
    <td class="nowrap">${epochs(view, row)}</td>
  </tr>`;
}

function verdict(row: TabletRow): TemplateResult {
  if (row.verdict === "complete")
    return html`<span class="state safe">${icon("tick")}${t("desk.fleet.complete")}</span>`;
  if (row.verdict === "silent")
    return html`<span class="state soon">${icon("warning")}${t("desk.fleet.unheard")}</span>`;
  const words =
    row.verdict === "fork"
      ? t("desk.fleet.forked", { numbers: runsInWords(single(row.forks)) })
      : t("desk.fleet.owed", { numbers: runsInWords(row.missing) });
  return html`<span class="state owes ${row.verdict === "fork" ? "now" : "soon"}">${icon("warning")}${words}</span>`;
}

function epochs(view: DeskView, row: TabletRow): TemplateResult {
  if (!row.stated) return dash();
  if (row.behind.length === 0) return html`${t("desk.fleet.current")}`;
  const words = row.behind.map(({ audience, epoch, current }) =>
    t("desk.fleet.behind", { audience: audienceName(audience, view.siteName), epoch, current }),
  );
  return html`<span class="late">${words.join(", ")}</span>`;
}

export function fleetFoot(view: DeskView): TemplateResult {
  const held = view.fleet.reduce((sum, row) => sum + row.held, 0);
  const owed = view.fleet.reduce((sum, row) => sum + row.owed, 0);
  return html`<footer class="foot"><p>${t("desk.fleet.sum", { n: view.fleet.length, held, owed })}</p></footer>`;
}

function single(numbers: readonly number[]): Run[] {
  return numbers.map((n) => ({ from: n, to: n }));
}

function dash(): TemplateResult {
  return html`<span class="muted">–</span>`;
}
