/**
 * A shift on the tablet: unlock, home, lock, and the lock by itself after thirty minutes at rest.
 *
 * Rules: nothing locks over an unsaved change without saying so; whatever is at rest is already on disk.
 */
import type { CompiledForm } from "../form/index.ts";
import { nowMs } from "../sync/clock.ts";
import { Problem } from "../sync/problems.ts";
import { language } from "../ui/messages.ts";
import { failure } from "../ui/problem.ts";
import type { DraftRow, FormVersion } from "../vault/index.ts";
import type { App } from "./app.ts";
import type { DraftCard } from "./model.ts";
import { plainText } from "./sealing.ts";
import { UNLOCKED } from "./states.ts";
import { families } from "./today.ts";

const REST = 30 * 60 * 1000;
const LOOK_EVERY = 15_000;

export class Shift {
  readonly #app: App;
  /** Brings what is being filled to the disk; false when it could not. `late` = it could after all. */
  readonly #park: (late: () => void) => Promise<boolean>;
  /** Takes what is being filled off the screen. */
  readonly #drop: () => void;
  #touched = nowMs();

  constructor(app: App, talk: { park(late: () => void): Promise<boolean>; drop(): void }) {
    this.#app = app;
    this.#park = (late) => talk.park(late);
    this.#drop = () => talk.drop();
  }

  async unlock(passphrase: string): Promise<boolean> {
    const { model } = this.#app;
    const staff = model.unlock.staff;
    if (!staff) return false;
    return this.#app.attempt("unlock", async () => {
      const session = await this.#app.vault.unlock(staff, passphrase);
      model.who = session.staff.name;
      model.unlock = { staff, shown: false, lockedAt: null };
      this.#touched = nowMs();
      await this.home();
      this.#app.go("unlocked");
    });
  }

  /** What home shows, read anew. */
  async home(): Promise<void> {
    const { model, vault, session } = this.#app;
    const [drafts, people, versions] = await Promise.all([session.drafts(), session.people(), vault.forms()]);
    model.home = {
      drafts: await Promise.all(drafts.map((row) => this.#card(row))),
      families: families(people, nowMs()),
      all: model.home.all,
      canBegin: versions.some((one) => one.newest),
    };
    await this.#app.refresh();
  }

  async #card(row: DraftRow): Promise<DraftCard> {
    const form = await this.#app.vault.compiledForm(row.version).then(
      (compiled) => compiled as CompiledForm,
      () => null,
    );
    const title = form ? plainText(form.title, language(), form) : row.form;
    return { id: row.id, title, name: row.name, card: row.card, savedAt: row.savedAt, problem: row.problem };
  }

  /** `anyway` after a lock that could not save, and when the tablet locks by itself. */
  async lock(anyway = false): Promise<void> {
    const { model } = this.#app;
    if (!UNLOCKED.has(model.state)) return;
    // A tablet that somebody meant to lock shall not lie open because its disk was slow.
    const parked = await this.#park(() => void (model.lockBlocked && this.lock()));
    if (!parked && !anyway) {
      model.lockBlocked = true;
      this.#app.paint();
      return;
    }
    this.#drop();
    await this.#app.vault
      .session()
      ?.lock()
      .catch((thrown: unknown) => {
        model.problem = failure(thrown);
      });
    this.forget();
    this.#app.go("lock");
    await this.#app.refresh();
  }

  /** Nothing of a person stays in the model. */
  forget(): void {
    const { model } = this.#app;
    this.#app.later?.forget();
    model.who = null;
    model.home = { drafts: [], families: [], all: false, canBegin: false };
    model.outbox = { rows: [], all: false };
    model.form = null;
    model.seal = null;
    model.notice = null;
    model.unlock = { staff: model.unlock.staff, shown: false, lockedAt: nowMs() };
  }

  /** Locks after thirty minutes without a touch, by the clock: a tablet that slept locks as it wakes. */
  watchRest(): void {
    const touched = (): void => {
      this.#touched = nowMs();
    };
    for (const kind of ["pointerdown", "keydown", "input"])
      addEventListener(kind, touched, { passive: true, capture: true });
    const look = (): void => {
      if (UNLOCKED.has(this.#app.model.state) && nowMs() - this.#touched >= REST) void this.lock(true);
    };
    setInterval(look, LOOK_EVERY);
    document.addEventListener("visibilitychange", look);
  }
}

/** The newest version of the form that registers a household; `no_form` when there is none. */
export async function registration(app: App): Promise<{ version: FormVersion; form: CompiledForm }> {
  for (const version of await app.vault.forms()) {
    if (!version.newest) continue;
    const form = (await app.vault.compiledForm(version.version)) as CompiledForm;
    if (form.subject === "household" && form.station === "registration") return { version, form };
  }
  throw Problem.of("no_form");
}
