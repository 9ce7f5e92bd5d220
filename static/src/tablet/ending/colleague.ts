/**
 * A colleague who came without a name in the programme: added by somebody who is unlocked, with the wire cut.
 *
 * Rules: the passphrase is shown once and kept nowhere; leaving the screen, or a lock, takes it away.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { CompiledForm } from "../../form/index.ts";
import { icon } from "../../ui/icons.ts";
import { language, t } from "../../ui/messages.ts";
import type { Wired } from "../actions.ts";
import type { Actions, Model } from "../model.ts";
import { plainText } from "../plain-text.ts";
import { frame, lockAnyway, lockButton, told, who } from "../screens/frame.ts";

export interface Made {
  name: string;
  passphrase: string;
}

export interface ColleagueView {
  /** A station is called by its newest form. */
  stations: readonly { station: string; title: string }[];
  chosen: ReadonlySet<string>;
  made: Made | null;
  /** What is still needed: `name` or `station`. */
  wants: "name" | "station" | null;
}

const NOTHING: ColleagueView = { stations: [], chosen: new Set(), made: null, wants: null };
const LONGEST_NAME = 80;

export class Colleagues {
  readonly #wired: Wired;
  view: ColleagueView = NOTHING;

  constructor(wired: Wired) {
    this.#wired = wired;
  }

  async open(): Promise<void> {
    const { app } = this.#wired;
    await app.attempt("open", async () => {
      this.view = { ...NOTHING, stations: await this.#stations() };
      app.go("colleague");
    });
  }

  async #stations(): Promise<ColleagueView["stations"]> {
    const { vault } = this.#wired.app;
    const newest = (await vault.forms()).filter((one) => one.newest);
    const forms = (await Promise.all(newest.map((one) => vault.compiledForm(one.version)))) as CompiledForm[];
    const titles = new Map<string, string>();
    for (const form of forms) {
      if (form.station && !titles.has(form.station)) titles.set(form.station, plainText(form.title, language(), form));
    }
    return [...titles].map(([station, title]) => ({ station, title }));
  }

  #toggle(station: string): void {
    const chosen = new Set(this.view.chosen);
    if (!chosen.delete(station)) chosen.add(station);
    this.#show({ chosen, wants: null });
  }

  async #add(name: string): Promise<void> {
    const { app } = this.#wired;
    const { chosen, stations } = this.view;
    if (name === "") return this.#show({ wants: "name" });
    if (chosen.size === 0 && stations.length > 0) return this.#show({ wants: "station" });
    await app.attempt("colleague", async () => {
      const { passphrase } = await app.session.addColleague(name, [...chosen]);
      await app.refresh();
      this.#show({ made: { name, passphrase } });
    });
  }

  #show(change: Partial<ColleagueView>): void {
    this.view = { ...this.view, ...change };
    this.#wired.app.paint();
  }

  forget(): void {
    this.view = NOTHING;
  }

  #leave(act: Actions): void {
    this.forget();
    act.leave();
  }

  readonly screen = (model: Model, act: Actions): TemplateResult => {
    const { made } = this.view;
    return frame(model, {
      top: html`<span class="grow">${
        made
          ? nothing
          : html`<button type="button" class="btn plain back" @click=${() => this.#leave(act)}>${icon("back")}${t("home.title")}</button>`
      }</span>${who(model)}${lockButton(model, act)}`,
      main: html`${told(model, lockAnyway(model, act))}${made ? this.#shown(made, act) : this.#asked(model)}`,
    });
  };

  #asked(model: Model): TemplateResult {
    const { stations, chosen, wants } = this.view;
    const submit = (submitted: SubmitEvent): void => {
      submitted.preventDefault();
      const field = (submitted.currentTarget as HTMLFormElement).elements.namedItem("name") as HTMLInputElement;
      void this.#add(field.value.trim());
    };
    return html`<div><h1>${t("colleague.title")}</h1><p class="muted">${t("colleague.about")}</p></div>
      <form class="card stack" autocomplete="off" @submit=${submit}>
        <div><label class="label" for="colleague-name"><b>${t("colleague.name")}</b></label>
          <div class="field"><span class="box wide grow"><input id="colleague-name" name="name" type="text" maxlength=${LONGEST_NAME} autocomplete="off" autocorrect="off" spellcheck="false" aria-invalid=${wants === "name" ? "true" : "false"} /></span></div></div>
        <fieldset><legend>${t("colleague.stations")}</legend>
          <div class="opts">${stations.map(
            ({ station, title }) => html`<label class="opt ${chosen.has(station) ? "on" : ""}">
              <input class="vh" type="checkbox" name="station" autocomplete="off" .checked=${chosen.has(station)} @change=${() => this.#toggle(station)} />
              <span class="mark sq">${icon("tick")}</span><span class="grow">${title}</span></label>`,
          )}</div></fieldset>
        ${wants ? html`<p class="bad" role="alert">${icon("alert")}${t(`colleague.wants.${wants}`)}</p>` : nothing}
        <button class="btn main wide" ?disabled=${model.busy !== null}>${icon("plus")}${model.busy === "colleague" ? t("colleague.adding") : t("colleague.add")}</button>
      </form>`;
  }

  #shown({ name, passphrase }: Made, act: Actions): TemplateResult {
    return html`<div><h1>${t("colleague.made", { name })}</h1><p class="muted">${t("colleague.write_down")}</p></div>
      <section class="card"><p class="passphrase" lang="en" dir="ltr">${passphrase}</p></section>
      <p>${t("colleague.until")}</p>
      <button type="button" class="btn main wide" @click=${() => this.#leave(act)}>${icon("tick")}${t("colleague.written")}</button>`;
  }
}
