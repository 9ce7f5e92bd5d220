// The dialogs of the day: taking out a tablet or a person, a new person, a contact, the silence, an end-of-shift code.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { t } from "../../ui/index.ts";
import type { ChoresDialog, Doing } from "../chores-view.ts";
import type { DeskActions, DeskView } from "../view.ts";
import { choreProblem } from "./marks.ts";
import { stationWords } from "./staff.ts";

type Of<K extends ChoresDialog["is"]> = Extract<ChoresDialog, { is: K }>;

export function choresDialog(view: DeskView, dialog: ChoresDialog, actions: DeskActions): TemplateResult {
  if (dialog.is === "take_out") return takeOut(view, dialog, actions);
  if (dialog.is === "person") return person(view, dialog, actions);
  if (dialog.is === "service") return service(view, dialog, actions);
  return dialog.is === "silent" ? silent(view, dialog, actions) : word(view, dialog, actions);
}

type Framed = { id: string; title: string; go: string; doing: Doing; danger?: boolean };

/** A form in a dialog; `send` gets its fields as text. Escape and Cancel close it. */
function framed(
  view: DeskView,
  { id, title, go, doing, danger = false }: Framed,
  actions: DeskActions,
  send: (text: (name: string) => string, all: FormData) => void,
  inside: TemplateResult,
): TemplateResult {
  const submit = (sent: SubmitEvent) => {
    sent.preventDefault();
    const fields = new FormData(sent.currentTarget as HTMLFormElement);
    send((name) => String(fields.get(name) ?? "").trim(), fields);
  };
  const busy = view.chores.doing !== null;
  return html`<dialog aria-labelledby="${id}-title" @close=${actions.closeDialog}>
    <form autocomplete="off" novalidate @submit=${submit}>
      <h2 id="${id}-title">${title}</h2>
      ${inside} ${choreProblem(view.chores, doing)}
      <div class="row">
        <button class="btn" type="button" @click=${actions.closeDialog}>${t("desk.return.cancel")}</button>
        <button class="btn ${danger ? "danger" : "go"}" ?disabled=${busy}>${busy ? t("desk.doing") : go}</button>
      </div>
    </form>
  </dialog>`;
}

function wrong(id: string, missing: boolean, key: string): TemplateResult {
  return html`<p class="wrong" id=${id} role="alert" ?hidden=${!missing}>${missing ? t(key) : nothing}</p>`;
}

function takeOut(view: DeskView, dialog: Of<"take_out">, actions: DeskActions): TemplateResult {
  const { what, key, name, differs, missing } = dialog;
  const title = t(`desk.take_out.${what}.title`, { name });
  const inside = html`${differs ? html`<p>${t("desk.take_out.differs")}</p>` : nothing}
    <p>${t(`desk.take_out.${what}.more`)}</p>
    <div class="field">
      <label for="take-out-why">${t("desk.take_out.why")}</label>
      <input id="take-out-why" name="why" maxlength="500" autocomplete="off" .defaultValue=${differs ? t("desk.take_out.why.differs") : ""}
        aria-invalid=${missing ? "true" : "false"} aria-describedby="take-out-wrong" />
      ${wrong("take-out-wrong", missing, "desk.take_out.missing")}
    </div>`;
  const frame: Framed = { id: "take-out", title, go: t("desk.take_out.go"), doing: "take_out", danger: true };
  return framed(view, frame, actions, (text) => actions.chores.takeOut(key, text("why")), inside);
}

function person(view: DeskView, { missing }: Of<"person">, actions: DeskActions): TemplateResult {
  const { sites, stations } = view.chores;
  const inside = html`<p>${t("desk.person.about")}</p>
    <div class="field">
      <label for="person-name">${t("desk.staff.name")}</label>
      <input id="person-name" name="name" maxlength="100" autocomplete="off" autocapitalize="words" spellcheck="false"
        aria-invalid=${missing ? "true" : "false"} aria-describedby="person-hint person-wrong" />
      <p class="muted" id="person-hint">${t("desk.person.name.hint")}</p>
      ${wrong("person-wrong", missing, "desk.person.missing")}
    </div>
    <div class="field">
      <label for="person-site">${t("desk.site")}</label>
      <select id="person-site" name="site" autocomplete="off">${sites.map(({ site, name }) => html`<option value=${site}>${name}</option>`)}</select>
    </div>
    <fieldset class="field checks">
      <legend>${t("desk.staff.stations")}</legend>
      ${stations.map(
        (station) =>
          html`<label><input type="checkbox" name="stations" value=${station} autocomplete="off" /> ${stationWords(station)}</label>`,
      )}
    </fieldset>`;
  const frame: Framed = { id: "person", title: t("desk.person"), go: t("desk.person.go"), doing: "person" };
  return framed(
    view,
    frame,
    actions,
    (text, all) =>
      actions.chores.addPerson({
        name: text("name"),
        site: text("site"),
        stations: all.getAll("stations").map(String),
      }),
    inside,
  );
}

function service(view: DeskView, dialog: Of<"service">, actions: DeskActions): TemplateResult {
  const { site, name, contact, what, missing } = dialog;
  const known = name !== "";
  const inside = html`<div class="field">
      <label for="service-name">${t("desk.duty.name")}</label>
      <input id="service-name" name="name" maxlength="200" autocomplete="off" .defaultValue=${name} ?readonly=${known}
        aria-invalid=${missing ? "true" : "false"} aria-describedby="service-wrong" />
      ${wrong("service-wrong", missing, "desk.duty.missing")}
    </div>
    <div class="field">
      <label for="service-contact">${t("desk.duty.contact")}</label>
      <input id="service-contact" name="contact" maxlength="200" autocomplete="off" .defaultValue=${contact} aria-describedby="service-contact-hint" />
      <p class="muted" id="service-contact-hint">${t("desk.duty.contact.hint")}</p>
    </div>
    <div class="field">
      <label for="service-what">${t("desk.duty.what")}</label>
      <input id="service-what" name="what" maxlength="500" autocomplete="off" .defaultValue=${what} aria-describedby="service-what-hint" />
      <p class="muted" id="service-what-hint">${t("desk.duty.what.hint")}</p>
    </div>`;
  const title = t(known ? "desk.duty.change.title" : "desk.duty.add.title", { site: view.siteName(site) });
  const frame: Framed = { id: "service", title, go: t("desk.duty.go"), doing: "service" };
  return framed(
    view,
    frame,
    actions,
    (text) => actions.chores.addService({ site, name: text("name"), contact: text("contact"), what: text("what") }),
    inside,
  );
}

function silent(view: DeskView, { missing }: Of<"silent">, actions: DeskActions): TemplateResult {
  const inside = html`<div class="field">
    <label for="silent-hours">${t("desk.silent.label")}</label>
    <input id="silent-hours" name="hours" inputmode="numeric" autocomplete="off" .defaultValue=${String(view.chores.silentHours)}
      aria-invalid=${missing ? "true" : "false"} aria-describedby="silent-wrong" />
    ${wrong("silent-wrong", missing, "desk.silent.wrong")}
  </div>`;
  const frame: Framed = { id: "silent", title: t("desk.silent.title"), go: t("desk.silent.go"), doing: "silent" };
  return framed(view, frame, actions, (text) => actions.chores.setSilentHours(Number(text("hours"))), inside);
}

function word(view: DeskView, { missing }: Of<"word">, actions: DeskActions): TemplateResult {
  const inside = html`<p>${t("desk.word.about")}</p>
    <div class="field">
      <label for="take-in">${t("desk.word.label")}</label>
      <textarea id="take-in" name="word" class="code" rows="3" autocomplete="off" spellcheck="false" dir="ltr"
        aria-invalid=${missing ? "true" : "false"} aria-describedby="take-in-hint take-in-wrong"></textarea>
      <p class="muted" id="take-in-hint">${t("desk.word.hint")}</p>
      ${wrong("take-in-wrong", missing, "desk.word.missing")}
    </div>
    ${view.chores.failed?.doing === "word" ? html`<p class="wrong">${t("desk.word.wrong")}</p>` : nothing}`;
  const frame: Framed = { id: "word", title: t("desk.word.title"), go: t("desk.word.go"), doing: "word" };
  return framed(view, frame, actions, (text) => actions.chores.takeIn(text("word")), inside);
}
