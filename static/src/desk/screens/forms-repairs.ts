// What can be done about a line of the report: an offered repair, something that only a person can say, or the sheet.
import { html, type TemplateResult } from "lit/html.js";
import { has, t } from "../../ui/index.ts";
import type { Checked, ReportLine, Told } from "../forms-centre.ts";
import type { FormsView } from "../forms-view.ts";
import type { DeskActions } from "../view.ts";

const AUDIENCES = ["coordination", "medical", "psychiatric", "education", "family", "protection"];
const LANGUAGES = ["en", "kk", "ru", "ar"];
/** Repairs that need a word of a person: which, and from what it is chosen. */
const ASKED: Record<string, { tells: keyof Told; among: string[]; words: (one: string) => string }> = {
  audience: { tells: "audience", among: AUDIENCES, words: (one) => t(`audience.${one}`) },
  subject: { tells: "subject", among: ["person", "household"], words: (one) => t(`desk.forms.about.${one}`) },
  language: { tells: "language", among: LANGUAGES, words: (one) => one },
};

export function toDo(line: ReportLine, checked: Checked, forms: FormsView, actions: DeskActions): TemplateResult {
  const busy = forms.doing !== null;
  if (line.code === "form_number") {
    const { following } = checked;
    return html`<button class="btn small" type="button" ?disabled=${busy} @click=${() => actions.forms.tell({ number: String(following) })}>
      ${t("desk.forms.renumber", { number: following })}</button>`;
  }
  const asked = ASKED[line.repair];
  if (asked) return asking(line.repair, asked, busy, actions);
  if (line.repair !== "") {
    const key = `desk.forms.repair.${line.repair}`;
    const words = has(key) ? t(key) : (checked.offered.find((one) => one.code === line.repair)?.words ?? line.repair);
    return html`<button class="btn small" type="button" ?disabled=${busy} @click=${() => actions.forms.repair(line.repair)}>${words}</button>`;
  }
  const key = `problem.${line.code}.do`;
  return html`${has(key) ? t(key) : t("desk.forms.mend")}`;
}

function asking(
  code: string,
  { tells, among, words }: NonNullable<(typeof ASKED)[string]>,
  busy: boolean,
  actions: DeskActions,
): TemplateResult {
  const submit = (sent: SubmitEvent) => {
    sent.preventDefault();
    const chosen = new FormData(sent.currentTarget as HTMLFormElement).get("told");
    actions.forms.tell({ [tells]: String(chosen ?? "") });
  };
  return html`<form class="row" autocomplete="off" @submit=${submit}>
    <label class="vh" for="told-${code}">${t(`desk.forms.ask.${code}`)}</label>
    <select id="told-${code}" name="told" autocomplete="off">${among.map((one) => html`<option value=${one}>${words(one)}</option>`)}</select>
    <button class="btn small" ?disabled=${busy}>${t(`desk.forms.tell.${code}`)}</button>
  </form>`;
}
