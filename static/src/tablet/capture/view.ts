/** How a control looks: what is there, what can be done, what went wrong. A function of its view and nothing else. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { type Failure, problemView } from "../../ui/problem.ts";
import { acceptOf, FILE_LIMIT } from "./files.ts";
import { MINUTES } from "./sound.ts";
import type { Tool } from "./tools.ts";

export type Kind = "picture" | "signature" | "draw" | "annotate" | "sound" | "file";

/** What is kept. `url` "" when it cannot be read. */
export interface Shown {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly url: string;
}

export interface View {
  readonly kind: Kind;
  readonly shown: Shown | null;
  readonly fixed: boolean;
  readonly busy: boolean;
  /** Something was made that could not be kept. */
  readonly unkept: boolean;
  readonly tool: Tool | null;
  readonly problem: Failure | null;
  readonly asking: boolean;
  readonly large: boolean;
  readonly accept: string;
}

export interface ControlActions {
  take(): void;
  choose(file: File | undefined): void;
  ask(asking: boolean): void;
  remove(): void;
  again(): void;
  drop(): void;
  enlarge(): void;
}

type Part = TemplateResult | typeof nothing;

export function controlView(view: View, act: ControlActions): TemplateResult {
  return html`${view.problem ? problemView(view.problem) : nothing} ${view.unkept ? unkept(act) : nothing}
    ${view.tool ? view.tool.view() : view.shown ? kept(view, view.shown, act) : offer(view, act)}
    <p class="told" role="status">${view.busy ? t("capture.keeping") : nothing}</p>`;
}

/** What was made here is in memory alone. */
function unkept(act: ControlActions): TemplateResult {
  return html`<div class="row"><p>${t("capture.unkept")}</p>
    <button type="button" class="btn" @click=${() => act.again()}>${icon("again")}${t("capture.unkept.again")}</button>
    <button type="button" class="btn quiet" @click=${() => act.drop()}>${icon("cross")}${t("capture.unkept.drop")}</button></div>`;
}

/** Nothing is there yet. */
function offer(view: View, act: ControlActions): Part {
  if (view.fixed) return html`<p class="muted">${t("capture.none")}</p>`;
  return html`<div class="row">${ways(view, act)}</div>${limits(view)}`;
}

function ways({ kind, busy, accept }: View, act: ControlActions): Part {
  const take = html`<button type="button" class="btn" ?disabled=${busy} @click=${() => act.take()}>
    ${icon(kind === "sound" ? "plus" : kind === "picture" || kind === "annotate" ? "eye" : "pencil")}${t(`capture.${kind}.take`)}</button>`;
  const chosen = ({ target }: Event): void => {
    const field = target as HTMLInputElement;
    act.choose(field.files?.[0]);
    field.value = "";
  };
  const choose = html`<label class="btn quiet"><input type="file" class="vh" autocomplete="off" accept=${acceptOf(kind, accept)} ?disabled=${busy} @change=${chosen}>
    ${icon("down")}${t(`capture.${kind}.choose`)}</label>`;
  // A drawing is drawn: a form that asks for one has not been signed for photographs.
  return html`${kind === "file" ? nothing : take}${kind === "signature" || kind === "draw" ? nothing : choose}`;
}

function limits({ kind }: View): Part {
  if (kind === "sound") return html`<p class="hint">${t("capture.sound.limit", { n: MINUTES })}</p>`;
  if (kind === "file") return html`<p class="hint">${t("capture.file.limit", { size: FILE_LIMIT / 1024 / 1024 })}</p>`;
  return nothing;
}

function kept(view: View, shown: Shown, act: ControlActions): TemplateResult {
  return html`${shown.url ? look(view, shown, act) : nothing}
    ${view.fixed ? nothing : view.asking ? sure(act) : changes(view, act)}`;
}

function look({ kind, large }: View, { type, size, url }: Shown, act: ControlActions): TemplateResult {
  if (type.startsWith("image/")) {
    return html`<img class=${large ? "kept large" : "kept"} src=${url} alt=${t(kind === "file" ? "capture.picture.kept" : `capture.${kind}.kept`)}>
      <button type="button" class="btn plain" aria-pressed=${large} @click=${() => act.enlarge()}>${icon("find")}${t("capture.large")}</button>`;
  }
  if (type.startsWith("audio/"))
    return html`<audio class="kept" controls src=${url} aria-label=${t("capture.sound.kept")}></audio>`;
  const kib = Math.max(1, Math.round(size / 1024));
  return html`<p class="kept">${icon("tick")} ${t("capture.file.kept", { size: kib })} <bdi class="muted">${type}</bdi></p>`;
}

function changes(view: View, act: ControlActions): TemplateResult {
  return html`<div class="row">${ways(view, act)}
    <button type="button" class="btn quiet" ?disabled=${view.busy} @click=${() => act.ask(true)}>${icon("cross")}${t("capture.remove")}</button></div>`;
}

function sure(act: ControlActions): TemplateResult {
  return html`<div class="row"><p>${t("capture.remove.sure")}</p>
    <button type="button" class="btn quiet" @click=${() => act.remove()}>${icon("cross")}${t("capture.remove.now")}</button>
    <button type="button" class="btn" @click=${() => act.ask(false)}>${t("capture.remove.keep")}</button></div>`;
}
