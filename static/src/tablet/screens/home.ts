/** Home: scan, find, begin; drafts to go on with; the day, whoever cannot wait first. Given name and age only. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { language, t } from "../../ui/messages.ts";
import { problemView, problemWords } from "../../ui/problem.ts";
import { clockTime, daysBetween, when } from "../../ui/times.ts";
import type { Actions, Model } from "../model.ts";
import { aboutWords, calledBy, placeChip } from "../places.ts";
import { type DraftCard, type Family, shortCard, type TodayPerson } from "../today.ts";
import { brand, frame, lockAnyway, lockButton, syncLine, told, who } from "./frame.ts";
import { pinOffer, shiftButtons } from "./shift-parts.ts";

function draftRow(model: Model, act: Actions, draft: DraftCard): TemplateResult {
  const saved = draft.savedAt === null ? t("draft.empty") : t("saved.at", { time: when(draft.savedAt, model.now) });
  const busy = model.busy !== null;
  return html`<li>
    <span class="round act">${icon("pencil")}</span>
    <div class="grow"><b>${draft.name ?? draft.title}</b>
      <div class="sub">${draft.name ? `${draft.title} · ` : nothing}${draft.card ? html`<bdi class="code">${draft.card}</bdi> · ` : nothing}${saved}</div>
      ${draft.givenBy ? html`<div class="sub">${t("draft.from", { name: draft.givenBy })}</div>` : nothing}
      ${draft.stopped ? html`<div class="sub">${t("draft.stopped", { reason: t(`stop.${draft.stopped}`) })}</div>` : nothing}
      ${draft.problem ? html`<div class="sub bad">${problemWords({ code: draft.problem }).what}</div>` : nothing}</div>
    ${
      draft.problem
        ? nothing
        : html`<button type="button" class="btn quiet" ?disabled=${busy} @click=${() => act.later((later) => later.sittings.openHandOver(draft.id))}>${t("draft.hand_over")}</button>
          <button type="button" class="btn" ?disabled=${busy} @click=${() => act.resume(draft.id)}>${t("draft.continue")}</button>`
    }
  </li>`;
}

/** What somebody must do about a person, in words that tell nothing of why. */
function urgent({ person, due, rank }: TodayPerson, now: number): TemplateResult | typeof nothing {
  if (person.queue === 0) return html`<span class="chip now">${icon("alert")}${t("person.go_first")}</span>`;
  if (due !== null)
    return html`<span class="chip due">${icon("clock")}${t("person.action_by", { time: when(due, now) })}</span>`;
  return rank === 1 ? html`<span class="chip due">${icon("up")}${t("person.before_others")}</span>` : nothing;
}

function personRow(model: Model, act: Actions, one: TodayPerson): TemplateResult {
  const words = aboutWords(one.person, model.now);
  return html`<li class="person">
    <button type="button" class="row open" data-card=${one.person.card} @click=${() => act.later((later) => later.people.open(one.person.card))}>
      <span class="grow"><b>${calledBy(one.person)}</b>${words ? html` <span class="muted small">· ${words}</span>` : nothing}</span>
      ${urgent(one, model.now)}</button>
    <ul class="stations">${one.places.map((place) => placeChip(place, model.now))}</ul>
  </li>`;
}

function familyCard(model: Model, act: Actions, family: Family): TemplateResult {
  const count = t("family.people", { n: family.people.length });
  const today = daysBetween(family.since, model.now) <= 0;
  const since = today
    ? t("family.since", { time: clockTime(family.since) })
    : t("family.on", { time: when(family.since, model.now) });
  return html`<section class="card flat family">
    <header class="row apart"><h3>${family.bare ? t("family.bare") : t("family.title")} <bdi class="code">${shortCard(family.card)}</bdi></h3>
      <span class="muted small">${count} · ${since}</span></header>
    <ul>${family.people.map((one) => personRow(model, act, one))}</ul>
  </section>`;
}

function people(model: Model, act: Actions): TemplateResult {
  const { all, families, counts, shown } = model.home;
  const wanted = all ? families : families.filter((family) => family.mine);
  const pick = (every: boolean, words: string): TemplateResult =>
    html`<button type="button" class="btn quiet" aria-pressed=${all === every ? "true" : "false"} @click=${() => act.showAll(every)}>${words}</button>`;
  return html`<section class="stack">
    <div class="row apart"><h2>${t("home.today")}</h2>
      <div class="seg" role="group" aria-label=${t("home.which")}>
        ${pick(false, t("home.mine.n", { n: counts.mine }))}${pick(true, t("home.all.n", { n: counts.all }))}</div></div>
    ${
      wanted.length > 0
        ? wanted.slice(0, shown).map((family) => familyCard(model, act, family))
        : html`<p class="card muted">${families.length > 0 ? t("home.nobody_waits") : t("home.nobody")}</p>`
    }
    ${
      wanted.length > shown
        ? html`<button type="button" class="btn wide" data-more @click=${() => act.more()}>${t("home.more", { n: wanted.length - shown })}</button>`
        : nothing
    }
  </section>`;
}

function notices(model: Model, act: Actions): TemplateResult {
  const sealed = model.notice?.kind === "sealed" ? model.notice : null;
  const plain = model.notice?.kind === "said" ? model.notice.text : null;
  return html`
    ${sealed ? html`<div class="notice" role="status">${icon("keyhole")}<p><b>${t("sealed.title", { time: clockTime(sealed.at) })}</b> ${t("sealed.means")}</p></div>` : nothing}
    ${plain ? html`<div class="notice" role="status">${icon("tick")}<p>${plain}</p></div>` : nothing}
    ${(model.status?.alarms ?? []).map((alarm) => problemView(alarm))}
    ${pinOffer(model, act)}
    ${
      model.update
        ? html`<div class="notice">${icon("down")}<p class="grow">${t("update.ready")}</p>
            <button type="button" class="btn" ?disabled=${model.busy !== null} @click=${() => act.update()}>${t("update.use")}</button></div>`
        : nothing
    }`;
}

function begin(model: Model, act: Actions): TemplateResult {
  const { canBegin } = model.home;
  const busy = model.busy !== null;
  return html`<button type="button" class="scan" ?disabled=${busy} @click=${() => act.later((later) => later.people.scan())}>
      ${icon("scan")}<span class="grow"><b>${model.busy === "open" ? t("home.opening") : t("home.scan")}</b>${t("home.scan.about")}</span></button>
    <div class="pair">
      <button type="button" class="btn" ?disabled=${busy} @click=${() => act.later((later) => later.people.openFind())}>${icon("find")}${t("home.find")}</button>
      <button type="button" class="btn new-family" ?disabled=${!canBegin || busy} @click=${() => act.begin()}>${icon("family")}${t("home.new_family")}</button></div>
    ${canBegin ? nothing : html`<p class="muted small">${t("home.no_form")}</p>`}`;
}

export function homeScreen(model: Model, act: Actions): TemplateResult {
  return frame(model, {
    kind: "home",
    top: html`${brand(model, false)}${who(model)}${lockButton(model, act)}`,
    main: html`<div class="lead">
        <h1 class="vh">${t("home.title")}</h1>
        ${notices(model, act)}
        ${told(model, lockAnyway(model, act))}
        ${begin(model, act)}
        ${
          model.home.drafts.length > 0
            ? html`<section class="card flat"><header><h2>${t("home.drafts", { n: model.home.drafts.length })}</h2></header>
                <ul class="rows">${model.home.drafts.map((draft) => draftRow(model, act, draft))}</ul></section>`
            : nothing
        }
      </div>
      ${people(model, act)}
      <section class="row apart this-tablet">
        ${shiftButtons(act, model.practice)}
        ${languageSwitch(language(), (code) => act.language(code))}
      </section>`,
    foot: syncLine(model, () => act.openOutbox()),
  });
}
