/**
 * The keys on which a PIN is typed, with fingers or on a keyboard.
 *
 * Rules: the digits are never in the document, only how many there are; figures read left to right in every language.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { number, t } from "../../ui/messages.ts";
import { LONGEST } from "./pin.ts";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

export class Pad {
  #typed = "";
  /** Why the last one was not taken, in words; null = nothing to say. */
  #told: string | null = null;
  readonly #paint: () => void;

  constructor(paint: () => void) {
    this.#paint = paint;
  }

  clear(told: string | null = null): void {
    this.#typed = "";
    this.#told = told;
    this.#paint();
  }

  #press(digit: string): void {
    if (this.#typed.length < LONGEST) this.#typed += digit;
    this.#told = null;
    this.#paint();
  }

  #back(): void {
    this.#typed = this.#typed.slice(0, -1);
    this.#paint();
  }

  #enter(done: (digits: string) => void): void {
    const digits = this.#typed;
    this.#typed = "";
    if (digits !== "") done(digits);
    this.#paint();
  }

  /** A key of a keyboard. Enter on a button of the screen presses that button. */
  key(pressed: KeyboardEvent, done: (digits: string) => void): void {
    if (pressed.ctrlKey || pressed.altKey || pressed.metaKey) return;
    if (/^\d$/.test(pressed.key)) this.#press(pressed.key);
    else if (pressed.key === "Backspace") this.#back();
    else if (pressed.key === "Enter" && !(pressed.target instanceof HTMLButtonElement)) this.#enter(done);
    else return;
    pressed.preventDefault();
  }

  view(done: (digits: string) => void, busy = false): TemplateResult {
    const places = Array.from({ length: LONGEST }, (_, at) => at);
    const digit = (one: string): TemplateResult =>
      html`<button type="button" class="btn quiet" ?disabled=${busy} @click=${() => this.#press(one)}>${number(Number(one))}</button>`;
    return html`<div class="pad">
      <p class="dots" role="status"><span class="vh">${t("pin.typed", { n: this.#typed.length })}</span>
        ${places.map((at) => html`<i class=${at < this.#typed.length ? "on" : ""}></i>`)}</p>
      ${this.#told ? html`<p class="bad" role="alert">${icon("alert")}${this.#told}</p>` : nothing}
      <div class="keys" dir="ltr">
        ${DIGITS.map(digit)}
        <button type="button" class="btn quiet" aria-label=${t("pin.delete")} @click=${() => this.#back()}>${icon("undo")}</button>
        ${digit("0")}
        <button type="button" class="btn main" ?disabled=${busy} @click=${() => this.#enter(done)}>${t("pin.ok")}</button>
      </div>
    </div>`;
  }
}
