/** *Find*: one field for a name or a piece of a card, age and sex beside it, results as they are typed. */
import { html, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import type { PersonHere } from "../../vault/index.ts";
import type { Actions, Model } from "../model.ts";
import { aboutWords } from "../places.ts";
import { frame, lockButton, told, who } from "../screens/frame.ts";
import { shortCard } from "../today.ts";
import type { Wanted } from "./search.ts";

export interface FindView {
  wanted: Wanted;
  /** Null while the names are being read. */
  found: { people: readonly PersonHere[]; count: number } | null;
}

export interface FindActions {
  look(change: Partial<Wanted>): void;
  open(card: string): void;
  leave(): void;
  begin(): void;
}

const SEXES = ["female", "male"] as const;

export function findScreen(model: Model, act: Actions, view: FindView, find: FindActions): TemplateResult {
  const { wanted, found } = view;
  return frame(model, {
    kind: "find",
    top: html`<span class="grow"><button type="button" class="btn plain back" @click=${() => find.leave()}>${icon("back")}${t("home.title")}</button></span>
      ${who(model)}${lockButton(model, act)}`,
    main: html`<h1>${t("find.title")}</h1>
      ${told(model)}
      <form class="card stack" autocomplete="off" @submit=${(sent: Event) => sent.preventDefault()}>
        <label class="label" for="find-text">${t("find.text")}</label>
        <p class="hint" id="find-hint">${t("find.hint")}</p>
        <span class="box wide"><input id="find-text" type="text" dir="auto" autocomplete="off" autocapitalize="none" spellcheck="false"
          aria-describedby="find-hint" .value=${wanted.text} @input=${(typed: Event) => find.look({ text: (typed.target as HTMLInputElement).value })} /></span>
        <div class="row">
          <label class="label" for="find-age">${t("find.age")}</label>
          <span class="box"><input id="find-age" type="text" size="3" dir="ltr" autocomplete="off"
            @input=${(typed: Event) => find.look({ age: years((typed.target as HTMLInputElement).value) })} /></span>
          <div class="seg" role="group" aria-label=${t("find.sex")}>
            ${SEXES.map(
              (
                sex,
              ) => html`<button type="button" class="btn quiet" aria-pressed=${wanted.sex === sex ? "true" : "false"}
                @click=${() => find.look({ sex: wanted.sex === sex ? null : sex })}>${t(`find.sex.${sex}`)}</button>`,
            )}</div>
        </div>
      </form>
      <p class="muted" role="status">${found === null ? t("find.reading") : t("find.count", { n: found.count })}</p>
      ${found === null ? html`` : results(model, found.people, find)}`,
  });
}

function results(model: Model, people: readonly PersonHere[], find: FindActions): TemplateResult {
  if (people.length === 0)
    return html`<div class="card stack"><p>${t("find.none")}</p>
      <button type="button" class="btn" @click=${() => find.begin()}>${icon("scan")}${t("home.scan")}</button></div>`;
  return html`<ul class="rows card flat">${people.map((person) => {
    const words = aboutWords(person, model.now);
    const family = person.family_card ? `${t("family.title")} ${shortCard(person.family_card)}` : t("person.no_family");
    return html`<li><button type="button" class="row open grow" data-card=${person.card} @click=${() => find.open(person.card)}>
      <span class="grow"><b>${person.name ?? t("person.unnamed")}</b><span class="sub">${words ? `${words} · ` : ""}${family}</span></span>
      <bdi class="code small">${person.card}</bdi>${icon("chevron")}</button></li>`;
  })}</ul>`;
}

/** Whole years out of "4", "٤", "9 months" or "9 ай"; null for nothing. */
export function years(text: string): number | null {
  const western = text.replace(/[٠-٩۰-۹]/g, (digit) => String("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹".indexOf(digit) % 10));
  const number = /\d+/.exec(western)?.[0];
  if (number === undefined) return null;
  const months = /ай|м|m|ش/i.test(western.replace(number, ""));
  return months ? Math.floor(Number(number) / 12) : Number(number);
}
