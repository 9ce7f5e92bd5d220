/** The frame of every tablet screen: top bar, one column, bottom bar or sync line, the release small at the end. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { deliveryMark } from "../../ui/delivery.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { problemView } from "../../ui/problem.ts";
import { span, when } from "../../ui/times.ts";
import type { Status } from "../../vault/index.ts";
import { type Carry, carryNow, unsentFor } from "../carrying.ts";
import { holding } from "../hold.ts";
import type { Actions, Model } from "../model.ts";

type Part = TemplateResult | typeof nothing;

export interface Frame {
  top: Part;
  main: Part;
  foot?: Part;
  /** Class of the main column, for screens that lay it out otherwise. */
  kind?: string;
}

export function frame(model: Model, { top, main, foot = nothing, kind = "" }: Frame): TemplateResult {
  return html`<header class="top"><div>${top}</div></header>
    <main class=${kind} aria-busy=${model.busy ? "true" : "false"}>
      ${main}
      <p class="release">${t("release", { release: model.release })}</p>
    </main>
    ${foot}`;
}

/** What went wrong on this screen, if anything did. */
export function told(model: Model, actions: Part = nothing): Part {
  return model.problem ? problemView(model.problem, actions) : nothing;
}

/** Brand, then which tablet this is; the site alone where `who` names the tablet. */
export function brand(model: Model, named = true): TemplateResult {
  const device = model.status?.device;
  const whole = device && named ? t("tablet.at", { tablet: device.name, site: device.siteName }) : device?.siteName;
  return html`<span class="brand">${t("brand")}</span><span class="muted small grow">${whole ?? nothing}</span>`;
}

export function who(model: Model): TemplateResult {
  const device = model.status?.device;
  return html`<div class="who small end"><b>${model.who}</b>
    <span class="muted">${device?.name ?? nothing}</span></div>`;
}

/** A tap locks; holding it drops keys and people list. */
export function lockButton(model: Model, act: Actions): TemplateResult {
  const on = holding({ tap: () => act.lock(), held: () => act.wipe() });
  return html`<button type="button" class="btn quiet icon lock" aria-label=${t("lock")} ?disabled=${model.busy === "lock"}
    @pointerdown=${on.down} @pointerup=${on.up} @pointerleave=${on.up} @pointercancel=${on.up} @blur=${on.up}
    @click=${on.click} @keydown=${on.keydown} @keyup=${on.keyup} @contextmenu=${(menu: Event) => menu.preventDefault()}
    >${icon("lock")}<svg class="ring" viewBox="0 0 56 56" aria-hidden="true" focusable="false"><circle cx="28" cy="28" r="24" pathLength="1" /></svg></button>`;
}

/** Offered when a lock could not save first. */
export function lockAnyway(model: Model, act: Actions): Part {
  if (!model.lockBlocked) return nothing;
  return html`<button type="button" class="btn" @click=${() => act.lock()}>${t("again")}</button>
    <button type="button" class="btn quiet" @click=${() => act.lock(true)}>${t("lock.anyway")}</button>`;
}

/** Numbers that are true now. A button to the outbox where there is one to open. */
export function syncLine(model: Model, open: (() => void) | null): Part {
  const status = model.status;
  if (!status) return nothing;
  const carry = carryNow(status, model.battery, model.settings["carry_minutes"], model.now);
  const line = html`${(["tablet", "carried", "safe"] as const).map(
    (state) => html`<span class=${state}>${deliveryMark(state)}
      <span>${numbered(t(`sync.${state}`, { n: status.counts[state] }))}</span></span>`,
  )}
    <span class="last">${about(model, status)}${open ? icon("chevron") : nothing}</span>
    ${carry ? html`<span class="carry">${icon("warning")}<b>${carryWords(carry, model, status)}</b></span>` : nothing}`;
  return html`<footer class="sync">
    ${open ? html`<button type="button" @click=${open}>${line}</button>` : html`<div>${line}</div>`}
  </footer>`;
}

/** Last contact, how long the oldest has waited, the battery: what there is to say of them. */
function about(model: Model, status: Status): string {
  const { lastContact, counts } = status;
  const age = counts.tablet > 0 ? unsentFor(status, model.now) : null;
  const words = [lastContact === null ? t("sync.never") : t("sync.last", { time: when(lastContact, model.now) })];
  if (age !== null) words.push(t("sync.oldest", { span: span(age) }));
  if (model.battery) words.push(t("sync.battery", { percent: model.battery.percent }));
  return words.join(" · ");
}

function carryWords(carry: Carry, model: Model, status: Status): string {
  if (carry === "age") return t("sync.carry.age", { span: span(unsentFor(status, model.now) ?? 0) });
  return t("sync.carry.battery", { percent: model.battery?.percent ?? 0, count: status.counts.tablet });
}

/** Sets the figures of a sentence in bold, wherever a language puts them. */
function numbered(words: string): TemplateResult {
  const [before = "", figures = "", behind = ""] = words.split(/([\d\s.,]*\d)/, 3);
  return html`${before}<b>${figures}</b>${behind}`;
}
