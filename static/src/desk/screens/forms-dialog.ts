// The reason that two administrators sign: why a form asks what forms may not ask.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { t } from "../../ui/index.ts";
import type { DeskActions } from "../view.ts";

export function reasonDialog({ missing }: { missing: boolean }, actions: DeskActions): TemplateResult {
  const submit = (sent: SubmitEvent) => {
    sent.preventDefault();
    actions.forms.giveReason(String(new FormData(sent.currentTarget as HTMLFormElement).get("words") ?? ""));
  };
  return html`<dialog aria-labelledby="reason-title" @close=${actions.closeDialog}>
    <form autocomplete="off" novalidate @submit=${submit}>
      <h2 id="reason-title">${t("desk.forms.reason.title")}</h2>
      <div class="field">
        <label for="reason-words">${t("desk.forms.reason.label")}</label>
        <textarea id="reason-words" name="words" rows="4" maxlength="2000" autocomplete="off" aria-describedby="reason-hint reason-wrong"
          aria-invalid=${missing ? "true" : "false"}></textarea>
        <p class="muted" id="reason-hint">${t("desk.forms.reason.hint")}</p>
        <p class="wrong" id="reason-wrong" role="alert" ?hidden=${!missing}>${missing ? t("desk.forms.reason.missing") : nothing}</p>
      </div>
      <div class="row">
        <button class="btn" type="button" @click=${actions.closeDialog}>${t("desk.return.cancel")}</button>
        <button class="btn go">${t("desk.forms.reason.sign")}</button>
      </div>
    </form>
  </dialog>`;
}
