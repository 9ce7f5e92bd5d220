// The two dialogs: the question of a return, and the keys. Both modal; Escape closes them.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { t } from "../../ui/index.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { choresDialog } from "./chores-dialogs.ts";
import { reasonDialog } from "./forms-dialog.ts";

export function dialogs(view: DeskView, actions: DeskActions): TemplateResult | typeof nothing {
  if (view.dialog?.is === "return") return returnDialog(view, view.dialog, actions);
  if (view.dialog?.is === "reason") return reasonDialog(view.dialog, actions);
  if (view.dialog?.is === "keys") return keysDialog(actions);
  return view.dialog ? choresDialog(view, view.dialog, actions) : nothing;
}

function returnDialog(
  view: DeskView,
  dialog: { of: string; site: string; words: string; missing: boolean },
  actions: DeskActions,
): TemplateResult {
  const submit = (sent: SubmitEvent) => {
    sent.preventDefault();
    actions.sendReturn(dialog.of, String(new FormData(sent.currentTarget as HTMLFormElement).get("words") ?? ""));
  };
  const typed = (input: Event) => actions.writeReturn((input.currentTarget as HTMLTextAreaElement).value);
  return html`<dialog aria-labelledby="return-title" @close=${actions.closeDialog}>
    <form autocomplete="off" novalidate @submit=${submit}>
      <h2 id="return-title">${t("desk.return.title")}</h2>
      <div class="field">
        <label for="return-words">${t("desk.return.label")}</label>
        <textarea .value=${dialog.words} @input=${typed} id="return-words" name="words" rows="5" autocomplete="off" aria-describedby="return-hint return-wrong"
          aria-invalid=${dialog.missing ? "true" : "false"}></textarea>
        <p class="muted" id="return-hint">${t("desk.return.hint", { site: view.siteName(dialog.site) })}</p>
        <p class="wrong" id="return-wrong" role="alert" ?hidden=${!dialog.missing}>${dialog.missing ? t("desk.return.missing") : nothing}</p>
      </div>
      <div class="row">
        <button class="btn" type="button" @click=${actions.closeDialog}>${t("desk.return.cancel")}</button>
        <button class="btn go">${t("desk.return.go")}</button>
      </div>
    </form>
  </dialog>`;
}

const KEYS = [
  [["J", "K"], "move"],
  [["↵"], "open"],
  [["A"], "accept"],
  [["R"], "return"],
  [["N"], "new"],
  [["U"], "upload"],
  [["P"], "preview"],
  [["Esc"], "back"],
  [["L"], "lock"],
  [["?"], "all"],
] as const;

function keysDialog(actions: DeskActions): TemplateResult {
  return html`<dialog aria-labelledby="keys-title" @close=${actions.closeDialog}>
    <div class="inside">
      <h2 id="keys-title">${t("desk.keys")}</h2>
      <dl class="keylist">
        ${KEYS.map(([keys, words]) => html`<dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(`desk.keys.${words}`)}</dd>`)}
      </dl>
      <p class="muted">${t("desk.keys.note")}</p>
      <div class="row"><button class="btn go" type="button" @click=${actions.closeDialog}>${t("desk.close")}</button></div>
    </div>
  </dialog>`;
}
