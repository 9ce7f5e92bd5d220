// One attachment among the answers: what it is, and on asking the picture, the player or the file.
import { html, type TemplateResult } from "lit/html.js";
import { icon, problemView, t } from "../../ui/index.ts";
import type { Attached, AttachmentActions, AttachmentState } from "../attachments.ts";

export type AttachedView = {
  which: Attached;
  /** null: the part does not list it */
  about: { type: string; size: number } | null;
  state: AttachmentState;
};

export function attachedView({ which, about, state }: AttachedView, act: AttachmentActions): TemplateResult {
  if (about === null) return html`<span class="outway">${t("desk.attached.none")}</span>`;
  const kib = Math.max(1, Math.round(about.size / 1024));
  if (state.is === "closed") {
    return html`<button type="button" class="btn small" @click=${() => act.open(which)}>${icon("eye")}${t(`desk.attached.show.${kindOf(about.type)}`)}</button>
      <span class="muted">${t("desk.attached.size", { size: kib })}</span>`;
  }
  if (state.is === "opening") return html`<span role="status">${t("desk.attached.opening")}</span>`;
  if (state.is === "failed") {
    const again = html`<button type="button" class="btn small" @click=${() => act.open(which)}>${icon("again")}${t("desk.attached.again")}</button>`;
    return problemView(state.problem, again);
  }
  return html`${shown(which, state, act)}
    <button type="button" class="btn small" @click=${() => act.close(which)}>${icon("cross")}${t("desk.attached.close")}</button>`;
}

function shown(
  which: Attached,
  state: Extract<AttachmentState, { is: "open" }>,
  act: AttachmentActions,
): TemplateResult {
  if (state.shows === "picture") {
    return html`<img class=${state.large ? "attached large" : "attached"} src=${state.url} alt=${t("desk.attached.picture")}>
      <button type="button" class="btn small" aria-pressed=${state.large} @click=${() => act.enlarge(which)}>${icon("find")}${t("desk.attached.large")}</button>`;
  }
  if (state.shows === "sound")
    return html`<audio class="attached" controls src=${state.url} aria-label=${t("desk.attached.sound")}></audio>`;
  // The name is random and the same for everybody: nothing of a person is left in a folder of downloads.
  return html`<a class="btn small" href=${state.url} download=${which.name}>${icon("down")}${t("desk.attached.save")}</a>
    <span class="muted">${t("desk.attached.care")}</span>`;
}

function kindOf(type: string): "picture" | "sound" | "file" {
  if (type.startsWith("image/")) return "picture";
  return type.startsWith("audio/") ? "sound" : "file";
}
