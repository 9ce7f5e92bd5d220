/** The screens `form`, `given` and `seal`: what a person asks of the form that is open, and what follows on the screen. */
import type { CompiledForm } from "../form/index.ts";
import { Problem } from "../sync/problems.ts";
import { isLanguage, type Language } from "../ui/languages.ts";
import { language as spoken } from "../ui/messages.ts";
import type { FormVersion, OpenDraft } from "../vault/index.ts";
import type { App } from "./app.ts";
import { formsHere } from "./form-cache.ts";
import type { Later } from "./later.ts";
import { localDate, localTime } from "./local-time.ts";
import type { Notice } from "./model.ts";
import type { Shift } from "./shift.ts";
import { registration } from "./shift.ts";
import { type Beginning, freshMemory, type Memory, type Paper } from "./sitting/model.ts";
import type { Talk } from "./talk.ts";

export class Filling {
  readonly #app: App;
  readonly #later: () => Promise<Later>;
  #talk: Talk | null = null;
  #due = false;
  /** The worker's own language, while a form speaks the family's. */
  #own: Language | null = null;

  /** The engine, the page and their screens come with `later`: nothing of them is needed to show home. */
  constructor(app: App, later: () => Promise<Later>) {
    this.#app = app;
    this.#later = later;
  }

  get unsaved(): boolean {
    return this.#talk?.saver.unsaved ?? false;
  }

  flush(): void {
    this.#talk?.flush();
  }

  /** The form that is open. Throws `unknown_draft` when none is. */
  get talk(): Talk {
    if (!this.#talk) throw Problem.of("unknown_draft");
    return this.#talk;
  }

  /** *New family*, or a form about somebody. False when it could not be opened; the screen says why. */
  async begin(beginning?: Beginning): Promise<boolean> {
    return this.#app.attempt("open", async () => {
      const { version, form } = beginning ? await formOf(this.#app, beginning) : await registration(this.#app);
      const { session } = this.#app;
      const draft = await session.newDraft({ form: version.form, version: version.version });
      const { about = null, sitting = null, continues = null, family = null, preset = {} } = beginning ?? {};
      const memory = freshMemory({ about, sitting, continues, family, preset });
      try {
        await this.#open({ ...draft, state: null }, form, memory);
      } catch (thrown) {
        await session.discardDraft(draft.id);
        throw thrown;
      }
    });
  }

  /** *Continue*. */
  async resume(id: string): Promise<void> {
    await this.#app.attempt("open", async () => {
      const draft = await this.#app.session.openDraft(id);
      const form = (await this.#app.vault.compiledForm(draft.version)) as CompiledForm;
      const { sittings } = await this.#later();
      if (!sittings.asksAgain(draft, form, (memory) => this.#resume(draft, form, memory)))
        await this.#open(draft, form);
      await sittings.goesOn(draft);
    });
  }

  /** After somebody else's talk was handed over and the room was asked again. */
  async #resume(draft: OpenDraft, form: CompiledForm, memory: Memory): Promise<void> {
    await this.#app.attempt("open", async () => {
      await this.#open(draft, form, memory);
      this.talk.saver.touch();
    });
  }

  async #open(draft: OpenDraft, form: CompiledForm, memory?: Memory): Promise<void> {
    const { sittings } = await this.#later();
    const events = { changed: () => this.#changed(talk), host };
    const talk: Talk = sittings.talk(form, draft, events, memory);
    const page = await talk.fetchPage();
    if (!this.#talk) this.#own = isLanguage(spoken()) ? (spoken() as Language) : "en";
    await this.#app.speak(talk.language);
    this.#talk = talk;
    this.#app.model.form = talk.view();
    if (!this.#app.go("open")) this.#app.paintNow();
    talk.mount(page);
  }

  /** Several changes make one view: a key press shall not wait for the frame around the page. */
  #changed(talk: Talk): void {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.#talk !== talk) return;
      this.#app.model.form = talk.view();
      this.#app.paint();
    });
  }

  async next(): Promise<void> {
    await this.#app.attempt("move", async () => {
      if ((await this.talk.turn(1)) === "seal") this.#check();
    });
  }

  async back(shift: Shift): Promise<void> {
    const left = { yes: false };
    await this.#app.attempt("move", async () => {
      left.yes = (await this.talk.turn(-1)) === "leave";
    });
    if (left.yes) await this.leave(shift);
  }

  /** To the check from wherever the form stands. */
  async check(): Promise<void> {
    await this.#app.attempt("move", async () => {
      await this.talk.settle();
      this.#check();
    });
  }

  #check(): void {
    const { talk } = this;
    this.#app.model.seal = talk.summary();
    talk.unmount();
    this.#app.go("finish");
  }

  /** Back to home; the draft stays, unless nothing was ever entered. */
  async leave(shift: Shift, notice: Notice | null = null): Promise<boolean> {
    return this.#app.attempt("move", async () => {
      const { talk } = this;
      if (talk.blank) await this.#app.session.discardDraft(talk.draft.id);
      else await talk.settle();
      await this.#home(shift, "leave");
      this.#app.model.notice = notice;
    });
  }

  /** The screens speak to the worker again. */
  async ownLanguage(): Promise<void> {
    if (this.#own) await this.#app.speak(this.#own);
  }

  /** What is typed was asked on paper: the form is opened anew with the day on which it was asked. */
  async fromPaper(paper: Paper): Promise<void> {
    await this.#app.attempt("move", async () => {
      const { talk } = this;
      await talk.settle();
      const draft = await this.#app.session.openDraft(talk.draft.id);
      const asked = { today: localDate(paper.asked_at), now: localTime(paper.asked_at) };
      const state = draft.state && { ...draft.state, ...asked };
      talk.unmount();
      await this.#open({ ...draft, state }, talk.form, { ...talk.memory, paper });
      this.talk.saver.touch();
    });
  }

  async #home(shift: Shift, move: "leave" | "sealed"): Promise<void> {
    this.drop();
    await this.ownLanguage();
    await shift.home();
    this.#app.go(move);
    this.#app.model.form = null;
    this.#app.model.seal = null;
  }

  /** From the seal screen into the form, to one question or to where it was. */
  async answer(ref?: string): Promise<void> {
    await this.#app.attempt("move", async () => {
      const { talk } = this;
      const page = await talk.fetchPage();
      this.#app.model.form = talk.view();
      this.#app.go("answer");
      talk.mount(page, ref);
    });
  }

  async language(code: Language): Promise<void> {
    await this.#app.attempt("language", async () => {
      await this.talk.setLanguage(code);
      await this.#app.speak(code);
    });
  }

  /** Tries again what the screen said had failed: the save. */
  async again(): Promise<void> {
    await this.#app.attempt("move", async () => {
      this.talk.saver.retry();
      await this.talk.settle();
    });
  }

  /** `part` = what is done alone; the rest of the form goes on later, on any tablet. */
  async seal(shift: Shift, sent: () => void, outcome: "done" | "part" = "done"): Promise<void> {
    await this.#app.attempt("seal", async () => {
      const { hard } = this.talk;
      const { sealedAt } = await this.talk.seal(outcome);
      if (hard) shift.hardTalk();
      await this.#home(shift, "sealed");
      this.#app.model.notice = { kind: this.#app.model.practice ? "practised" : "sealed", at: sealedAt };
      if (!this.#app.model.practice) sent();
    });
  }

  /** Brings what is open to the disk before a lock. A disk that is only slow calls `late` when it has answered. */
  async park(late: () => void): Promise<boolean> {
    const talk = this.#talk;
    if (!talk) return true;
    try {
      if (talk.blank) await this.#app.session.discardDraft(talk.draft.id);
      else await talk.settle();
      return true;
    } catch (thrown) {
      this.#app.tell(thrown);
      if (Problem.is(thrown, "save_slow")) void talk.arrived().then(late);
      return false;
    }
  }

  drop(): void {
    this.#talk?.unmount();
    this.#talk = null;
  }
}

/** The version to begin with: the newest of its form, or the one that the rest of a form belongs to. */
export async function formOf(
  { vault }: App,
  { form, continues }: Pick<Beginning, "form" | "continues">,
): Promise<{ version: FormVersion; form: CompiledForm }> {
  const fits = (one: FormVersion): boolean =>
    continues ? one.version === continues.version : one.newest && one.form === form;
  const version = (await formsHere(vault)).find(fits);
  if (!version) throw Problem.of("no_form");
  return { version, form: (await vault.compiledForm(version.version)) as CompiledForm };
}

function host(): HTMLElement {
  const found = document.getElementById("page");
  if (!found) throw new Error("no place for a page on this screen");
  return found;
}
