/** Cards: scanned by the camera or typed; whatever is read goes to whoever asked for a card. Invitations the same way. */
import { html } from "lit/html.js";
import type { Wired } from "../actions.ts";
import type { Area } from "../later.ts";
import type { Move } from "../states.ts";
import type { Purpose } from "./model.ts";
import { Scanner } from "./scanner.ts";
import { cardScreen, invitationScreen } from "./screens.ts";
import { scanInWindow } from "./window.ts";

export interface Ask {
  for: Exclude<Purpose, "invitation">;
  /** Ready words; those of the purpose when absent. */
  title?: string;
  /** Called with the camera let go. Moves on; when it does not, scanning goes on. */
  onCard(code: string): void | Promise<void>;
  /** Where *Back* leads. */
  back: Move;
}

const video = (): HTMLVideoElement | null => document.querySelector<HTMLVideoElement>("#app .eye video");

export class Cards implements Area {
  readonly screens: Area["screens"] = {
    scan: (model, act) =>
      this.#scanner === null ? html`` : cardScreen(model, act, this.#scanner.view, this.#scanner.actions),
    invitation: (model, act) =>
      this.#scanner === null ? html`` : invitationScreen(model, act, this.#scanner.view, this.#scanner.actions),
  };
  readonly #wired: Wired;
  #scanner: Scanner | null = null;
  #window: AbortController | null = null;

  constructor(wired: Wired) {
    this.#wired = wired;
    wired.app.onScreen(() => this.#moved());
  }

  /** The screen `scan`. */
  scan(ask: Ask): void {
    this.#begin("scan", ask.for, ask.title ?? null, (code) => ask.onCard(code), ask.back);
  }

  /** The screen `invitation`: before there is a device. */
  invitation(): void {
    this.#begin("invitation", "invitation", null, (fragment) => this.#wired.invite(fragment), "leave");
  }

  #begin(
    state: "scan" | "invitation",
    purpose: Purpose,
    title: string | null,
    found: (text: string) => void | Promise<void>,
    back: Move,
  ): void {
    const { app } = this.#wired;
    const scanner = new Scanner(purpose, title, {
      paint: () => app.paintNow(),
      found,
      leave: () => void app.go(back),
      video,
    });
    this.#scanner?.end();
    this.#scanner = scanner;
    if (app.model.state === state) app.paintNow();
    else app.go(state);
    if (app.model.state === state) void scanner.look();
    else this.#drop();
  }

  /** A window over the form that is open. The code, or null when it was closed. */
  async over(purpose: Ask["for"] = "member"): Promise<string | null> {
    this.#window?.abort();
    const end = new AbortController();
    this.#window = end;
    return await scanInWindow(purpose, end.signal);
  }

  /** Puts a code into the field beside the button that was pressed in a form's page: a card's, or of any other thing. */
  async intoField(button: HTMLElement): Promise<void> {
    const field = button.closest("[data-ref]")?.querySelector<HTMLInputElement>("input[type=text]");
    if (!field || field.readOnly) return;
    const code = await this.over(button.dataset["kind"] === "scan-code" ? "code" : "member");
    if (code === null || !field.isConnected) return;
    field.value = code;
    // The page's one way in is what a hand does to a field: it is typed, then left.
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  }

  /** *Back*, from a scan screen. */
  leave(): void {
    this.#scanner?.actions.leave();
  }

  #moved(): void {
    const { state } = this.#wired.app.model;
    if (state !== "scan" && state !== "invitation") this.#drop();
    if (state !== "form") this.#window?.abort();
  }

  #drop(): void {
    this.#scanner?.end();
    this.#scanner = null;
  }

  forget(): void {
    this.#drop();
    this.#window?.abort();
  }
}
