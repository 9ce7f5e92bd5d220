/** What each button of the screens sets in motion: one line a button, so that it can be read beside the table of states. */
import type { Language } from "../ui/languages.ts";
import type { App } from "./app.ts";
import type { Enrolling } from "./enrolling.ts";
import type { Filling } from "./filling.ts";
import type { Later } from "./later.ts";
import type { Actions } from "./model.ts";
import { preferLanguage } from "./preference.ts";
import type { Sending } from "./sending.ts";
import type { Shift } from "./shift.ts";
import { SHOWN, type Today } from "./today.ts";
import type { Updates } from "./updates.ts";

export interface Wired {
  app: App;
  enrolling: Enrolling;
  shift: Shift;
  filling: Filling;
  sending: Sending;
  updates: Updates;
  today: Today;
  open(takeOver: boolean): Promise<void>;
  later(): Promise<Later>;
  /** Begins with an invitation that this tablet has read itself. */
  invite(fragment: string): Promise<void>;
}

export function actionsOf({ app, enrolling, shift, filling, sending, updates, open, later }: Wired): Actions {
  const { model } = app;
  const chosen = async (code: Language): Promise<void> => {
    await app.speak(code);
    await preferLanguage(code);
    if (model.state === "home") await shift.home();
    if (model.state === "ready") await enrolling.check();
  };
  const again: Partial<Record<typeof model.state, () => Promise<void>>> = {
    broken: () => open(false),
    enrol: () => enrolling.enrol(),
    form: () => filling.again(),
  };
  return {
    useHere: () => void open(true),
    again: () => void again[model.state]?.(),
    language: (code) => void (model.state === "form" ? filling.language(code) : chosen(code)),
    check: () => {
      app.go("check");
      void enrolling.check();
    },
    fix: (check) => void enrolling.fix(check),
    work: () => void app.go(app.vault.session() ? "work_unlocked" : "work"),
    choose: (staff) => {
      model.unlock = { ...model.unlock, staff, shown: false };
      model.problem = null;
      app.paintNow();
      const field = document.getElementById("passphrase") as HTMLInputElement | null;
      if (field) field.value = ""; // somebody else's words
      field?.focus();
    },
    show: () => {
      model.unlock = { ...model.unlock, shown: !model.unlock.shown };
      app.paint();
    },
    unlock: (passphrase) =>
      void shift.unlock(passphrase).then((unlocked) => {
        if (!unlocked) return;
        sending.now();
        void later().catch(() => undefined); // asked for again, and told, when it is needed
      }),
    lock: (anyway) => void shift.lock(anyway),
    wipe: () => void shift.wipe(),
    begin: () => void filling.begin(),
    resume: (draft) => void filling.resume(draft),
    showAll: (all) => {
      model.home = { ...model.home, all, shown: SHOWN };
      app.paint();
    },
    more: () => {
      model.home = { ...model.home, shown: model.home.shown + SHOWN };
      app.paint();
    },
    openOutbox: () => void sending.open(),
    leave: () => void (model.state === "form" ? filling.leave(shift) : shift.home().then(() => app.go("leave"))),
    back: () => void filling.back(shift),
    next: () => void filling.next(),
    answer: (ref) => void filling.answer(ref),
    backToForm: () => void filling.answer(),
    seal: () => void filling.seal(shift, () => sending.now()),
    send: () => void sending.byHand(),
    showAllSealed: () => {
      model.outbox = { ...model.outbox, all: true };
      app.paint();
    },
    update: () => void updates.use(),
    later: (work) => void later().then(work, (thrown: unknown) => app.tell(thrown)),
  };
}
