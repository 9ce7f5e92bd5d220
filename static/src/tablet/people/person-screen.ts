/** One person: *is it she?*, her forms, her family, what can be put right. Nothing clinical stands on this screen. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { deliveryMark } from "../../ui/delivery.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { when } from "../../ui/times.ts";
import type { Actions, Model } from "../model.ts";
import { aboutWords, birthWords, calledBy, placeIcon, placeWords } from "../places.ts";
import { open, type Place } from "../plan.ts";
import { frame, lockAnyway, lockButton, syncLine, told, who } from "../screens/frame.ts";
import { said, shortCard, type TodayPerson } from "../today.ts";
import { AGAIN, NOT_NOW, type PersonActions, type PersonView } from "./model.ts";

export function personScreen(model: Model, act: Actions, view: PersonView, ask: PersonActions): TemplateResult {
  return frame(model, {
    kind: "one",
    top: html`<span class="grow"><button type="button" class="btn plain back" @click=${() => ask.leave()}>${icon("back")}${t("home.title")}</button></span>
      ${who(model)}${lockButton(model, act)}`,
    main: html`${told(model, lockAnyway(model, act))}
      ${view.one === null ? unknown(model, view, ask) : view.sure ? whole(model, view, view.one, ask) : isItShe(model, view, view.one, ask)}`,
    foot: syncLine(model, () => act.openOutbox()),
  });
}

function heading(model: Model, { person }: TodayPerson): TemplateResult {
  const about = aboutWords(person, model.now);
  const born = person.birth_date
    ? html` <span class="muted">· ${bornWords(person.birth_date, person.birth_date_precision)}</span>`
    : nothing;
  return html`<div class="heading row apart"><div><h1>${person.name ?? t("person.unnamed")}</h1>
      <p>${about || nothing}${born}</p></div>
    <span class="card code-tag">${t("person.card")} <bdi class="code">${person.card}</bdi></span></div>`;
}

/** A day that was worked out is not said as one that was told. */
function bornWords(day: string, precision = "day"): string {
  if (precision === "day") return t("person.born", { day: birthWords(day) });
  if (precision === "month") return t("person.born", { day: birthWords(day.slice(0, 7)) });
  return t("person.born.about", { year: day.slice(0, 4) });
}

/** A card that is not on this tablet: new, or not come over yet. */
function unknown(model: Model, view: PersonView, ask: PersonActions): TemplateResult {
  const busy = model.busy !== null;
  return html`<div class="heading"><h1>${t("unknown.title")}</h1><p><bdi class="code">${view.card}</bdi></p></div>
    <p>${t("unknown.about")}</p>
    <div class="stack">
      ${view.firstLook ? html`<button type="button" class="btn main wide" ?disabled=${busy} @click=${() => ask.begin(view.firstLook ?? "")}>${t("unknown.first_look")}</button>` : nothing}
      ${view.registration ? html`<button type="button" class="btn wide" ?disabled=${busy} @click=${() => ask.begin(view.registration ?? "")}>${t("unknown.register")}</button>` : nothing}
      <button type="button" class="btn quiet wide" @click=${() => ask.otherCard()}>${t("person.other_card")}</button></div>`;
}

/** Before anything is written about somebody, two people look at each other and at the card. */
function isItShe(model: Model, view: PersonView, one: TodayPerson, ask: PersonActions): TemplateResult {
  const others = view.family.filter((other) => other !== one);
  return html`<p class="muted">${t("person.is_it")}</p>${heading(model, one)}
    ${
      others.length > 0
        ? html`<p>${t("person.came_with")} ${others.map((other, place) => html`${place > 0 ? ", " : ""}${calledBy(other.person)}`)}</p>`
        : nothing
    }
    ${one.person.twice ? html`<div class="verdict act">${icon("warning")}<p>${t("person.twice")}</p></div>` : nothing}
    <div class="stack"><button type="button" class="btn main wide" @click=${() => ask.yes()}>${t("person.yes")}</button>
      <button type="button" class="btn quiet wide" @click=${() => ask.otherCard()}>${t("person.no_other_card")}</button></div>`;
}

function whole(model: Model, view: PersonView, one: TodayPerson, ask: PersonActions): TemplateResult {
  return html`${heading(model, one)}
    ${
      one.person.queue === 0
        ? html`<div class="verdict first">${icon("alert")}<div><h2>${t("person.go_first")}</h2><p>${t("person.go_first.about")}</p></div></div>`
        : one.due !== null
          ? html`<div class="verdict act">${icon("clock")}<div><h2>${t("person.action_by", { time: when(one.due, model.now) })}</h2><p>${t("person.action.about")}</p></div></div>`
          : nothing
    }
    ${one.person.twice ? html`<div class="verdict act">${icon("warning")}<p>${t("person.twice")}</p></div>` : nothing}
    ${view.said ? html`<p class="notice" role="status">${icon("tick")}<span>${view.said}</span></p>` : nothing}
    <section class="card flat"><header><h2>${t("person.forms")}</h2></header>
      <ul class="rows">${one.places.map((place) => formRow(model, view, place, ask))}</ul></section>
    ${family(model, view, one, ask)}
    ${changes(view, ask)}`;
}

function formRow(model: Model, view: PersonView, place: Place, ask: PersonActions): TemplateResult {
  const { panel } = view;
  const { station } = place.form;
  const stands = (is: string): boolean =>
    panel !== null && "station" in panel && panel.is === is && panel.station === station;
  return html`<li data-station=${station}>
    <span class="round ${place.kind === "done" ? "ok" : place.kind === "draft" || place.kind === "part" ? "act" : ""}">${icon(placeIcon(place))}</span>
    <div class="grow"><b>${said(place.form.title)}</b><div class="sub">${placeWords(place, model.now)}</div>
      ${place.draft?.hands.length ? html`<div class="sub">${t("draft.from", { name: place.draft.hands.at(-1)?.name ?? "" })}</div>` : nothing}
      ${stands("not_now") || stands("not_wanted") ? nothing : ways(place, ask)}</div>
    ${delivered(place)}
    ${doButton(model, place, ask)}
    ${stands("not_now") ? notNow(station, ask) : stands("not_wanted") ? notWanted(station, ask) : nothing}
  </li>`;
}

function delivered({ closed }: Place): TemplateResult | typeof nothing {
  if (!closed?.state) return nothing;
  const state = closed.state === "removed" ? "safe" : closed.state;
  return html`<span class="chip ${state}">${deliveryMark(state)}<span>${t(`delivery.${state}`)}</span></span>`;
}

function doButton(model: Model, place: Place, ask: PersonActions): TemplateResult | typeof nothing {
  const busy = model.busy !== null;
  const { draft } = place;
  if (draft)
    return html`${
      // A household's form names its people itself.
      place.form.subject === "person"
        ? html`<button type="button" class="btn quiet" ?disabled=${busy} @click=${() => ask.wrongPerson(draft.id)}>${t("person.wrong")}</button>`
        : nothing
    }
      <button type="button" class="btn ${place.mine ? "main" : ""}" ?disabled=${busy} @click=${() => ask.resume(draft.id)}>${t("draft.continue")}</button>`;
  const words =
    place.kind === "part" ? t("person.go_on") : place.kind === "done" ? t("person.again") : t("person.start");
  if (place.kind === "none") return nothing;
  const quiet = !open(place);
  return html`<button type="button" class="btn ${quiet ? "quiet" : ""}" ?disabled=${busy} @click=${() => ask.start(place)}>${words}</button>`;
}

/** *Not now*, *Not wanted now*; or what was noted, with its way back. */
function ways(place: Place, ask: PersonActions): TemplateResult | typeof nothing {
  const { mark } = place;
  const { station } = place.form;
  if (mark)
    return html`<div class="ways"><button type="button" class="btn plain" @click=${() => ask.undo(mark)}>${icon("undo")}${t("person.undo")}</button></div>`;
  if (place.kind !== "waits" && place.kind !== "part") return nothing;
  return html`<div class="ways"><button type="button" class="btn plain" @click=${() => ask.panel({ is: "not_now", station })}>${t("person.not_now")}</button>
    <button type="button" class="btn plain" @click=${() => ask.panel({ is: "not_wanted", station })}>${t("person.not_wanted")}</button></div>`;
}

function notNow(station: string, ask: PersonActions): TemplateResult {
  return html`<div class="row full" role="group" data-panel aria-label=${t("person.not_now")}>${NOT_NOW.map(
    (reason) =>
      html`<button type="button" class="btn quiet" @click=${() => ask.notNow(station, reason)}>${t(`not_now.${reason}`)}</button>`,
  )}<button type="button" class="btn plain" @click=${() => ask.panel(null)}>${t("person.cancel")}</button></div>`;
}

/** No reason is asked. */
function notWanted(station: string, ask: PersonActions): TemplateResult {
  return html`<div class="stack full" role="group" data-panel aria-label=${t("person.not_wanted")}><p class="small">${t("person.not_wanted.about")}</p>
    <div class="row">${AGAIN.map((days) => html`<button type="button" class="btn quiet" @click=${() => ask.notWanted(station, days)}>${t("person.again_in", { n: days })}</button>`)}
    <button type="button" class="btn plain" @click=${() => ask.panel(null)}>${t("person.cancel")}</button></div></div>`;
}

function family(model: Model, view: PersonView, one: TodayPerson, ask: PersonActions): TemplateResult {
  const others = view.family.filter((other) => other !== one);
  const { person } = one;
  return html`<section class="card flat"><header class="row apart"><h2>${t("family.title")} <bdi class="code">${shortCard(person.family_card ?? person.card)}</bdi></h2>
      <span class="muted small">${t("family.people", { n: view.family.length })}</span></header>
    <ul class="rows">${others.map(
      (
        other,
      ) => html`<li><button type="button" class="row open grow" data-card=${other.person.card} @click=${() => ask.open(other.person.card)}>
        <span class="grow"><b>${calledBy(other.person)}</b><span class="sub">${aboutWords(other.person, model.now)}</span></span>${icon("chevron")}</button></li>`,
    )}
      ${view.registration ? html`<li><button type="button" class="btn plain back" ?disabled=${model.busy !== null} @click=${() => ask.addToFamily()}>${icon("plus")}${t("person.add_to_family")}</button></li>` : nothing}</ul></section>`;
}

function changes(view: PersonView, ask: PersonActions): TemplateResult {
  const siblings = view.family.filter((other) => other !== view.one);
  return html`<section class="stack"><h2>${t("person.put_right")}</h2>
    <div class="row">
      <button type="button" class="btn quiet" @click=${() => ask.newCard()}>${t("person.new_card")}</button>
      <button type="button" class="btn quiet" @click=${() => ask.anotherFamily()}>${t("person.another_family")}</button>
      ${siblings.length > 0 ? html`<button type="button" class="btn quiet" aria-expanded=${view.panel?.is === "twin" ? "true" : "false"} @click=${() => ask.panel({ is: "twin" })}>${t("person.twin")}</button>` : nothing}
    </div>
    ${
      view.panel?.is === "twin"
        ? html`<div class="row" role="group" aria-label=${t("person.twin")}>${siblings.map(
            (other) =>
              html`<button type="button" class="btn" @click=${() => ask.twin(other.person.card)}>${calledBy(other.person)}</button>`,
          )}</div>`
        : nothing
    }</section>`;
}
