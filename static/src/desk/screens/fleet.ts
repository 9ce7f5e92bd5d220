// Every tablet; the first thing on the page is what is not here yet.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import type { TabletRow } from "../fleet.ts";
import { runsInWords } from "../gaps.ts";
import type { Stated } from "../records.ts";
import { routeTo } from "../route.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { fleetNotices, freshPanel, single, takeOutButton } from "./fleet-notices.ts";
import { audienceName, keyHint, releaseWords } from "./marks.ts";

export function fleetScreen(view: DeskView, actions: DeskActions): TemplateResult {
  return html`<div class="head">
      <h1 class="grow">${t("desk.fleet")}</h1>
      <button class="btn" type="button" @click=${() => actions.ask({ is: "word", missing: false })}>${icon("down")}${t("desk.word.open")}</button>
      ${
        view.chores.maySign
          ? html`<a class="btn" href=${routeTo({ page: "invite" })}>${icon("plus")}${t("desk.invite")} <kbd aria-hidden="true">N</kbd></a>`
          : nothing
      }
    </div>
    ${freshPanel(view, actions)} ${fleetNotices(view, actions)} ${silentLine(view, actions)}
    <section class="panel scroll" aria-label=${t("desk.fleet.table")} tabindex="0">
      ${view.fleet.length === 0 ? html`<p class="empty">${t("desk.fleet.empty")}</p>` : table(view, actions)}
    </section>`;
}

function silentLine(view: DeskView, actions: DeskActions): TemplateResult {
  return html`<p class="muted">
    ${t("desk.silent", { n: view.chores.silentHours })}
    ${
      view.chores.maySign
        ? html`<button class="link" type="button" @click=${() => actions.ask({ is: "silent", missing: false })}>${t("desk.silent.change")}</button>`
        : nothing
    }
  </p>`;
}

const COLUMNS = ["tablet", "missing", "held", "contact", "word", "drafts", "release", "ready", "epochs"] as const;
const AT_END = new Set<string>(["held", "drafts"]);

function table(view: DeskView, actions: DeskActions): TemplateResult {
  return html`<table>
    <caption class="vh">${t("desk.fleet.table")}</caption>
    <thead>
      <tr>
        ${COLUMNS.map((name) => html`<th scope="col" class=${AT_END.has(name) ? "end" : ""}>${t(`desk.fleet.${name}`)}</th>`)}
        ${view.chores.maySign ? html`<th scope="col"><span class="vh">${t("desk.take_out.tablet")}</span></th>` : nothing}
      </tr>
    </thead>
    <tbody>${view.fleet.map((row) => rowOf(view, row, actions))}</tbody>
  </table>`;
}

function rowOf(view: DeskView, row: TabletRow, actions: DeskActions): TemplateResult {
  const { stated } = row;
  const trouble = row.verdict !== "complete" || row.quiet;
  return html`<tr class=${trouble ? "warn" : ""} data-tablet=${row.name} data-missing=${runsInWords(row.missing)} data-verdict=${row.verdict}>
    <th scope="row" class="nowrap">
      <b>${row.name}</b> <span class="muted">· ${view.siteName(row.site)}${row.revoked ? ` · ${t("desk.fleet.revoked")}` : ""}</span>
    </th>
    <td>${verdict(row)}</td>
    <td class="end nowrap">${t("desk.fleet.held.of", { held: row.held, total: row.total })}</td>
    <td class="nowrap ${row.quiet ? "late" : ""}">${row.lastContact === null ? dash() : when(row.lastContact, view.now)}</td>
    <td class="nowrap muted">${lastWord(view, row)}</td>
    <td class="end">${stated ? drafts(view, stated) : dash()}</td>
    <td class="nowrap">${release(view, row)}</td>
    <td class="nowrap">${readiness(row)}</td>
    <td class="nowrap">${epochs(view, row)}</td>
    ${view.chores.maySign ? html`<td class="end">${row.revoked ? nothing : takeOutButton(row, actions, true)}</td>` : nothing}
  </tr>`;
}

/** How many, and of which forms. */
function drafts(view: DeskView, { drafts: all, waiting }: Stated): TemplateResult {
  const named = waiting.map(({ form, count }) => `${view.formName(form)} ${count}`);
  return html`${all}${named.length > 0 ? html`<br /><span class="muted">${named.join(", ")}</span>` : nothing}`;
}

function lastWord(view: DeskView, { stated, word }: TabletRow): TemplateResult {
  if (word) return html`#${word.seq} · ${t(`desk.fleet.word.${word.how}`)} ${when(word.time, view.now)}`;
  return stated ? html`#${stated.seq} · ${when(stated.time, view.now)}` : dash();
}

function release(view: DeskView, { stated }: TabletRow): TemplateResult {
  if (!stated) return dash();
  if (stated.release === view.release) return html`${releaseWords(stated.release)}`;
  return html`<span class="late">${t("desk.fleet.other_release", { release: releaseWords(stated.release) })}</span>`;
}

function readiness({ stated, confirmed, revoked }: TabletRow): TemplateResult {
  if (revoked) return dash();
  if (!confirmed) return html`<span class="state soon">${icon("warning")}${t("desk.fleet.unconfirmed")}</span>`;
  if (!stated) return dash();
  return stated.ready
    ? html`<span class="state safe">${icon("tick")}${t("desk.fleet.is_ready")}</span>`
    : html`<span class="state soon">${icon("warning")}${t("desk.fleet.not_ready")}</span>`;
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

export function fleetFoot(view: DeskView, showKeys: () => void): TemplateResult {
  const held = view.fleet.reduce((sum, row) => sum + row.held, 0);
  const owed = view.fleet.reduce((sum, row) => sum + row.owed, 0);
  return html`<footer class="foot">
    <p>${t("desk.fleet.sum", { n: view.fleet.length, held, owed })}</p>
    <p class="keys" aria-label=${t("desk.keys")}>
      ${view.chores.maySign ? keyHint(["N"], t("desk.keys.invite")) : nothing}
      <button class="btn small" type="button" @click=${showKeys}><kbd>?</kbd> ${t("desk.keys.all")}</button>
    </p>
  </footer>`;
}

function dash(): TemplateResult {
  return html`<span class="muted">–</span>`;
}
