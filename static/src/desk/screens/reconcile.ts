// Who is through the arrival plan and who is not, by station; and for which cards somebody must be asked again.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import type { ReconcileView } from "../chores-view.ts";
import { runsInWords } from "../gaps.ts";
import type { OpenPerson, OpenStation, Perhaps, Reconciled } from "../reconcile.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { cardCode, notice } from "./marks.ts";

export function reconcileScreen(view: DeskView, actions: DeskActions): TemplateResult {
  const seen = view.reconcile;
  return html`<div class="head">
      <div class="grow">
        <h1>${t("desk.reconcile")}</h1>
        <p class="muted">${t("desk.reconcile.about")}</p>
      </div>
      ${seen && seen.sites.length > 1 ? siteChoice(view, seen, actions) : nothing}
    </div>
    ${seen ? page(view, seen, actions) : nothingSeen(view)} ${cardsPanel(view, actions)}`;
}

function nothingSeen(view: DeskView): TemplateResult {
  if (view.reading) return html`<p class="empty">${t("desk.truth.reading")}</p>`;
  return notice("", "keyhole", t("desk.reconcile.closed"), t("desk.reconcile.closed.more"));
}

function siteChoice(view: DeskView, seen: ReconcileView, actions: DeskActions): TemplateResult {
  const chosen = (change: Event) => actions.chores.chooseSite((change.currentTarget as HTMLSelectElement).value);
  return html`<div class="field">
    <label for="reconcile-site">${t("desk.site")}</label>
    <select id="reconcile-site" autocomplete="off" .value=${seen.site} @change=${chosen}>
      ${seen.sites.map((site) => html`<option value=${site} ?selected=${site === seen.site}>${view.siteName(site)}</option>`)}
    </select>
  </div>`;
}

function page(view: DeskView, seen: ReconcileView, actions: DeskActions): TemplateResult {
  const { result } = seen;
  const { done, all } = view.opening;
  const rows = rowsOf(result);
  return html`${done < all ? html`<p role="status">${t("desk.inbox.opening", { done, all })}</p>` : nothing}
    ${owing(view, seen)} ${result.nothing.length > 0 ? asked(result) : nothing} ${result.torn.length > 0 ? torn(view, seen) : nothing}
    <section class="panel scroll" aria-label=${t("desk.reconcile.stations")} tabindex="0">${stations(seen)}</section>
    <section class="panel scroll" aria-label=${t("desk.reconcile.open")} tabindex="0">
      ${rows.length === 0 ? html`<p class="empty">${t("desk.reconcile.none")}</p>` : people(view, seen, rows)}
    </section>
    ${
      rows.length > view.limit
        ? html`<p><button class="btn" type="button" data-show-all @click=${actions.showAll}>${t("desk.reconcile.all", { left: rows.length - view.limit })}</button></p>`
        : nothing
    }`;
}

/** A card of which nothing arrived, or a person with one station that is not closed. */
type Row = { card: string } | { person: OpenPerson; open: OpenStation };

function rowsOf({ nothing: cards, open }: Reconciled): Row[] {
  return [
    ...cards.map((card) => ({ card })),
    ...open.flatMap((person) => person.open.map((one) => ({ person, open: one }))),
  ];
}

function owing(view: DeskView, seen: ReconcileView): TemplateResult | typeof nothing {
  const rows = view.fleet.filter((row) => row.site === seen.site && row.owed > 0);
  if (rows.length === 0) return nothing;
  const words = rows.map((row) => t("desk.reconcile.where", { tablet: row.name, numbers: runsInWords(row.missing) }));
  return notice("soon", "warning", t("desk.reconcile.owing", { n: rows.length }), words.join(" · "));
}

/** Nothing of these cards is here, and no tablet's list of people names them. */
function asked({ nothing: cards }: Reconciled): TemplateResult {
  return notice(
    "now",
    "alert",
    t("desk.reconcile.nothing", { n: cards.length }),
    html`<p>${t("desk.reconcile.nothing.more")}</p>`,
  );
}

function torn(view: DeskView, { result, stationName }: ReconcileView): TemplateResult {
  const list = html`<ul>${result.torn.map(
    ({ card, station, tablet, at }) =>
      html`<li>${cardCode(card)} · ${station === null ? nothing : stationName(station)} · ${t("desk.reconcile.torn.from", { tablet, time: when(at, view.now) })}</li>`,
  )}</ul>`;
  return notice("soon", "warning", t("desk.reconcile.torn", { n: result.torn.length }), list);
}

const COUNTS = ["closed", "notWanted", "part", "open", "later"] as const;
const HEADS: Record<(typeof COUNTS)[number], string> = {
  closed: "desk.reconcile.closed_at",
  notWanted: "desk.reconcile.notWanted",
  part: "desk.reconcile.part",
  open: "desk.reconcile.due_now",
  later: "desk.reconcile.later",
};

function stations({ result, stationName }: ReconcileView): TemplateResult {
  if (result.stations.length === 0) return html`<p class="empty">${t("desk.reconcile.no_plan")}</p>`;
  return html`<table>
    <caption class="vh">${t("desk.reconcile.stations")}</caption>
    <thead>
      <tr>
        <th scope="col">${t("desk.reconcile.station")}</th>
        ${COUNTS.map((name) => html`<th scope="col" class="end">${t(HEADS[name])}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${result.stations.map(
        (one) => html`<tr data-station=${one.station}>
          <th scope="row">${stationName(one.station)}</th>
          ${COUNTS.map((name) => html`<td class="end ${name === "open" && one.open > 0 ? "late" : ""}">${one[name]}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function people(view: DeskView, seen: ReconcileView, rows: readonly Row[]): TemplateResult {
  return html`<table>
    <caption class="vh">${t("desk.reconcile.open")}</caption>
    <thead>
      <tr>${["who", "since", "missing", "places"].map((name) => html`<th scope="col">${t(`desk.reconcile.${name}`)}</th>`)}</tr>
    </thead>
    <tbody>${rows.slice(0, view.limit).map((row) => ("card" in row ? unseen(seen, row.card) : missing(view, seen, row)))}</tbody>
  </table>`;
}

function unseen({ result }: ReconcileView, card: string): TemplateResult {
  return html`<tr data-card=${card} data-station="none">
    <th scope="row">${cardCode(card)}</th>
    <td></td>
    <td><span class="state now">${icon("alert")}${t("desk.reconcile.unseen")}</span></td>
    <td class="muted">${result.anywhere.map(placeWords).join("; ")}</td>
  </tr>`;
}

function missing(
  view: DeskView,
  { stationName }: ReconcileView,
  { person, open }: Extract<Row, { person: OpenPerson }>,
): TemplateResult {
  const { card, name, codes, since } = person;
  const what = open.again ? "again" : open.part ? "begun" : "not_closed";
  return html`<tr data-card=${card} data-station=${open.station}>
    <th scope="row">
      ${name === "" ? html`<span class="muted">${t("desk.who.unnamed")}</span>` : html`<bdi>${name}</bdi>`} · ${cardCode(card)}
      ${codes.length > 0 ? html`<span class="muted">${t("desk.reconcile.before", { cards: codes.join(", ") })}</span>` : nothing}
    </th>
    <td class="nowrap muted">${when(since, view.now)}</td>
    <td>${t(`desk.reconcile.${what}`, { station: stationName(open.station) })}</td>
    <td class="muted">${open.perhaps.map(placeWords).join("; ")}</td>
  </tr>`;
}

function placeWords({ tablet, missing, drafts }: Perhaps): string {
  const owed = missing.length > 0 ? t("desk.reconcile.where", { tablet, numbers: runsInWords(missing) }) : "";
  const held = drafts > 0 ? t("desk.reconcile.drafts", { tablet, n: drafts }) : "";
  return [owed, held].filter((words) => words !== "").join(", ");
}

function cardsPanel(view: DeskView, actions: DeskActions): TemplateResult {
  const submit = (sent: SubmitEvent) => {
    sent.preventDefault();
    actions.chores.readCards(String(new FormData(sent.currentTarget as HTMLFormElement).get("cards") ?? ""));
  };
  const fromFile = async (change: Event) => {
    const [file] = (change.currentTarget as HTMLInputElement).files ?? [];
    if (file) actions.chores.readCards(await file.text());
  };
  const { cards } = view.chores;
  return html`<section class="panel" aria-labelledby="cards-title">
    <header><h2 id="cards-title">${t("desk.cards")}</h2></header>
    <form class="body" autocomplete="off" @submit=${submit}>
      <p>${t("desk.cards.about")}</p>
      <div class="field">
        <label for="reconcile-cards">${t("desk.cards.list")}</label>
        <textarea id="reconcile-cards" name="cards" class="code" rows="4" autocomplete="off" spellcheck="false" dir="ltr"></textarea>
      </div>
      <div class="field">
        <label for="cards-file">${t("desk.cards.file")}</label>
        <input id="cards-file" type="file" accept=".txt,text/plain,.csv" autocomplete="off" @change=${fromFile} />
      </div>
      <div class="row"><button class="btn">${icon("tick")}${t("desk.cards.go")}</button></div>
      ${cards ? html`<p role="status" class="state wrap ${cards.wrong.length > 0 ? "soon" : "safe"}">${icon(cards.wrong.length > 0 ? "warning" : "tick")}${t("desk.cards.read", { n: cards.count })}</p>` : nothing}
      ${cards && cards.wrong.length > 0 ? html`<p class="wrong">${t("desk.cards.wrong", { cards: cards.wrong.slice(0, 10).join(", "), n: cards.wrong.length })}</p>` : nothing}
    </form>
  </section>`;
}

export function reconcileFoot(view: DeskView): TemplateResult {
  const n = view.reconcile?.result.people ?? 0;
  return html`<footer class="foot"><p>${t("desk.reconcile.sum", { n, open: view.reconcile?.result.open.length ?? 0 })}</p></footer>`;
}
