// The inbox: every submission as a row that is a link, filtered by state.

import { repeat } from "lit/directives/repeat.js";
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import { filterRows, type InboxRow } from "../inbox.ts";
import { routeTo, SHOWN, type Shown } from "../route.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { audienceName, cardCode, keyHint, sealedMark, stateMark } from "./marks.ts";
import { urgencyMark } from "./told.ts";

export function inboxScreen(view: DeskView, actions: DeskActions): TemplateResult {
  const shown = view.route.page === "inbox" ? view.route.shown : "all";
  const rows = filterRows(view.rows, shown);
  return html`<div class="head">
      <h1 class="grow">${t("desk.inbox")}</h1>
      <p class="muted">${t("desk.inbox.count", { n: view.counts.all })}</p>
    </div>
    <nav class="views" aria-label=${t("desk.inbox.views")}>
      ${SHOWN.filter((one) => one !== "problem" || view.counts.problem > 0 || shown === one).map((one) => viewLink(view, one, shown))}
    </nav>
    <section class="panel scroll" aria-label=${t("desk.inbox.table")}>
      ${rows.length === 0 ? empty(view) : table(view, rows.slice(0, view.limit))}
    </section>
    ${
      rows.length > view.limit
        ? html`<p><button class="btn" type="button" @click=${actions.showMore}>${t("desk.inbox.show_more", { left: rows.length - view.limit })}</button></p>`
        : nothing
    }`;
}

function viewLink(view: DeskView, one: Shown, shown: Shown): TemplateResult {
  return html`<a href=${routeTo({ page: "inbox", shown: one })} aria-current=${one === shown ? "true" : nothing}
    >${t(`desk.shown.${one}`)} · ${view.counts[one]}</a>`;
}

function empty(view: DeskView): TemplateResult {
  if (view.reading) return html`<p class="empty">${t("desk.truth.reading")}</p>`;
  return html`<p class="empty">${t(view.counts.all === 0 ? "desk.inbox.empty" : "desk.inbox.empty.shown")}</p>`;
}

function table(view: DeskView, rows: readonly InboxRow[]): TemplateResult {
  return html`<table>
    <caption class="vh">${t("desk.inbox.table")}</caption>
    <thead>
      <tr>
        ${["who", "card", "form", "from", "state"].map((name) => html`<th scope="col">${t(`desk.inbox.${name}`)}</th>`)}
        <th scope="col">${t("desk.inbox.urgency")}</th>
        <th scope="col" class="end">${t("desk.inbox.received")}</th>
      </tr>
    </thead>
    <tbody>
      ${repeat(
        rows,
        (row) => row.hash,
        (row) => rowOf(view, row),
      )}
    </tbody>
  </table>`;
}

function rowOf(view: DeskView, row: InboxRow): TemplateResult {
  return html`<tr class=${row.state === "new" ? "unread" : ""}>
    <th scope="row"><a class="to" data-row=${row.hash} href=${routeTo({ page: "submission", hash: row.hash })}>${whoWords(view, row)}</a></th>
    <td class="nowrap muted">${row.card ? cardCode(row.card) : nothing}${row.cards > 1 ? html` <span>+${row.cards - 1}</span>` : nothing}</td>
    <td class="nowrap">${row.form === "" ? html`<span class="muted">${t("desk.form.unknown")}</span>` : row.form}</td>
    <td class="nowrap muted">${view.siteName(row.site)} · ${row.tablet}</td>
    <td>${stateMark(row.state, row.pending)}${row.twice ? html` <span class="state soon">${icon("warning")}${t("desk.state.twice")}</span>` : nothing}</td>
    <td class="nowrap">${row.urgency ? urgencyMark(row.urgency, view.now) : nothing}</td>
    <td class="end nowrap muted">${when(row.received, view.now)}</td>
  </tr>`;
}

/** Who it is about; where the name is sealed, the mark stands in its place. */
export function whoWords(view: DeskView, row: InboxRow): TemplateResult {
  const { who } = row;
  if (who.is === "sealed")
    return sealedMark(t("desk.who.sealed", { audience: audienceName(who.audience, view.siteName) }));
  if (who.is === "opening") return html`<span class="muted">${t("desk.who.opening")}</span>`;
  if (who.is === "unnamed") return html`<span class="muted">${t("desk.who.unnamed")}</span>`;
  if (who.is === "failed")
    return html`<span class="state now">${icon("alert")}${t("desk.who.failed", { step: who.failure.step })}</span>`;
  const more = who.more > 0 ? html` <span class="muted">${t("desk.inbox.more", { n: who.more })}</span>` : nothing;
  return html`<bdi>${who.name}</bdi>${more}`;
}

export function inboxFoot(view: DeskView, showKeys: () => void): TemplateResult {
  const { done, all } = view.opening;
  return html`<footer class="foot">
    <p class="indexing">
      ${
        done < all
          ? html`<progress value=${done} max=${all} aria-label=${t("desk.who.opening")}></progress
              ><span>${t("desk.inbox.opening", { done, all })}</span>`
          : html`<span class="muted">${all > 0 ? t("desk.inbox.opened", { all }) : nothing}</span>`
      }
    </p>
    <p class="keys" aria-label=${t("desk.keys")}>
      ${keyHint(["J", "K"], t("desk.keys.move"))} ${keyHint(["↵"], t("desk.keys.open"))}
      ${keyHint(["A"], t("desk.keys.accept"))} ${keyHint(["R"], t("desk.keys.return"))}
      <button class="btn small" type="button" @click=${showKeys}><kbd>?</kbd> ${t("desk.keys.all")}</button>
    </p>
  </footer>`;
}
