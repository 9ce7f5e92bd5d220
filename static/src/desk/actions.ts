// What the buttons do. After a decision a live line says what was done, and the focus goes on to the next row.
import { announce, type Language, t } from "../ui/index.ts";
import type { App } from "./app.ts";
import { choresActions } from "./chores-actions.ts";
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
    closeDialog: () => app.openDialog(null),
    showKeys: () => app.openDialog({ is: "keys" }),
    showMore: () => app.showMore(),
    showAll: () => app.showMore(Number.MAX_SAFE_INTEGER),
    ask(dialog) {
      app.chores?.forgetProblem();
      app.openDialog(dialog);
    },
    chores: choresActions(app),
  };
}
