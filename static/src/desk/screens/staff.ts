// The people of the programme: who works where, adding one, taking one out; and whom each site calls.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon, t } from "../../ui/index.ts";
import type { ChoresView } from "../chores-view.ts";
import type { StaffRow } from "../staff.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { choreProblem, keyHint } from "./marks.ts";

export function staffScreen(view: DeskView, actions: DeskActions): TemplateResult {
  const { chores } = view;
  return html`<div class="head">
      <h1 class="grow">${t("desk.staff")}</h1>
      ${
        chores.maySign
          ? html`<button class="btn" type="button" ?disabled=${chores.doing !== null || chores.adding !== null}
              @click=${() => actions.ask({ is: "person", missing: false })}>${icon("plus")}${t("desk.staff.add")} <kbd aria-hidden="true">N</kbd></button>`
          : nothing
      }
    </div>
    ${chores.doing === "person" ? html`<p role="status">${t("desk.staff.making")}</p>` : nothing}
    ${chores.adding ? added(view, chores.adding, actions) : choreProblem(chores, "person")} ${people(view, actions)} ${duty(view, actions)}`;
}

/** The passphrase, once: to be read out, or printed and handed over. */
function added(view: DeskView, one: NonNullable<ChoresView["adding"]>, actions: DeskActions): TemplateResult {
  const { name, site, passphrase, done } = one;
  if (!done) {
    return html`<section class="panel step narrow">
      <header><h2>${t("desk.staff.waits", { name })}</h2></header>
      <div class="body">
        ${choreProblem(view.chores, "person")}
        <div class="row">
          <button class="btn go" type="button" ?disabled=${view.chores.doing !== null} @click=${actions.chores.addPersonAgain}>${t("desk.again")}</button>
        </div>
      </div>
    </section>`;
  }
  return html`<section class="panel step narrow sheet" aria-labelledby="sheet-title">
    <header><h2 id="sheet-title">${t("desk.sheet.title", { name })}</h2></header>
    <div class="body">
      <p class="screen-only">${t("desk.sheet.about")}</p>
      <dl class="qa">
        <dt>${t("desk.staff.name")}</dt><dd>${name}</dd>
        <dt>${t("desk.site")}</dt><dd>${view.siteName(site)}</dd>
      </dl>
      <p class="vh">${t("desk.sheet.words")}</p>
      <ol class="passphrase" dir="ltr">${passphrase.split(" ").map((word) => html`<li>${word}</li>`)}</ol>
      <p>${t("desk.sheet.care")}</p>
      <div class="row screen-only">
        <button class="btn" type="button" @click=${actions.chores.print}>${icon("down")}${t("desk.sheet.print")}</button>
        <button class="btn go" type="button" @click=${actions.chores.forgetPerson}>${icon("tick")}${t("desk.sheet.done")}</button>
      </div>
    </div>
  </section>`;
}

const COLUMNS = ["name", "site", "stations", "works", "keys"] as const;

function people(view: DeskView, actions: DeskActions): TemplateResult {
  return html`<section class="panel scroll" aria-label=${t("desk.staff.table")} tabindex="0">
    <table>
      <caption class="vh">${t("desk.staff.table")}</caption>
      <thead>
        <tr>
          ${COLUMNS.map((name) => html`<th scope="col">${t(name === "site" ? "desk.site" : `desk.staff.${name}`)}</th>`)}
          <th scope="col"><span class="vh">${t("desk.staff.act")}</span></th>
        </tr>
      </thead>
      <tbody>${view.chores.staff.map((row) => person(view, row, actions))}</tbody>
    </table>
  </section>`;
}

function person(view: DeskView, row: StaffRow, actions: DeskActions): TemplateResult {
  const { key, name } = row;
  const works = [row.administrator ? "administrator" : "", row.desk ? "desk" : "", row.tablet ? "tablet" : ""];
  const words = works.filter((one) => one !== "").map((one) => t(`desk.staff.is.${one}`));
  const ask = () => actions.ask({ is: "take_out", what: "person", key, name, differs: false, missing: false });
  return html`<tr data-staff=${name}>
    <th scope="row"><b>${name}</b></th>
    <td class="nowrap muted">${view.siteName(row.site)}</td>
    <td class="muted">${row.stations.map(stationWords).join(", ")}</td>
    <td>${words.join(" · ")}</td>
    <td class="nowrap">${
      row.removed
        ? html`<span class="state soon">${icon("minus")}${t("desk.staff.removed")}</span>`
        : html`<span class="state safe">${icon("key")}${t("desk.staff.stands")}</span>`
    }</td>
    <td class="end">${
      view.chores.maySign && !row.removed && !row.administrator
        ? html`<button class="btn small danger" type="button" aria-label=${t("desk.take_out.name", { name })} @click=${ask}>${t("desk.take_out.person")}</button>`
        : nothing
    }</td>
  </tr>`;
}

export function stationWords(station: string): string {
  const words = t(`desk.station.${station}`);
  return words.startsWith("desk.station.") ? station : words;
}

function duty(view: DeskView, actions: DeskActions): TemplateResult {
  const { chores } = view;
  return html`<section class="panel" aria-labelledby="duty-title">
    <header><h2 id="duty-title">${t("desk.duty")}</h2></header>
    <div class="body">
      <p>${t("desk.duty.about")}</p>
      ${chores.duty.map(
        ({ site, name, contacts }) => html`<h3>${name}</h3>
          ${
            contacts.length === 0
              ? html`<p class="state soon wrap">${icon("warning")}${t("desk.duty.none")}</p>`
              : html`<ul class="list">${contacts.map(
                  (one) => html`<li>
                    <b>${one.name}</b> · <bdi class="code" dir="ltr">${one.contact}</bdi> · ${one.what}
                    ${
                      chores.maySign
                        ? html`<button class="link" type="button" aria-label=${t("desk.duty.change.name", { name: one.name })}
                            @click=${() => actions.ask({ is: "service", site, ...one, missing: false })}>${t("desk.duty.change")}</button>`
                        : nothing
                    }
                  </li>`,
                )}</ul>`
          }
          ${
            chores.maySign
              ? html`<div class="row"><button class="btn small" type="button"
                  @click=${() => actions.ask({ is: "service", site, name: "", contact: "", what: "", missing: false })}
                >${icon("plus")}${t("desk.duty.add")}</button></div>`
              : nothing
          }`,
      )}
    </div>
  </section>`;
}

export function staffFoot(view: DeskView, showKeys: () => void): TemplateResult {
  const standing = view.chores.staff.filter((row) => !row.removed).length;
  return html`<footer class="foot">
    <p>${t("desk.staff.sum", { n: standing })}</p>
    <p class="keys" aria-label=${t("desk.keys")}>
      ${view.chores.maySign ? keyHint(["N"], t("desk.keys.person")) : nothing}
      <button class="btn small" type="button" @click=${showKeys}><kbd>?</kbd> ${t("desk.keys.all")}</button>
    </p>
  </footer>`;
}
