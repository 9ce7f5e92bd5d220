/** The screens `form` and `seal`: what a person asks of the form that is open, and what follows on the screen. */
import type { CompiledForm } from "../form/index.ts";
import { Problem } from "../sync/problems.ts";
import type { Language } from "../ui/languages.ts";
import type { OpenDraft } from "../vault/index.ts";
import type { App } from "./app.ts";
import type { Shift } from "./shift.ts";
import { registration } from "./shift.ts";
import { Talk } from "./talk.ts";

export class Filling {
  readonly #app: App;
  #talk: Talk | null = null;
  /** The worker's own language, while a form speaks the family's. */
  #own: Language | null = null;

  constructor(app: App) {
    this.#app = app;
  }

  get unsaved(): boolean {
    return this.#talk?.saver.unsaved ?? false;
  }

  flush(): void {
    this.#talk?.flush();
  }

  /** *New family*. */
  async begin(own: Language): Promise<void> {
    await this.#app.attempt("open", async () => {
      const { version, form } = await registration(this.#app);
      const session = this.#app.session;
      const draft = await session.newDraft({ form: version.form, version: version.version });
      try {
        await this.#open({ ...draft, state: null }, form, own);
      } catch (thrown) {
        await session.discardDraft(draft.id);
        throw thrown;
      }
    });
  }

  /** *Continue*. */
  async resume(id: string, own: Language): Promise<void> {
    await this.#app.attempt("open", async () => {
      const draft = await this.#app.session.openDraft(id);
      await this.#open(draft, (await this.#app.vault.compiledForm(draft.version)) as CompiledForm, own);
    });
  }

  async #open(draft: OpenDraft, form: CompiledForm, own: Language): Promise<void> {
    const talk = new Talk(this.#app.session, form, draft, this.#app.model.release, {
      changed: () => this.#changed(talk),
      host,
    });
    const page = await talk.fetchPage();
    await this.#app.speak(talk.language);
    this.#talk = talk;
    this.#own = own;
    this.#app.model.form = talk.view();
    this.#app.go("open");
    talk.mount(page);
  }

  #changed(talk: Talk): void {
    if (this.#talk !== talk) return;
    this.#app.model.form = talk.view();
    this.#app.paint();
  }

  get #current(): Talk {
    if (!this.#talk) throw Problem.of("unknown_draft");
    return this.#talk;
  }

  async next(): Promise<void> {
    await this.#app.attempt("move", async () => {
      if ((await this.#current.turn(1)) === "seal") this.#check();
    });
  }

  async back(shift: Shift): Promise<void> {
    const left = { yes: false };
    await this.#app.attempt("move", async () => {
      left.yes = (await this.#current.turn(-1)) === "leave";
    });
    if (left.yes) await this.leave(shift);
  }

  #check(): void {
    const talk = this.#current;
    this.#app.model.seal = talk.summary();
    talk.unmount();
    this.#app.go("finish");
  }

  /** Back to home; the draft stays, unless nothing was ever entered. */
  async leave(shift: Shift): Promise<void> {
    await this.#app.attempt("move", async () => {
      const talk = this.#current;
      if (talk.blank) await this.#app.session.discardDraft(talk.draft.id);
      else await talk.settle();
      await this.#home(shift, "leave");
    });
  }

  async #home(shift: Shift, move: "leave" | "sealed"): Promise<void> {
    this.drop();
    if (this.#own) await this.#app.speak(this.#own);
    await shift.home();
    this.#app.go(move);
    this.#app.model.form = null;
    this.#app.model.seal = null;
  }

  /** From the seal screen into the form, to one question or to where it was. */
  async answer(ref?: string): Promise<void> {
    await this.#app.attempt("move", async () => {
      const talk = this.#current;
      const page = await talk.fetchPage();
      this.#app.model.form = talk.view();
      this.#app.go("answer");
      talk.mount(page, ref);
    });
  }

  async language(code: Language): Promise<void> {
    await this.#app.attempt("language", async () => {
      await this.#current.setLanguage(code);
      await this.#app.speak(code);
    });
  }

  /** Tries again what the screen said had failed: the save. */
  async again(): Promise<void> {
    await this.#app.attempt("move", async () => {
      this.#current.saver.retry();
      await this.#current.settle();
    });
  }

  async seal(shift: Shift, sent: () => void): Promise<void> {
    await this.#app.attempt("seal", async () => {
      const { sealedAt } = await this.#current.seal();
      await this.#home(shift, "sealed");
      this.#app.model.notice = { kind: "sealed", at: sealedAt };
      sent();
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

function host(): HTMLElement {
  const found = document.getElementById("page");
  if (!found) throw new Error("no place for a page on this screen");
  return found;
}
