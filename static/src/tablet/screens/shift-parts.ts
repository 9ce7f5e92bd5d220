/** What home shows of the shift: the offer of a PIN, and the ways to practice, a colleague and the end of the shift. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import type { Actions, Model } from "../model.ts";

export function pinOffer(model: Model, act: Actions): TemplateResult | typeof nothing {
  if (model.pin !== "offer" || model.practice) return nothing;
  return html`<div class="offer">${icon("key")}<p class="grow">${t("pin.offer")}</p>
    <button type="button" class="btn" @click=${() => act.later((later) => later.ending.openPin())}>${t("pin.choose")}</button>
    <button type="button" class="btn quiet" @click=${() => act.later((later) => later.ending.skipPin())}>${t("pin.skip")}</button></div>`;
}

/** Practice has no shift of its own: *End practice* stands above every screen. */
export function shiftButtons(act: Actions, practice = false): TemplateResult | typeof nothing {
  if (practice) return nothing;
  return html`<button type="button" class="btn plain back" @click=${() => act.check()}>${t("ready.check")}</button>
    <button type="button" class="btn plain back" @click=${() => act.later((later) => later.practice.open())}>${t("practice.open")}</button>
    <button type="button" class="btn plain back" @click=${() => act.later((later) => later.ending.openColleague())}>${t("colleague.open")}</button>
    <button type="button" class="btn plain back" @click=${() => act.later((later) => later.ending.openShiftEnd())}>${t("shift_end.open")}</button>`;
}
