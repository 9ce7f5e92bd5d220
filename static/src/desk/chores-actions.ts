// What the buttons of the day do: field rules first, then the chore; a live line says what was done.
import { announce, t } from "../ui/index.ts";
import type { App } from "./app.ts";
import type { ChoresActions } from "./chores-view.ts";

export function choresActions(app: App): ChoresActions {
  const did = (key: string) => (done: boolean | undefined) => {
    if (!done) return;
    announce(t(key));
    app.openDialog(null);
  };
  return {
    invite: (wanted) => void app.chores?.invite(wanted),
    forgetInvitation: () => app.chores?.forgetInvitation(),
    confirm: (key) => void app.chores?.confirm(key).then(did("desk.fresh.done")),
    takeOut(key, reason) {
      if (reason.trim() === "") app.markMissing();
      else void app.chores?.takeOut(key, reason.trim()).then(did("desk.take_out.done"));
    },
    addPerson(wanted) {
      const name = wanted.name.trim().replace(/\s+/g, " ");
      if (name === "") return app.markMissing();
      app.openDialog(null);
      app.chores?.addPerson({ ...wanted, name }).then(did("desk.staff.added"));
    },
    addPersonAgain: () => void app.chores?.addPerson().then(did("desk.staff.added")),
    forgetPerson: () => app.chores?.forgetPerson(),
    addService(service) {
      if (service.name.trim() === "") app.markMissing();
      else void app.chores?.addService(service).then(did("desk.duty.done"));
    },
    setSilentHours(hours) {
      if (!Number.isInteger(hours) || hours < 1 || hours > 999) app.markMissing();
      else void app.chores?.setSilentHours(hours).then(did("desk.silent.done"));
    },
    takeIn(text) {
      if (text.trim() === "") app.markMissing();
      else void app.chores?.takeIn(text).then(did("desk.word.done"));
    },
    readCards: (text) => app.chores?.readCards(text),
    chooseSite: (site) => app.chooseSite(site),
    print: () => print(),
  };
}
