/**
 * *Before you begin*: language, interpreter, who is near, and whether others can hear or see.
 *
 * Rules: nothing is guessed about the room; going on is possible once the last question is answered. What follows from an
 * answer is said beside it, before it follows.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { nowMs } from "../../sync/clock.ts";
import { icon } from "../../ui/icons.ts";
import { language, t } from "../../ui/messages.ts";
import type { Wired } from "../actions.ts";
import type { Actions, Model } from "../model.ts";
import { frame, lockAnyway, lockButton, told } from "../screens/frame.ts";
import { givenName } from "../today.ts";
import { type About, INTERPRETERS, type Interpreter, NEAR, type Near, type Sitting, SPOKEN } from "./model.ts";

export interface Ask {
  about: About | null;
  /** As it was answered before. */
  sitting: Sitting | null;
  /** Where *Back* leads, unless `leave` knows. */
  back: "person" | "answer" | "leave";
  leave?(): void | Promise<void>;
  done(sitting: Sitting): void | Promise<void>;
}

export interface AskingView {
  language: string;
  other: string;
  interpreter: Interpreter;
  near: ReadonlySet<Near>;
  overheard: boolean | null;
  /** What is still needed. */
  wants: "overheard" | "near" | null;
}

const first = (): AskingView => ({
  language: (SPOKEN as readonly string[]).includes(language()) ? language() : "kk",
  other: "",
  interpreter: "none",
  near: new Set(),
  overheard: null,
  wants: null,
});

export class Asking {
  readonly #wired: Wired;
  #ask: Ask | null = null;
  view: AskingView = first();

  constructor(wired: Wired) {
    this.#wired = wired;
  }

  /** Opens the screen `sitting`. */
  ask(ask: Ask): void {
    this.#ask = ask;
    this.view = ask.sitting ? viewOf(ask.sitting) : first();
    this.#wired.app.go("sit");
  }

  forget(): void {
    this.#ask = null;
    this.view = first();
  }

  leave(): void {
    const ask = this.#ask;
    if (!ask) return;
    this.forget();
    if (ask.leave) void ask.leave();
    else this.#wired.app.go(ask.back);
  }

  #set(change: Partial<AskingView>): void {
    this.view = { ...this.view, ...change };
    this.#wired.app.paint();
  }

  #near(one: Near): void {
    const near = new Set(this.view.near);
    if (!near.delete(one)) near.add(one);
    // "Nobody" and somebody cannot both be true: what was tapped last is.
    for (const other of [...near]) if ((other === "nobody") !== (one === "nobody")) near.delete(other);
    this.#set({ near, wants: null });
  }

  async #go(): Promise<void> {
    const { view } = this;
    const ask = this.#ask;
    if (!ask || this.#wired.app.model.busy !== null) return;
    if (view.near.size === 0) return this.#set({ wants: "near" });
    if (view.overheard === null) return this.#set({ wants: "overheard" });
    await ask.done(sittingOf(view));
  }

  readonly screen = (model: Model, act: Actions): TemplateResult => {
    const about = this.#ask?.about ?? null;
    const name = givenName(about?.name);
    const go = html`<button type="button" class="btn main" ?disabled=${model.busy !== null} @click=${() => void this.#go()}>${t("sitting.go")}${icon("next")}</button>`;
    return frame(model, {
      top: html`<span class="grow"><button type="button" class="btn plain back" @click=${() => this.leave()}>${icon("back")}${t("sitting.back")}</button></span>
        ${name ? html`<div class="who end"><b>${name}</b></div>` : nothing}${lockButton(model, act)}`,
      main: html`<div><h1>${t("sitting.title")}</h1><p class="muted">${t("sitting.about")}</p></div>
        ${told(model, lockAnyway(model, act))}
        ${this.#language()}${this.#interpreter()}${this.#around()}${this.#overheard()}`,
      foot: html`<footer class="bottom"><div><span class="where small">${this.#wanted()}</span>${go}</div></footer>`,
    });
  };

  #wanted(): TemplateResult | typeof nothing {
    const { wants } = this.view;
    return wants ? html`<b role="alert">${t(`sitting.wants.${wants}`)}</b>` : nothing;
  }

  #language(): TemplateResult {
    const { view } = this;
    const type = (event: Event): void => this.#set({ other: (event.target as HTMLInputElement).value });
    return html`<fieldset class="card stack"><legend>${t("sitting.language")}</legend>
      <div class="opts small">${SPOKEN.map((one) => option("radio", "language", t(`sitting.language.${one}`), view.language === one, () => this.#set({ language: one })))}</div>
      ${
        view.language === "other"
          ? html`<div><label class="label" for="other-language">${t("sitting.language.which")}</label>
              <div class="field"><span class="box wide grow"><input id="other-language" type="text" maxlength="40" autocomplete="off" spellcheck="false" .value=${view.other} @input=${type}></span></div></div>`
          : nothing
      }</fieldset>`;
  }

  #interpreter(): TemplateResult {
    const { view } = this;
    return html`<fieldset class="card stack"><legend>${t("sitting.interpreter")}</legend>
      <div class="opts small">${INTERPRETERS.map((one) => option("radio", "interpreter", t(`sitting.interpreter.${one}`), view.interpreter === one, () => this.#set({ interpreter: one })))}</div>
      ${view.interpreter === "relative" ? shut("sitting.relative") : nothing}</fieldset>`;
  }

  #around(): TemplateResult {
    const { view } = this;
    return html`<fieldset class="card stack ${view.wants === "near" ? "bad" : ""}"><legend>${t("sitting.near")}</legend>
      <div class="opts small">${NEAR.map((one) => option("checkbox", "near", t(`sitting.near.${one}`), view.near.has(one), () => this.#near(one)))}</div></fieldset>`;
  }

  #overheard(): TemplateResult {
    const { view } = this;
    const pick = (yes: boolean) => (): void => this.#set({ overheard: yes, wants: null });
    return html`<fieldset class="card stack ${view.wants === "overheard" ? "bad" : ""}"><legend>${t("sitting.overheard")}</legend>
      <div class="opts small">${option("radio", "overheard", t("sitting.overheard.no"), view.overheard === false, pick(false))}
        ${option("radio", "overheard", t("sitting.overheard.yes"), view.overheard === true, pick(true))}</div>
      ${view.overheard === true ? shut("sitting.shut") : nothing}</fieldset>`;
  }
}

function shut(key: "sitting.relative" | "sitting.shut"): TemplateResult {
  return html`<p class="why" role="status">${icon("eye")}<span>${t(key)}</span></p>`;
}

/** A choice with a real field under it, so that keyboard and screen reader know it. */
function option(
  type: "radio" | "checkbox",
  name: string,
  words: string,
  on: boolean,
  pick: () => void,
): TemplateResult {
  return html`<label class="opt ${on ? "on" : ""}"><input class="vh" type=${type} name=${name} autocomplete="off" .checked=${on} @change=${pick}>
    <span class="mark ${type === "checkbox" ? "sq" : ""}">${icon("tick")}</span><span class="grow">${words}</span></label>`;
}

function viewOf(sitting: Sitting): AskingView {
  const known = (SPOKEN as readonly string[]).includes(sitting.language);
  const { interpreter, overheard } = sitting;
  const spoken = known ? { language: sitting.language, other: "" } : { language: "other", other: sitting.language };
  return { ...spoken, interpreter, near: new Set(sitting.near), overheard, wants: null };
}

function sittingOf({ language: spoken, other, interpreter, near, overheard }: AskingView): Sitting {
  const said = spoken === "other" ? other.trim() || "other" : spoken;
  return {
    language: said,
    interpreter,
    near: NEAR.filter((one) => near.has(one)),
    overheard: overheard === true,
    asked: nowMs(),
  };
}
