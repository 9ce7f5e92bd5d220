// Keys on the page: which row has the focus, which submission is shown, and what a command does there.
import type { App } from "./app.ts";
import { type Command, commandOf } from "./keyboard.ts";
import { routeTo } from "./route.ts";
import type { DeskActions } from "./view.ts";

export function listenToKeys(app: App, actions: DeskActions): void {
  addEventListener("keydown", (press) => {
    if (!app.work || inField(press.target) || document.querySelector("dialog[open]")) return;
    const command = commandOf(press);
    if (command !== null && run(command, app, actions)) press.preventDefault();
  });
}

function inField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable]") !== null;
}

/** True when the key was ours. Enter on a link or a button is the browser's. */
function run(command: Command, app: App, actions: DeskActions): boolean {
  if (command === "lock") actions.lock();
  else if (command === "help") actions.showKeys();
  else if (app.route.page === "inbox") return inInbox(command, actions);
  else if (app.route.page === "submission") return inSubmission(command, app, app.route.hash, actions);
  else if (app.route.page === "forms" && inForms(command, app, actions)) return true;
  else if (command === "new") return startNew(app, actions);
  else if (command === "back") location.hash = routeTo({ page: "inbox", shown: app.shown });
  else return false;
  return true;
}

/** U asks for a file, P shows the next language; Escape closes the form that is open. */
function inForms(command: Command, app: App, actions: DeskActions): boolean {
  if (command === "next" || command === "previous") return moveRows(command);
  if (command === "preview") return app.formsDesk?.nextLanguage() ?? false;
  if (command === "upload" && app.formsDesk?.maySign) document.getElementById("bring")?.click();
  else if (command === "back" && app.formsDesk?.brought) actions.forms.putAway();
  else if (command === "back" && app.route.page === "forms" && app.route.version !== "") location.hash = "#/forms";
  else return false;
  return true;
}

/** N: a tablet on the fleet page, a person on the staff page; only for who may sign them. */
function startNew(app: App, actions: DeskActions): boolean {
  if (!app.chores?.view().maySign) return false;
  if (app.route.page === "fleet") location.hash = routeTo({ page: "invite" });
  else if (app.route.page === "staff") actions.ask({ is: "person", missing: false });
  else return false;
  return true;
}

function rows(): HTMLAnchorElement[] {
  return [...document.querySelectorAll<HTMLAnchorElement>("a[data-row]")];
}

function moveRows(command: "next" | "previous"): boolean {
  const all = rows();
  const at = all.indexOf(document.activeElement as HTMLAnchorElement);
  all[command === "next" ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0)]?.focus();
  return true;
}

function inInbox(command: Command, actions: DeskActions): boolean {
  const all = rows();
  const at = all.indexOf(document.activeElement as HTMLAnchorElement);
  const hash = all[at]?.dataset["row"];
  if (command === "next" || command === "previous") return moveRows(command);
  if (command === "accept" && hash) {
    actions.accept(hash);
    all[at + 1]?.focus();
  } else if (command === "return" && hash) {
    location.hash = routeTo({ page: "submission", hash });
    // The dialog belongs to the submission's page: there the answers stand beside the question.
    addEventListener("hashchange", () => actions.askReturn(hash), { once: true });
  } else return false;
  return true;
}

function inSubmission(command: Command, app: App, hash: string, actions: DeskActions): boolean {
  const { work, chores } = app;
  const place = work && chores ? app.deskView(work, chores).submission?.place : undefined;
  const go = (to: string | null | undefined): boolean => {
    if (!to) return false;
    location.hash = routeTo({ page: "submission", hash: to });
    return true;
  };
  if (command === "next") return go(place?.next);
  if (command === "previous") return go(place?.previous);
  if (command === "accept") actions.accept(hash);
  else if (command === "return") actions.askReturn(hash);
  else if (command === "new") return startNew(app, actions);
  else if (command === "back") location.hash = routeTo({ page: "inbox", shown: app.shown });
  else return false;
  return true;
}
