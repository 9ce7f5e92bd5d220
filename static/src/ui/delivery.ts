/** The three delivery states by shape and word: ○ on this tablet, ◐ carried, ● with a tick safe. Colour repeats it. */
import { html, type TemplateResult } from "lit/html.js";
import { type IconName, icon } from "./icons.ts";
import { t } from "./messages.ts";

export type Delivery = "tablet" | "carried" | "safe";

const MARKS: Record<Delivery, IconName> = { tablet: "tablet", carried: "carried", safe: "safe" };

export function deliveryMark(state: Delivery): TemplateResult {
  return icon(MARKS[state]);
}

/** A chip for a row of a list. */
export function deliveryChip(state: Delivery): TemplateResult {
  return html`<span class="chip ${state}">${deliveryMark(state)}${t(`delivery.${state}`)}</span>`;
}
