/** The PIN on the screen: chosen once a shift, asked by the lock screen and when a given tablet comes back. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import type { Wired } from "../actions.ts";
import type { Actions, Model } from "../model.ts";
import { brand, frame, lockButton, syncLine, told } from "../screens/frame.ts";
import { Pad } from "./pad.ts";
import { LONGEST, Pin, SHORTEST, weakness } from "./pin.ts";
import { Sheet } from "./sheet.ts";

export class Pins {
  readonly #wired: Wired;
  readonly #pin = new Pin();
  readonly #sheet = new Sheet();
  readonly #pad: Pad;
  /** What the keys do in the sheet that is open. */
  #done: (digits: string) => void = () => undefined;
  /** The first of the two times that a PIN is typed. */
  #first: string | null = null;

  constructor(wired: Wired) {
    this.#wired = wired;
    this.#pad = new Pad(() => {
      wired.app.paint();
      this.#sheet.paint();
    });
    document.addEventListener("keydown", (pressed) => {
      if (this.#sheet.open) this.#pad.key(pressed, this.#done);
      else if (wired.app.model.state === "pin") this.#pad.key(pressed, (digits) => this.#reopen(digits));
    });
  }

  get stands(): boolean {
    return this.#pin.set;
  }

  /** True when the shift has a PIN now. */
  choose(): Promise<boolean> {
    this.#first = null;
    this.#pad.clear();
    this.#done = (digits) => this.#chosen(digits);
    return this.#sheet.show(t("pin.choose"), () => this.#choosing());
  }

  #chosen(digits: string): void {
    const weak = weakness(digits);
    if (weak) this.#pad.clear(t(`pin.weak.${weak}`, { least: SHORTEST, most: LONGEST }));
    else if (this.#first === null) {
      this.#first = digits;
      this.#pad.clear();
    } else if (this.#first === digits) {
      this.#first = null;
      this.#pin.choose(digits);
      this.#wired.app.model.pin = "set";
      this.#sheet.close(true);
      this.#wired.app.paint();
    } else {
      this.#first = null;
      this.#pad.clear(t("pin.differs"));
    }
  }

  #choosing(): TemplateResult {
    const again = this.#first !== null;
    return html`<h2>${again ? t("pin.again") : t("pin.choose")}</h2>
      <p class="muted">${t("pin.about")}</p>
      ${this.#pad.view(this.#done)}
      <button type="button" class="btn quiet wide" @click=${() => this.#sheet.close(false)}>${t("pin.skip")}</button>`;
  }

  /** Whether whoever holds the tablet knows the PIN. Five wrong tries let the keys go. */
  ask(): Promise<boolean> {
    if (!this.stands) return Promise.resolve(false);
    this.#pad.clear();
    this.#done = (digits) => this.#try(digits, () => this.#sheet.close(true));
    return this.#sheet.show(t("pin.ask"), () => this.#asking());
  }

  #asking(): TemplateResult {
    return html`<h2>${t("pin.ask")}</h2>
      ${this.#pad.view(this.#done)}
      <button type="button" class="btn quiet wide" @click=${() => this.#sheet.close(false)}>${t("pin.cancel")}</button>`;
  }

  #reopen(digits: string): void {
    if (this.#wired.app.model.busy === null) this.#try(digits, () => void this.#wired.shift.reopen());
  }

  #try(digits: string, right: () => void): void {
    const verdict = this.#pin.attempt(digits);
    this.#pad.clear(verdict === "wrong" ? t("pin.wrong", { n: this.#pin.left }) : null);
    if (verdict === "right") right();
    if (verdict === "spent") void this.#wired.shift.lock(true, "pin");
  }

  /** The keys are gone: so is the PIN. */
  drop(): void {
    this.#pin.drop();
    this.close();
  }

  /** Nothing half typed stays. */
  close(): void {
    this.#first = null;
    this.#sheet.close(false);
    this.#pad.clear();
  }

  /** Nothing of a person who is served is on this screen. */
  readonly screen = (model: Model, act: Actions): TemplateResult =>
    frame(model, {
      kind: "narrow",
      top: html`${brand(model)}${lockButton(model, act)}`,
      main: html`<div><h1>${t("pin.title", { name: model.who ?? "" })}</h1><p class="muted">${t("pin.kept")}</p></div>
        ${told(model)}
        ${this.#pad.view((digits) => this.#reopen(digits), model.busy !== null)}
        <button type="button" class="btn quiet wide" @click=${() => void this.#wired.shift.lock(true)}>${icon("person")}${t("pin.somebody_else")}</button>
        ${model.busy === "unlock" ? html`<p role="status">${t("unlock.opening")}</p>` : nothing}`,
      foot: syncLine(model, null),
    });
}
