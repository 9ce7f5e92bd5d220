// The frame of every page: skip link, places, who is signed in, and the line of truth.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { clockTime, icon, languageSwitch, problemView, t } from "../../ui/index.ts";
import type { TabletRow } from "../fleet.ts";
import { runsInWords } from "../gaps.ts";
import { routeTo } from "../route.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { audienceName, drawn, releaseWords } from "./marks.ts";

export function shell(
  view: DeskView,
  actions: DeskActions,
  page: TemplateResult,
  foot: TemplateResult,
): TemplateResult {
  return html`<a class="skip" href="#content" @click=${skip}>${t("desk.skip")}</a>
    <div class="shell">
      ${places(view, actions)}
      <div class="main">
        <header class="top">${truthLine(view)}${languageSwitch(view.language, actions.speak)}</header>
        <main class="content" id="content" tabindex="-1">
          ${view.alarms.map((alarm) => html`<div aria-label=${t("desk.alarm")}>${problemView(alarm)}</div>`)} ${page}
        </main>
        ${foot}
      </div>
    </div>`;
}

/** The fragment is the route, so the skip link moves the focus itself. */
function skip(click: Event): void {
  click.preventDefault();
  document.getElementById("content")?.focus();
}

function places(view: DeskView, actions: DeskActions): TemplateResult {
  const { route, person } = view;
  const fleet = route.page === "fleet" || route.page === "invite";
  const inbox = route.page === "inbox" || route.page === "submission";
  const toConfirm = view.chores.fresh.filter((one) => one.mayConfirm);
  const waiting = new Set([...view.truth.troubled, ...toConfirm].map((one) => one.key)).size;
  return html`<nav class="nav" aria-label=${t("desk.nav")}>
    <p class="brand">${t("brand")}<small>${view.programme}</small></p>
    <ul class="places">
      ${place(routeTo({ page: "inbox", shown: "all" }), inbox, icon("inbox"), t("desk.inbox"), view.counts.new)}
      ${place(routeTo({ page: "fleet" }), fleet, drawn("device"), t("desk.fleet"), waiting)}
      ${place(routeTo({ page: "reconcile" }), route.page === "reconcile", icon("family"), t("desk.reconcile"), 0)}
      ${place(routeTo({ page: "forms", version: "" }), route.page === "forms", drawn("form"), t("desk.forms"), 0)}
      ${place(routeTo({ page: "staff" }), route.page === "staff", icon("key"), t("desk.staff"), 0)}
    </ul>
    <div class="me">
      <p>
        <span class="vh">${t("desk.you")}</span><b>${person.name}</b><br />
        <span class="muted">${t(person.administrator ? "desk.administrator" : "desk.reviewer")}</span>
      </p>
      ${
        view.held.length === 0
          ? html`<p class="muted">${t("desk.held.none")}</p>`
          : html`<ul class="held" aria-label=${t("desk.held")}>
              ${view.held.map((audience) => html`<li>${icon("key")}<span>${audienceName(audience, view.siteName)}</span></li>`)}
            </ul>`
      }
      <button class="btn small" type="button" @click=${actions.lock}>${icon("lock")}${t("lock")} <kbd aria-hidden="true">L</kbd></button>
      <p class="muted release">${t("desk.release", { release: releaseWords(view.release) })}</p>
    </div>
  </nav>`;
}

function place(to: string, here: boolean, mark: TemplateResult, words: string, n: number): TemplateResult {
  return html`<li>
    <a href=${to} aria-current=${here ? "page" : nothing}>${mark}${words}${n > 0 ? html`<span class="n">${n}</span>` : nothing}</a>
  </li>`;
}

function truthLine(view: DeskView): TemplateResult {
  const { truth } = view;
  const ok = truth.troubled.length === 0 && truth.tablets > 0 && view.away === null;
  return html`<p class="truth ${ok ? "ok" : ""}" role="status">
    ${icon(ok ? "tick" : "warning")}
    <span>
      ${view.away === null ? nothing : html`<b class="owes">${t("desk.truth.away", { time: clockTime(view.away) })}</b> · `}
      ${view.reading ? t("desk.truth.reading") : truthWords(view)}
    </span>
  </p>`;
}

function truthWords({ truth }: DeskView): TemplateResult | string {
  if (truth.tablets === 0) return t("desk.truth.none");
  const [first, ...more] = truth.troubled;
  if (!first) return t("desk.truth.all", { n: truth.tablets });
  const rest = more.length > 0 ? ` ${t("desk.truth.more", { n: more.length })}` : "";
  return html`${t("desk.truth.some", { n: truth.tablets, complete: truth.complete })} ·
    <a class="owes" href=${routeTo({ page: "fleet" })}>${troubleWords(first)}</a>${rest}`;
}

function troubleWords(row: TabletRow): string {
  if (row.verdict === "fork") return t("desk.truth.fork", { tablet: row.name });
  if (row.verdict === "silent") return t("desk.truth.silent", { tablet: row.name });
  return t("desk.truth.owes", { tablet: row.name, numbers: runsInWords(row.missing) });
}
