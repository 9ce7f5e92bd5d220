/** *Hand over*: a draft goes on in a colleague's hands; both names stay on it. Same station first, others below. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { nowMs } from "../../sync/clock.ts";
import { Problem } from "../../sync/problems.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import type { Colleague, DraftRow } from "../../vault/index.ts";
import type { Wired } from "../actions.ts";
import type { Actions, Model } from "../model.ts";
import { frame, lockAnyway, lockButton, told } from "../screens/frame.ts";
import { givenName } from "../today.ts";

export interface HandingView {
  draft: Pick<DraftRow, "id" | "name" | "card" | "station">;
  same: readonly Colleague[];
  others: readonly Colleague[];
  chosen: Colleague | null;
  /** It was open when this was asked. */
  filling: boolean;
}

export class HandingOver {
  readonly #wired: Wired;
  view: HandingView | null = null;

  constructor(wired: Wired) {
    this.#wired = wired;
  }

  async open(id: string): Promise<void> {
    const { app, filling } = this.#wired;
    await app.attempt("open", async () => {
      const open = app.model.state === "form";
      if (open) await filling.talk.settle();
      const draft = (await app.session.drafts()).find((one) => one.id === id);
      if (!draft) throw Problem.of("unknown_draft");
      const all = (await app.site.colleagues()).filter((one) => one.id !== app.session.staff.id);
      const fits = (one: Colleague): boolean => draft.station === null || one.stations.includes(draft.station);
      this.view = {
        draft,
        same: all.filter(fits),
        others: all.filter((one) => !fits(one)),
        chosen: null,
        filling: open,
      };
      if (open) filling.talk.unmount();
      app.go("hand");
    });
  }

  #choose(chosen: Colleague | null): void {
    if (!this.view) return;
    this.view = { ...this.view, chosen };
    this.#wired.app.paint();
  }

  async #do(): Promise<void> {
    const { app, filling, shift } = this.#wired;
    const { view } = this;
    if (!view?.chosen) return;
    const { draft, chosen } = view;
    const done = await app.attempt("move", async () => {
      await app.session.handOver(draft.id, chosen.id);
      filling.drop();
      this.view = null;
    });
    if (!done) return;
    await filling.ownLanguage();
    await shift.home();
    app.go("leave");
    app.model.notice = { kind: "said", at: nowMs(), text: t("handover.done", { name: chosen.name }) };
    app.paint();
  }

  async #leave(): Promise<void> {
    const { app, filling, shift } = this.#wired;
    const open = this.view?.filling === true;
    this.view = null;
    if (open) return filling.answer();
    await shift.home();
    app.go("leave");
  }

  leave(): void {
    void this.#leave();
  }

  forget(): void {
    this.view = null;
  }

  readonly screen = (model: Model, act: Actions): TemplateResult => {
    const { view } = this;
    if (!view) return frame(model, { top: nothing, main: nothing });
    const { draft, same, others, chosen } = view;
    const whose = givenName(draft.name ?? undefined) ?? draft.card;
    return frame(model, {
      top: html`<span class="grow"><button type="button" class="btn plain back" @click=${() => this.leave()}>${icon("back")}${t("handover.back")}</button></span>${lockButton(model, act)}`,
      main: html`<div><h1>${t("handover.title")}</h1><p class="muted">${whose ? html`<bdi>${whose}</bdi> · ` : nothing}${t("handover.about")}</p></div>
        ${told(model, lockAnyway(model, act))}
        ${
          chosen
            ? this.#confirm(model, chosen)
            : html`${this.#list("handover.same", same)}${this.#list("handover.others", others)}
          ${same.length + others.length === 0 ? html`<p class="card muted">${t("handover.nobody")}</p>` : nothing}`
        }`,
    });
  };

  #list(key: "handover.same" | "handover.others", list: readonly Colleague[]): TemplateResult | typeof nothing {
    if (list.length === 0) return nothing;
    return html`<section class="card flat"><header><h2>${t(key)}</h2></header><ul class="rows">${list.map(
      (
        one,
      ) => html`<li><div class="grow"><b>${one.name}</b>${one.ready ? nothing : html`<div class="sub">${t("handover.not_ready")}</div>`}</div>
        <button type="button" class="btn" aria-label=${t("handover.choose.who", { name: one.name })} @click=${() => this.#choose(one)}>${t("handover.choose")}</button></li>`,
    )}</ul></section>`;
  }

  #confirm(model: Model, chosen: Colleague): TemplateResult {
    const busy = model.busy !== null;
    return html`<section class="card stack" role="alertdialog" aria-label=${t("handover.sure", { name: chosen.name })}><h2>${t("handover.sure", { name: chosen.name })}</h2>
      <p>${t("handover.means")}</p>
      <button type="button" class="btn main wide" ?disabled=${busy} @click=${() => void this.#do()}>${t("handover.do")}</button>
      <button type="button" class="btn quiet wide" ?disabled=${busy} @click=${() => this.#choose(null)}>${t("handover.other")}</button></section>`;
  }
}
