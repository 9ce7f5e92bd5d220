// What the buttons do. After a decision a live line says what was done, and the focus goes on to the next row.
import { announce, type Language, t } from "../ui/index.ts";
import type { App } from "./app.ts";
import { choresActions } from "./chores-actions.ts";
import { bytesOf, type FormsActions } from "./forms-view.ts";
import type { DeskActions, DoorActions } from "./view.ts";

type Speak = (language: Language) => void;

export function doorActions(app: App, speak: Speak): DoorActions {
  return {
    speak,
    unlock: (name, passphrase) => void app.unlock(name, passphrase),
    showPassphrase: (shown) => app.showPassphrase(shown),
  };
}

export function deskActions(app: App, speak: Speak): DeskActions {
  return {
    speak,
    lock: () => app.lock(),
    async accept(of) {
      if (await app.accept(of)) announce(t("desk.decide.done.accepted"));
    },
    askReturn(of) {
      app.askReturn(of);
    },
    writeReturn: (words) => app.writeReturn(words),
    async sendReturn(of, words) {
      if (await app.sendReturn(of, words)) announce(t("desk.decide.done.returned"));
    },
    attachments: {
      open: (which) => app.work?.attachments.open(which),
      close: (which) => app.work?.attachments.close(which),
      enlarge: (which) => app.work?.attachments.enlarge(which),
    },
    closeDialog: () => app.openDialog(null),
    showKeys: () => app.openDialog({ is: "keys" }),
    showMore: () => app.showMore(),
    showAll: () => app.showMore(Number.MAX_SAFE_INTEGER),
    ask(dialog) {
      app.chores?.forgetProblem();
      app.openDialog(dialog);
    },
    chores: choresActions(app),
    forms: formsActions(app),
  };
}

function formsActions(app: App): FormsActions {
  const said = (key: string) => (done: boolean | undefined) => {
    if (!done) return;
    app.openDialog(null);
    announce(t(key));
  };
  return {
    bring: (files) => void bytesOf(files).then((read) => app.formsDesk?.bring(read)),
    openLibrary: () => void app.formsDesk?.openLibrary(),
    bringLibrary: (name) => void app.formsDesk?.bringLibrary(name),
    repair: (code) => void app.formsDesk?.repair(code),
    tell: (told) => void app.formsDesk?.tell(told),
    preview: (language) => app.formsDesk?.preview(language),
    nextLanguage: () => void app.formsDesk?.nextLanguage(),
    putAway: () => app.formsDesk?.putAway(),
    publish: () => void app.formsDesk?.publish().then(said("desk.forms.done.published")),
    giveReason(reason) {
      if (reason.trim() === "") app.markMissing();
      else void app.formsDesk?.giveReason(reason.trim()).then(said("desk.forms.done.waits"));
    },
  };
}
