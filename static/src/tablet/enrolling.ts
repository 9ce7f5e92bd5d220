/** Enrolment and *Ready for offline*: what the screens `enrol` and `ready` set in motion. */
import { nowMs } from "../sync/clock.ts";
import { Problem } from "../sync/problems.ts";
import { when } from "../ui/times.ts";
import type { EnrolStep } from "../vault/index.ts";
import type { App } from "./app.ts";
import { tryCamera } from "./camera.ts";
import { type Check, checksFrom, isReady } from "./checks.ts";
import { keepForms } from "./form-cache.ts";
import type { Installer } from "./install.ts";
import { observe } from "./observe.ts";

/** The invitation stays in memory only: its fragment has left the address bar before anything else happened. */
export class Enrolling {
  readonly #app: App;
  readonly #installer: Installer;
  #fragment = "";

  constructor(app: App, installer: Installer) {
    this.#app = app;
    this.#installer = installer;
  }

  async enrol(fragment = this.#fragment): Promise<void> {
    this.#fragment = fragment;
    const { model } = this.#app;
    model.enrol = { at: "link", done: [] };
    const enrolled = await this.#app.attempt("enrol", async () => {
      try {
        await this.#app.vault.enrol(fragment, (step) => this.#reached(step));
      } catch (thrown) {
        if (!Problem.is(thrown, "already_enrolled")) throw thrown;
        this.#app.go("already");
        throw thrown;
      }
      this.#reached("forms");
      await this.#app.refresh();
      await keepForms(this.#app.vault, model.release);
    });
    if (!enrolled) return;
    this.#fragment = "";
    this.#app.go("enrolled");
    await this.check();
  }

  #reached(step: EnrolStep | "forms"): void {
    const { model } = this.#app;
    const passed = [...model.enrol.done, model.enrol.at];
    model.enrol =
      step === "done" ? { ...model.enrol, done: passed } : { at: step, done: passed.filter((one) => one !== step) };
    this.#app.paint();
  }

  async check(): Promise<void> {
    await this.#app.attempt("checks", () => this.#look());
  }

  /** At each start, behind whatever is on the screen. What could not be seen is seen at the next look. */
  async quietly(): Promise<void> {
    await this.#look().catch(() => undefined);
  }

  async fix(check: Check): Promise<void> {
    await this.#app.attempt("fix", async () => {
      if (check.fix === "install") await this.#installer.install();
      if (check.fix === "keep") await this.#app.vault.requestPersistence();
      if (check.fix === "camera") await tryCamera();
      if (check.fix === "send") await this.#app.vault.push();
      await this.#look();
    });
  }

  async #look(): Promise<void> {
    const { release, update } = this.#app.model;
    const facts = await observe(this.#app.vault, release, this.#installer, update);
    const list = checksFrom(facts, (ms) => when(ms, facts.now));
    this.#app.model.checks = { list, at: nowMs() };
    this.#app.vault.noteReady(isReady(list));
    await this.#app.refresh();
  }
}
