// The door: name and passphrase. The fields are read when the form is sent and emptied when it opens; nothing is kept.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { clockTime, type IconName, icon, languageSwitch, problemView, t } from "../../ui/index.ts";
import { type DoorActions, type DoorView, SIGN_IN_STEPS } from "../view.ts";
import { releaseWords } from "./marks.ts";

export function unlockScreen(view: DoorView, actions: DoorActions): TemplateResult {
  const submit = (sent: SubmitEvent) => {
    sent.preventDefault();
    const fields = new FormData(sent.currentTarget as HTMLFormElement);
    actions.unlock(String(fields.get("name") ?? ""), String(fields.get("passphrase") ?? ""));
  };
  const busy = view.step !== null;
  return html`<div class="door">
    <header><span class="brand">${t("brand")}</span>${languageSwitch(view.language, actions.speak)}</header>
    <main id="content">
      <form class="card" autocomplete="off" aria-labelledby="door-title" novalidate @submit=${submit}>
        <h1 id="door-title">${t("desk.unlock.title")}</h1>
        ${view.rested ? html`<p class="muted">${t("desk.unlock.rested")}</p>` : nothing}
        <div class="field">
          <label for="door-name">${t("desk.unlock.name")}</label>
          <input id="door-name" name="name" autocomplete="off" autocapitalize="words" spellcheck="false" ?readonly=${busy}
            aria-invalid=${view.missing === "name" ? "true" : "false"} aria-describedby="door-name-wrong" />
          ${wrong("door-name-wrong", view.missing === "name", "desk.unlock.name.missing")}
        </div>
        ${passphraseField(view, actions, busy)}
        <p class="stays">${icon("lock")}<span>${t("desk.unlock.stays")}</span></p>
        ${view.problem ? shownProblem(view.problem) : nothing}
        <button class="btn go" ?disabled=${busy}>${t(busy ? "desk.unlock.working" : "desk.unlock.go")}</button>
        ${busy ? progressLine(view) : nothing}
      </form>
      <ul class="facts">
        ${fact("keyhole", "desk.unlock.fact.keys", "desk.unlock.fact.keys.more")}
        ${fact("eye", "desk.unlock.fact.checked", "desk.unlock.fact.checked.more")}
        ${fact("clock", "desk.unlock.fact.rest", "desk.unlock.fact.rest.more")}
      </ul>
    </main>
    <footer><span>${t("desk.release", { release: releaseWords(view.release) })}</span></footer>
  </div>`;
}

function passphraseField(view: DoorView, actions: DoorActions, busy: boolean): TemplateResult {
  return html`<div class="field">
    <label for="door-words">${t("desk.unlock.passphrase")}</label>
    <div class="row plain">
      <input id="door-words" name="passphrase" type=${view.passphraseShown ? "text" : "password"} autocomplete="off"
        autocapitalize="none" spellcheck="false" ?readonly=${busy}
        aria-invalid=${view.missing === "passphrase" ? "true" : "false"} aria-describedby="door-words-hint door-words-wrong" />
      <button class="btn" type="button" aria-controls="door-words"
        @click=${() => actions.showPassphrase(!view.passphraseShown)}
      >${t(view.passphraseShown ? "desk.unlock.hide" : "desk.unlock.show")}</button>
    </div>
    <p class="muted" id="door-words-hint">${t("desk.unlock.passphrase.hint")}</p>
    ${wrong("door-words-wrong", view.missing === "passphrase", "desk.unlock.passphrase.missing")}
  </div>`;
}

function wrong(id: string, shown: boolean, key: string): TemplateResult {
  return html`<p class="wrong" id=${id} role="alert" ?hidden=${!shown}>${shown ? t(key) : nothing}</p>`;
}

function progressLine(view: DoorView): TemplateResult {
  const at = view.step ? SIGN_IN_STEPS.indexOf(view.step) : 0;
  return html`<div class="tight" role="status">
    <progress value=${at} max=${SIGN_IN_STEPS.length} aria-label=${t("desk.unlock.working")}></progress>
    <p class="muted">${t(`desk.unlock.step.${view.step}`)}</p>
  </div>`;
}

function shownProblem(problem: NonNullable<DoorView["problem"]>): TemplateResult {
  const until = problem.detail?.["until"];
  const retry =
    typeof until === "number" ? html`<p>${t("desk.unlock.retry", { time: clockTime(until) })}</p>` : nothing;
  return problemView(problem, retry);
}

function fact(mark: IconName, key: string, more: string): TemplateResult {
  return html`<li>${icon(mark)}<span><b>${t(key)}</b><span class="muted">${t(more)}</span></span></li>`;
}
