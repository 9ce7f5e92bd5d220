/** Unlock: choose your name, type your passphrase. Nothing of a person is on this screen. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { languageSwitch } from "../../ui/language-switch.ts";
import { language, t } from "../../ui/messages.ts";
import { when } from "../../ui/times.ts";
import type { Status } from "../../vault/index.ts";
import type { Actions, Model } from "../model.ts";
import { brand, frame, syncLine, told } from "./frame.ts";

type Staff = Status["staff"][number];

function person(model: Model, act: Actions, staff: Staff): TemplateResult {
  const on = model.unlock.staff === staff.id;
  return html`<label class="opt ${on ? "on" : ""}">
    <input class="vh" type="radio" name="staff" autocomplete="off" .checked=${on} @change=${() => act.choose(staff.id)} />
    <span class="mark">${icon("tick")}</span>
    <span class="grow"><span>${staff.name}</span>${note(staff)}</span>
    ${staff.drafts > 0 ? html`<span class="chip draft">${icon("pencil")}${t("unlock.drafts", { n: staff.drafts })}</span>` : nothing}
  </label>`;
}

function note(staff: Staff): TemplateResult | typeof nothing {
  if (!staff.ready) return html`<span class="sub">${t("unlock.not_here_yet")}</span>`;
  return staff.added ? html`<span class="sub">${t("unlock.added")}</span>` : nothing;
}

function passphrase(model: Model, act: Actions, staff: Staff): TemplateResult {
  const busy = model.busy === "unlock";
  const submit = (submitted: SubmitEvent): void => {
    submitted.preventDefault();
    const field = (submitted.currentTarget as HTMLFormElement).elements.namedItem("passphrase") as HTMLInputElement;
    if (field.value !== "") act.unlock(field.value);
    else field.focus();
  };
  return html`<form class="card" autocomplete="off" @submit=${submit}>
    <label class="label" for="passphrase"><b>${t("unlock.passphrase", { name: staff.name })}</b></label>
    <p class="hint" id="passphrase-hint">${t("unlock.hint")}</p>
    <div class="field">
      <span class="box wide grow"><input id="passphrase" name="passphrase" type=${model.unlock.shown ? "text" : "password"}
        autocomplete="off" autocapitalize="none" autocorrect="off" spellcheck="false" aria-describedby="passphrase-hint" ?readonly=${busy} /></span>
      <button type="button" class="btn quiet" aria-pressed=${model.unlock.shown ? "true" : "false"} @click=${() => act.show()}>
        ${icon("eye")}${model.unlock.shown ? t("unlock.hide") : t("unlock.show")}</button>
    </div>
    <button class="btn main wide" ?disabled=${busy}>${icon("lock")}${busy ? t("unlock.opening") : t("unlock.open")}</button>
  </form>`;
}

function about(model: Model): string {
  const drafts = (model.status?.staff ?? []).reduce((sum, one) => sum + one.drafts, 0);
  const locked = model.unlock.lockedAt;
  if (locked === null) return drafts > 0 ? t("unlock.kept", { n: drafts }) : t("unlock.about");
  const time = when(locked, model.now);
  const at = t(`unlock.why.${model.unlock.why ?? "locked"}`, { time });
  return `${at} ${drafts > 0 ? t("unlock.kept", { n: drafts }) : t("unlock.nothing_open")}`;
}

/** What the checks at the start found. */
function readiness(model: Model, act: Actions): TemplateResult {
  const todo = model.checks?.list.filter((check) => !check.ok && !check.optional).length ?? null;
  const found =
    todo === null
      ? nothing
      : html`<span class="grow"><span class="round ${todo === 0 ? "ok" : "act"}">${icon(todo === 0 ? "tick" : "warning")}</span>
          ${todo === 0 ? t("ready.yes") : t("ready.no", { n: todo })}</span>`;
  return html`<div class="row apart readiness">${found}
    <button type="button" class="btn plain back" @click=${() => act.check()}>${t("ready.check")}</button></div>`;
}

export function unlockScreen(model: Model, act: Actions): TemplateResult {
  const staff = model.status?.staff ?? [];
  const chosen = staff.find((one) => one.id === model.unlock.staff);
  return frame(model, {
    top: html`${brand(model)}${languageSwitch(language(), (code) => act.language(code))}`,
    main: html`<div><h1>${t("unlock.title")}</h1><p class="muted">${about(model)}</p></div>
      ${staff.length === 0 ? html`<p class="card">${t("unlock.nobody")}</p>` : nothing}
      <fieldset><legend class="vh">${t("unlock.your_name")}</legend>
        <div class="opts people">${staff.map((one) => person(model, act, one))}</div></fieldset>
      ${told(model)}
      ${chosen ? passphrase(model, act, chosen) : nothing}
      ${readiness(model, act)}
      <p class="muted small">${t("unlock.whose")} ${t("unlock.hold")}</p>`,
    foot: syncLine(model, null),
  });
}
