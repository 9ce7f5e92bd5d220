/**
 * How a failure is told: what happened, what it means, what to do; the code last and small, for whoever helps.
 *
 * Rules: a code without words is told as `internal`, and its own code still stands below. Never a code alone.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "./icons.ts";
import { has, type Places, t } from "./messages.ts";

/** What this view needs of a Problem of any catalogue. */
export interface Failure {
  readonly code: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export interface ProblemWords {
  what: string;
  means: string;
  do: string;
}

/** Anything thrown, as a failure: what is no Problem is `internal`. */
export function failure(thing: unknown): Failure {
  if (typeof thing === "object" && thing !== null && "code" in thing && typeof thing.code === "string") {
    const detail = "detail" in thing && typeof thing.detail === "object" && thing.detail !== null ? thing.detail : {};
    return { code: thing.code, detail: detail as Readonly<Record<string, unknown>> };
  }
  return { code: "internal", detail: { name: thing instanceof Error ? thing.name : typeof thing } };
}

export function problemWords(problem: Failure): ProblemWords {
  const code = has(`problem.${problem.code}.what`) ? problem.code : "internal";
  const places = plain(problem.detail ?? {});
  return {
    what: t(`problem.${code}.what`, places),
    means: t(`problem.${code}.means`, places),
    do: t(`problem.${code}.do`, places),
  };
}

function plain(detail: Readonly<Record<string, unknown>>): Places {
  const kept = Object.entries(detail).filter(([, value]) => typeof value === "string" || typeof value === "number");
  return Object.fromEntries(kept) as Places;
}

/** A panel that says itself to screen readers when it appears. `actions` = buttons that help, or nothing. */
export function problemView(problem: Failure, actions: TemplateResult | typeof nothing = nothing): TemplateResult {
  const words = problemWords(problem);
  return html`<section class="problem" role="alert">
    <div class="problem-head">${icon("alert")}<b>${words.what}</b></div>
    <p>${words.means}</p>
    <p>${words.do}</p>
    ${actions === nothing ? nothing : html`<div class="row">${actions}</div>`}
    <p class="problem-code">${t("problem.code", { code: problem.code })}</p>
  </section>`;
}
