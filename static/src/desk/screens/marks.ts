// Small marks that several screens share: sealed, states, audiences, keys. Always a shape and a word.
import { html, nothing, svg, type TemplateResult } from "lit/html.js";
import { has, type IconName, icon, problemView, t } from "../../ui/index.ts";
import type { ChoresView, Doing } from "../chores-view.ts";
import type { RowState } from "../inbox.ts";
import { siteOfPeople } from "../texts.ts";

const DRAWN = {
  device: svg`<rect x="5.5" y="2.5" width="13" height="19" rx="2"/><path d="M10.5 18h3"/>`,
  form: svg`<path d="M5 3h10l4 4v14H5z"/><path d="M15 3v4h4M8.5 12h7M8.5 16h7"/>`,
  up: svg`<path d="M12 16V4M7.5 8.5 12 4l4.5 4.5M4 16v4h16v-4"/>`,
  dot: svg`<circle class="fill" cx="12" cy="12" r="5.5"/>`,
  ring: svg`<circle cx="12" cy="12" r="5.5"/>`,
};

export function drawn(name: keyof typeof DRAWN): TemplateResult {
  return html`<svg class="i" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWN[name]}</svg>`;
}

/** An audience as people call it; one without words shows as it is. */
export function audienceName(audience: string, siteName: (site: string) => string): string {
  const site = siteOfPeople(audience);
  if (site !== null) return t("desk.audience.people", { site: siteName(site) });
  const key = `audience.${audience}`;
  return has(key) ? t(key) : audience;
}

export function sealedMark(words: string): TemplateResult {
  return html`<span class="sealedmark">${icon("keyhole")}${words}</span>`;
}

const LOOK: Record<RowState, { look: string; mark: () => TemplateResult }> = {
  new: { look: "new", mark: () => drawn("dot") },
  opened: { look: "", mark: () => drawn("ring") },
  returned: { look: "out", mark: () => icon("undo") },
  accepted: { look: "safe", mark: () => icon("tick") },
  sealed: { look: "sealed", mark: () => icon("keyhole") },
  problem: { look: "now", mark: () => icon("alert") },
};

export function stateMark(state: RowState, pending = false): TemplateResult {
  const { look, mark } = LOOK[state];
  const waits = pending ? html`<span class="muted">${t("desk.state.pending")}</span>` : nothing;
  return html`<span class="state ${look}">${mark()}<span>${t(`desk.state.${state}`)} ${waits}</span></span>`;
}

export function notice(
  look: "" | "soon" | "now" | "sealed",
  mark: IconName,
  heading: string,
  more: string | TemplateResult,
): TemplateResult {
  return html`<div class="notice ${look}">
    ${icon(mark)}
    <div class="grow"><h2>${heading}</h2>${typeof more === "string" ? html`<p>${more}</p>` : more}</div>
  </div>`;
}

/** A key and what it does, for the foot of a page. */
export function keyHint(keys: readonly string[], words: string): TemplateResult {
  return html`<span>${keys.map((key) => html`<kbd>${key}</kbd>`)} ${words}</span>`;
}

/** A card code, isolated from the direction of the text around it. */
export function cardCode(card: string): TemplateResult {
  return html`<bdi class="code" dir="ltr">${card}</bdi>`;
}

/** The first eight digits of a release, in fours: enough to compare by eye. */
export function releaseWords(release: string): string {
  return release.slice(0, 8).replace(/(.{4})(?=.)/, "$1 ");
}

/** What went wrong with what was being signed, on the screen that asked for it. */
export function choreProblem({ failed }: ChoresView, doing: Doing): TemplateResult | typeof nothing {
  return failed?.doing === doing ? problemView(failed.problem) : nothing;
}
