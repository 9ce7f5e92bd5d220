/**
 * The end of a shift: how far this tablet wrote, what is left to do here, *Close the tablet*.
 *
 * Rules: nothing closes over somebody's own drafts; what the closed tablet says is what was just done; the number of hard
 * talks is in memory only.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { number, t } from "../../ui/messages.ts";
import { when } from "../../ui/times.ts";
import type { DutyContact, ShiftHead } from "../../vault/index.ts";
import type { Wired } from "../actions.ts";
import type { Later } from "../later.ts";
import type { Actions, Model } from "../model.ts";
import { brand, frame, lockAnyway, lockButton, syncLine, told, who } from "../screens/frame.ts";
import type { DraftCard } from "../today.ts";
import { careOf } from "./care.ts";

export interface ShiftEndView {
  /** What it says, and its QR code as drawn. */
  head: { said: ShiftHead; drawn: TemplateResult } | null;
  /** Asked once more before closing. */
  sure: boolean;
}

export interface ClosedView {
  hard: number;
  /** Whom to call, or null when the programme lists nobody. */
  care: DutyContact | null;
  /** Drafts of other people that wait here, closed. */
  others: number;
  unsent: number;
}

const NOTHING: ShiftEndView = { head: null, sure: false };

export class ShiftEnd {
  readonly #wired: Wired;
  readonly #later: Later;
  view: ShiftEndView = NOTHING;
  closed: ClosedView | null = null;

  constructor(wired: Wired, later: Later) {
    this.#wired = wired;
    this.#later = later;
  }

  async open(): Promise<void> {
    const { app, shift } = this.#wired;
    await app.attempt("open", async () => {
      await shift.home();
      const [said, { qrView }] = await Promise.all([app.session.head(), import("../../ui/qr.ts")]);
      this.view = { head: { said, drawn: qrView(said.qr, t("shift_end.qr")) }, sure: false };
      app.go("end");
    });
  }

  async #close(): Promise<void> {
    const { app, shift } = this.#wired;
    await app.attempt("close", async () => {
      const staff = app.session.staff.id;
      const hard = shift.hardTalks(staff);
      const care = careOf(app.vault.duty());
      await app.session.close();
      shift.forget();
      await app.refresh();
      const others = (app.model.status?.staff ?? []).reduce((sum, one) => sum + one.drafts, 0);
      this.closed = { hard, care, others, unsent: app.model.status?.counts.tablet ?? 0 };
      app.go("closed");
    });
  }

  #sure(sure: boolean): void {
    this.view = { ...this.view, sure };
    this.#wired.app.paint();
  }

  forget(): void {
    this.view = NOTHING;
    this.closed = null;
  }

  readonly screen = (model: Model, act: Actions): TemplateResult => {
    const { head, sure } = this.view;
    const { drafts } = model.home;
    return frame(model, {
      top: html`<span class="grow"><button type="button" class="btn plain back" @click=${() => act.leave()}>${icon("back")}${t("home.title")}</button></span>
        ${who(model)}${lockButton(model, act)}`,
      main: html`<h1>${t("shift_end.title")}</h1>
        ${told(model, lockAnyway(model, act))}
        ${head ? headCard(model, head.said, head.drawn) : nothing}
        ${drafts.length > 0 ? this.#drafts(model, act, drafts) : nothing}
        ${sure ? this.#confirm(model) : this.#closing(model)}`,
      foot: syncLine(model, () => act.openOutbox()),
    });
  };

  #drafts(model: Model, act: Actions, drafts: readonly DraftCard[]): TemplateResult {
    return html`<section class="card flat"><header><h2>${t("shift_end.drafts", { n: drafts.length })}</h2></header>
      <ul class="rows">${drafts.map(
        (draft) => html`<li><span class="round act">${icon("pencil")}</span>
          <div class="grow"><b>${draft.name ?? draft.title}</b><div class="sub">${draft.name ? draft.title : (draft.card ?? nothing)}</div></div>
          <button type="button" class="btn" ?disabled=${model.busy !== null} @click=${() => act.resume(draft.id)}>${t("draft.continue")}</button>
          <button type="button" class="btn quiet" ?disabled=${model.busy !== null} @click=${() => void this.#later.sittings.openHandOver(draft.id)}>${t("shift_end.hand_over")}</button></li>`,
      )}</ul></section>`;
  }

  /** The button says why it cannot, rather than being out of order in silence. */
  #closing(model: Model): TemplateResult {
    const own = model.home.drafts.length;
    const unsent = model.status?.counts.tablet ?? 0;
    return html`<section class="card stack"><h2>${t("close.title")}</h2>
      <p>${t("close.about")}</p>
      ${own > 0 ? html`<p class="why">${icon("warning")}<b>${t("close.drafts", { n: own })}</b></p>` : nothing}
      ${unsent > 0 ? html`<p class="why">${icon("tablet")}<span>${t("close.unsent", { n: unsent })}</span></p>` : nothing}
      <button type="button" class="btn main wide" ?disabled=${own > 0 || model.busy !== null} @click=${() => this.#sure(true)}>${icon("door")}${t("close.do")}</button></section>`;
  }

  #confirm(model: Model): TemplateResult {
    return html`<section class="card stack bad" role="alertdialog" aria-label=${t("close.sure")}><h2>${t("close.sure")}</h2>
      <p>${t("close.means")}</p>
      <button type="button" class="btn main wide" ?disabled=${model.busy !== null} @click=${() => void this.#close()}>${icon("door")}${model.busy === "close" ? t("close.closing") : t("close.yes")}</button>
      <button type="button" class="btn quiet wide" ?disabled=${model.busy !== null} @click=${() => this.#sure(false)}>${t("close.no")}</button></section>`;
  }

  readonly closedScreen = (model: Model): TemplateResult => {
    const { hard = 0, care = null, others = 0, unsent = 0 } = this.closed ?? {};
    return frame(model, {
      top: brand(model),
      main: html`<div class="verdict ok">${icon("tick")}<div><h1>${t("closed.title")}</h1><p>${t("closed.about")}</p></div></div>
        ${others > 0 ? html`<p>${t("closed.others", { n: others })}</p>` : nothing}
        ${unsent > 0 ? html`<p>${t("closed.unsent", { n: unsent })}</p>` : nothing}
        ${hard > 0 ? hardCard(hard, care) : nothing}
        <button type="button" class="btn main wide" @click=${() => this.#wired.app.go("again")}>${t("closed.again")}</button>`,
      foot: syncLine(model, null),
    });
  };
}

function headCard(model: Model, said: ShiftHead, drawn: TemplateResult): TemplateResult {
  const tablet = model.status?.device?.name ?? "";
  return html`<section class="card head">${drawn}
    <div><h2>${t("shift_end.scan")}</h2>
      <p>${t(said.seq > 0 ? "shift_end.says" : "shift_end.says_nothing", { tablet, last: number(said.seq), time: when(said.time, model.now) })}</p>
      <p>${t("shift_end.code")} <bdi class="code big">${said.code}</bdi></p>
      <p class="muted small">${t("shift_end.nothing_in_it")}</p></div></section>`;
}

function hardCard(hard: number, care: DutyContact | null): TemplateResult {
  return html`<section class="card stack"><h2>${t("closed.hard", { n: hard })}</h2>
    <p>${t("closed.rest")}</p>
    ${care ? html`<p>${t("closed.call", { name: care.name, what: care.what })}</p><p class="phone"><bdi>${care.contact}</bdi></p>` : nothing}
    <p class="muted small">${t("closed.stored")}</p></section>`;
}
