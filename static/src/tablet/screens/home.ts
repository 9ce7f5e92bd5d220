/** Home: begin with a family, go on with a draft, see who was here. Given name and age only. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { has, language, t } from "../../ui/messages.ts";
import { problemView, problemWords } from "../../ui/problem.ts";
import { ageBetween, ageWords, clockTime, when } from "../../ui/times.ts";
import type { PersonHere } from "../../vault/index.ts";
import type { Actions, DraftCard, Model } from "../model.ts";
import { type Family, shortCard } from "../today.ts";
import { brand, frame, lockAnyway, lockButton, syncLine, told, who } from "./frame.ts";

function draftRow(model: Model, act: Actions, draft: DraftCard): TemplateResult {
  const saved = draft.savedAt === null ? t("draft.empty") : t("saved.at", { time: when(draft.savedAt, model.now) });
  return html`<li>
    <span class="round act">${icon("pencil")}</span>
    <div class="grow"><b>${draft.name ?? draft.title}</b>
      <div class="sub">${draft.name ? `${draft.title} · ` : nothing}${draft.card ? html`<bdi class="code">${draft.card}</bdi> · ` : nothing}${saved}</div>
      ${draft.problem ? html`<div class="sub bad">${problemWords({ code: draft.problem }).what}</div>` : nothing}</div>
    ${draft.problem ? nothing : html`<button type="button" class="btn" ?disabled=${model.busy !== null} @click=${() => act.resume(draft.id)}>${t("draft.continue")}</button>`}
  </li>`;
}

/** From this age on a person is called woman or man. */
const ADULT = 18;

function sexWord(person: PersonHere, now: number): string {
  const years = person.birth_date ? ageBetween(person.birth_date, now)?.years : undefined;
  const key = `sex.${person.sex ?? ""}.${years !== undefined && years < ADULT ? "child" : "adult"}`;
  return years !== undefined && has(key) ? t(key) : "";
}

function about(person: PersonHere, now: number): string {
  const age = person.birth_date ? ageWords(person.birth_date, now) : "";
  return [sexWord(person, now), age].filter((one) => one !== "").join(", ");
}

function personRow(model: Model, person: PersonHere): TemplateResult {
  const words = about(person, model.now);
  return html`<li class="person">
    <div class="row"><span><b>${person.name ?? t("person.unnamed")}</b>${words ? html` <span class="muted small">· ${words}</span>` : nothing}</span></div>
    <ul class="stations">${person.stations.map(
      (station) =>
        html`<li class="chip done">${icon("tick")}${has(`station.${station}`) ? t(`station.${station}`) : station}<span class="vh">${t("station.done")}</span></li>`,
    )}</ul>
  </li>`;
}

function familyCard(model: Model, family: Family): TemplateResult {
  const count = t("family.people", { n: family.people.length });
  const since = family.today
    ? t("family.since", { time: clockTime(family.since) })
    : t("family.on", { time: when(family.since, model.now) });
  return html`<section class="card flat">
    <header class="row apart"><h3>${t("family.title")} <bdi class="code">${shortCard(family.card)}</bdi></h3>
      <span class="muted small">${count} · ${since}</span></header>
    <ul>${family.people.map((person) => personRow(model, person))}</ul>
  </section>`;
}

function people(model: Model, act: Actions): TemplateResult {
  const today = model.home.families.filter((family) => family.today);
  const shown = model.home.all ? model.home.families : today;
  const pick = (all: boolean, words: string): TemplateResult =>
    html`<button type="button" class="btn quiet" aria-pressed=${model.home.all === all ? "true" : "false"} @click=${() => act.showAll(all)}>${words}</button>`;
  const several = model.home.families.length > today.length;
  return html`<section class="stack">
    <div class="row apart"><h2>${model.home.all ? t("home.all") : t("home.today")}</h2>
      ${
        several
          ? html`<div class="seg" role="group" aria-label=${t("home.which")}>
              ${pick(false, t("home.today.n", { n: today.length }))}${pick(true, t("home.all.n", { n: model.home.families.length }))}</div>`
          : nothing
      }</div>
    ${shown.length > 0 ? shown.map((family) => familyCard(model, family)) : html`<p class="card muted">${t("home.nobody")}</p>`}
  </section>`;
}

function notices(model: Model, act: Actions): TemplateResult {
  const sealed = model.notice?.kind === "sealed" ? model.notice : null;
  return html`
    ${sealed ? html`<div class="notice" role="status">${icon("keyhole")}<p><b>${t("sealed.title", { time: clockTime(sealed.at) })}</b> ${t("sealed.means")}</p></div>` : nothing}
    ${(model.status?.alarms ?? []).map((alarm) => problemView(alarm))}
    ${
      model.update
        ? html`<div class="notice">${icon("down")}<p class="grow">${t("update.ready")}</p>
            <button type="button" class="btn" ?disabled=${model.busy !== null} @click=${() => act.update()}>${t("update.use")}</button></div>`
        : nothing
    }`;
}

export function homeScreen(model: Model, act: Actions): TemplateResult {
  const begin = model.busy === "open" ? t("home.opening") : t("home.new_family");
  return frame(model, {
    kind: "home",
    top: html`${brand(model, false)}${who(model)}${lockButton(model, act)}`,
    main: html`<div class="lead">
        <h1 class="vh">${t("home.title")}</h1>
        ${notices(model, act)}
        ${told(model, lockAnyway(model, act))}
        <button type="button" class="scan" ?disabled=${!model.home.canBegin || model.busy !== null} @click=${() => act.begin()}>
          ${icon("family")}<span class="grow"><b>${begin}</b>${model.home.canBegin ? t("home.new_family.about") : t("home.no_form")}</span></button>
        ${
          model.home.drafts.length > 0
            ? html`<section class="card flat"><header><h2>${t("home.drafts", { n: model.home.drafts.length })}</h2></header>
                <ul class="rows">${model.home.drafts.map((draft) => draftRow(model, act, draft))}</ul></section>`
            : nothing
        }
      </div>
      ${people(model, act)}
      <section class="row apart this-tablet">
        <button type="button" class="btn plain back" @click=${() => act.check()}>${t("ready.check")}</button>
        ${languageSwitch(language(), (code) => act.language(code))}
      </section>`,
    foot: syncLine(model, () => act.openOutbox()),
  });
}
