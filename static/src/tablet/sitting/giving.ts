/**
 * *Give the tablet*: the person answers alone. Her questions, her language; no name, no card, no way back, no flag.
 *
 * Rules: the tablet comes back to whoever knows the PIN of this shift; without a PIN, to whoever holds the button. The
 * browser's own back leads nowhere from here (back.ts), nor does a lock lose what she answered.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { isLanguage, LANGUAGES, type Language } from "../../ui/languages.ts";
import { t } from "../../ui/messages.ts";
import type { Wired } from "../actions.ts";
import { holding } from "../hold.ts";
import type { Later } from "../later.ts";
import type { Model } from "../model.ts";
import { frame, told } from "../screens/frame.ts";

export class Giving {
  readonly #wired: Wired;
  readonly #later: Later;
  /** She said that she has finished. */
  finished = false;
  /** What the form spoke before. */
  #before: Language = "en";

  constructor(wired: Wired, later: Later) {
    this.#wired = wired;
    this.#later = later;
  }

  /** Into her hands, in her language when the form speaks it. */
  async give(): Promise<void> {
    const { app, filling } = this.#wired;
    const { talk } = filling;
    const spoken = talk.memory.sitting?.language ?? "";
    const hers = isLanguage(spoken) && talk.form.languages.includes(spoken) ? spoken : talk.language;
    await app.attempt("move", async () => {
      await talk.settle();
      const page = await talk.fetchPage(hers);
      this.#before = talk.language;
      this.finished = false;
      talk.unmount();
      talk.engine.setLanguage(hers);
      await app.speak(hers);
      app.model.form = talk.view();
      app.go("give");
      if (talk.give(page)) app.model.form = talk.view();
      else {
        talk.unmount();
        this.finished = true;
      }
    });
  }

  async #speak(code: Language): Promise<void> {
    const { app, filling } = this.#wired;
    await app.attempt("language", async () => {
      await filling.talk.setLanguage(code);
      await app.speak(code);
      app.model.form = filling.talk.view();
    });
  }

  async #turn(by: 1 | -1): Promise<void> {
    const { app, filling } = this.#wired;
    await app.attempt("move", async () => {
      const { talk } = filling;
      if ((await talk.turn(by)) !== "seal") return;
      talk.unmount();
      this.finished = true;
    });
  }

  /** She wants to look again. */
  async #again(): Promise<void> {
    const { app, filling } = this.#wired;
    await app.attempt("move", async () => {
      const page = await filling.talk.fetchPage();
      this.finished = false;
      app.paintNow();
      filling.talk.mount(page);
    });
  }

  async #withPin(): Promise<void> {
    if (await this.#later.ending.pinAsk()) await this.#back();
  }

  async #back(): Promise<void> {
    const { app, filling } = this.#wired;
    await app.attempt("move", async () => {
      const { talk } = filling;
      await talk.settle();
      const page = await talk.fetchPage(this.#before);
      talk.unmount();
      talk.takeBack();
      talk.engine.setLanguage(this.#before);
      await app.speak(this.#before);
      app.model.form = talk.view();
      app.go("returned");
      talk.mount(page);
    });
  }

  readonly screen = (model: Model): TemplateResult => {
    const form = model.form;
    if (!form) return frame(model, { top: nothing, main: nothing });
    return this.finished ? this.#waiting(model) : this.#asking(model);
  };

  #asking(model: Model): TemplateResult {
    const form = model.form;
    const busy = model.busy !== null;
    const last = form?.next == null;
    return frame(model, {
      kind: "filling given",
      top: html`<span class="grow muted">${t("given.title")}</span>
        ${form ? languageSwitch(form.language, (code) => void this.#speak(code), offered(form.languages)) : nothing}`,
      main: html`${told(model)}<div id="page"></div>`,
      foot: html`<footer class="bottom"><div>
        ${form && form.place > 1 ? html`<button type="button" class="btn quiet" ?disabled=${busy} @click=${() => void this.#turn(-1)}>${icon("back")}${t("form.back")}</button>` : html`<span></span>`}
        <button type="button" class="btn main" ?disabled=${busy} @click=${() => void this.#turn(1)}>${last ? t("given.finished") : t("given.next")}${icon(last ? "tick" : "next")}</button>
      </div></footer>`,
    });
  }

  #waiting(model: Model): TemplateResult {
    const on = holding({ tap: () => undefined, held: () => void this.#back() });
    const staff = this.#later.ending.pinStands
      ? html`<button type="button" class="btn wide" ?disabled=${model.busy !== null} @click=${() => void this.#withPin()}>${icon("key")}${t("given.staff.pin")}</button>`
      : html`<button type="button" class="btn wide lock" ?disabled=${model.busy !== null}
          @pointerdown=${on.down} @pointerup=${on.up} @pointerleave=${on.up} @pointercancel=${on.up} @blur=${on.up}
          @click=${on.click} @keydown=${on.keydown} @keyup=${on.keyup} @contextmenu=${(menu: Event) => menu.preventDefault()}>${icon("key")}${t("given.staff.hold")}</button>`;
    return frame(model, {
      kind: "narrow",
      top: html`<span class="grow muted">${t("given.title")}</span>`,
      main: html`<div class="verdict ok">${icon("tick")}<div><h1>${t("given.thanks")}</h1><p>${t("given.return")}</p></div></div>
        ${told(model)}
        <button type="button" class="btn quiet wide" ?disabled=${model.busy !== null} @click=${() => void this.#again()}>${icon("back")}${t("given.again")}</button>
        <div class="stack">${staff}</div>`,
    });
  }
}

const offered = (codes: readonly Language[]) => LANGUAGES.filter((one) => codes.includes(one.code));
