// What the fleet page says first: what is not here yet, what it means, what to do, and to whom to speak.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t, when } from "../../ui/index.ts";
import type { FreshTablet } from "../chores-view.ts";
import type { TabletRow } from "../fleet.ts";
import { type Run, runsInWords } from "../gaps.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { choreProblem, notice } from "./marks.ts";

/** New tablets first: until one is confirmed its staff see no list of people. */
export function freshPanel(view: DeskView, actions: DeskActions): TemplateResult | typeof nothing {
  const { fresh } = view.chores;
  if (fresh.length === 0) return nothing;
  return html`<section class="panel step" aria-labelledby="fresh-title">
    <header><h2 id="fresh-title">${t("desk.fresh.title", { n: fresh.length })}</h2></header>
    <div class="body">
      <p>${t("desk.fresh.about")}</p>
      ${fresh.map((one) => freshTablet(view, one, actions))} ${choreProblem(view.chores, "confirm")}
    </div>
  </section>`;
}

function freshTablet(view: DeskView, one: FreshTablet, actions: DeskActions): TemplateResult {
  const { key, name, site, digits } = one;
  const differs = () => actions.ask({ is: "take_out", what: "tablet", key, name, differs: true, missing: false });
  return html`<div class="fresh" data-fresh=${name}>
    <h3>${t("desk.fresh.tablet", { tablet: name, site: view.siteName(site) })}</h3>
    <p class="digits" dir="ltr" aria-label=${t("desk.fresh.digits")}>${(digits ?? "").split(" ").map((five) => html`<span>${five}</span> `)}</p>
    ${
      one.mayConfirm
        ? html`<div class="row">
            <button class="btn go" type="button" ?disabled=${view.chores.doing !== null || digits === null}
              @click=${() => actions.chores.confirm(key)}>${t("desk.fresh.same")}</button>
            <button class="btn danger" type="button" @click=${differs}>${t("desk.fresh.differ")}</button>
          </div>`
        : html`<p class="muted">${one.who.length > 0 ? t("desk.fresh.who", { names: one.who.join(", ") }) : t("desk.fresh.nobody")}</p>`
    }
  </div>`;
}

export function fleetNotices(view: DeskView, actions: DeskActions): TemplateResult | typeof nothing {
  const fresh = new Set(view.chores.fresh.map((one) => one.key));
  const told = view.fleet.filter((row) => !fresh.has(row.key) || row.verdict !== "silent");
  const notices = told.flatMap((row) => {
    if (row.verdict !== "complete") return [notYet(view, row, actions)];
    return row.quiet ? [quiet(view, row, actions)] : [];
  });
  const apart =
    view.keptApart > 0 ? [notice("now", "alert", t("desk.fleet.apart", { n: view.keptApart }), html``)] : [];
  if (notices.length + apart.length === 0) return nothing;
  return html`<section class="pair" aria-label=${t("desk.fleet.first")}>${notices}${apart}</section>`;
}

function notYet(view: DeskView, row: TabletRow, actions: DeskActions): TemplateResult {
  const tablet = row.name;
  if (row.verdict === "fork") {
    const numbers = runsInWords(single(row.forks));
    return notice("now", "alert", t("desk.fleet.fork", { tablet, numbers }), body(view, row, actions, "fork"));
  }
  if (row.verdict === "silent") {
    return notice("", "warning", t("desk.fleet.silent", { tablet }), body(view, row, actions, "silent"));
  }
  return notice("soon", "warning", t("desk.fleet.owes", { n: row.owed, tablet }), body(view, row, actions, "owes"));
}

function quiet(view: DeskView, row: TabletRow, actions: DeskActions): TemplateResult {
  const hours = Math.floor((view.now - (row.lastContact ?? view.now)) / 3_600_000);
  return notice("", "clock", t("desk.fleet.quiet", { tablet: row.name, n: hours }), body(view, row, actions, "quiet"));
}

function body(
  view: DeskView,
  row: TabletRow,
  actions: DeskActions,
  what: "fork" | "silent" | "owes" | "quiet",
): TemplateResult {
  return html`<p>${more(view, row, what)}</p>
    <p>${whom(view, row)}</p>
    ${view.chores.maySign && !row.revoked ? html`<div class="row">${takeOutButton(row, actions)}</div>` : nothing}`;
}

function more(view: DeskView, row: TabletRow, what: "fork" | "silent" | "owes" | "quiet"): string {
  if (what === "owes") {
    const words = row.revoked ? "desk.fleet.owes.revoked" : row.word ? "desk.fleet.owes.word" : "desk.fleet.owes.more";
    return t(words, { numbers: runsInWords(row.missing), held: row.held });
  }
  if (what === "quiet")
    return t("desk.fleet.quiet.more", { time: when(row.lastContact ?? 0, view.now), seq: row.total });
  return t(`desk.fleet.${what}.more`);
}

/** To whom to speak: who worked on it last, else whoever the site's duty list names. */
function whom(view: DeskView, row: TabletRow): string {
  if (row.hands) return t("desk.fleet.hands", { name: row.hands });
  const [contact] = view.chores.duty.find((one) => one.site === row.site)?.contacts ?? [];
  if (contact) return t("desk.fleet.call", { name: contact.name, contact: contact.contact });
  return t("desk.fleet.ask", { site: view.siteName(row.site) });
}

/** Beside a notice in words; in a row, where it stands for every tablet, as a sign whose name is read out. */
export function takeOutButton({ key, name }: TabletRow, actions: DeskActions, small = false): TemplateResult {
  const ask = () => actions.ask({ is: "take_out", what: "tablet", key, name, differs: false, missing: false });
  const title = t("desk.take_out.tablet.title", { name });
  return html`<button class="btn small danger" type="button" aria-label=${title} title=${title} @click=${ask}>${small ? icon("cross") : t("desk.take_out.tablet")}</button>`;
}

export function single(numbers: readonly number[]): Run[] {
  return numbers.map((n) => ({ from: n, to: n }));
}
