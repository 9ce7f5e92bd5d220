/**
 * A shift on the tablet: unlock, home, lock, and the lock by itself after thirty minutes at rest or at the shift's end.
 *
 * Rules: nothing locks over an unsaved change without saying so; whatever is at rest is already on disk.
 */
import type { CompiledForm } from "../form/index.ts";
import { nowMs } from "../sync/clock.ts";
import { failure } from "../ui/problem.ts";
import { daysBetween } from "../ui/times.ts";
import type { FormVersion } from "../vault/index.ts";
import type { App } from "./app.ts";
import { newestForm } from "./form-cache.ts";
import { Hours, hoursOf, LOOK_EVERY } from "./hours.ts";
import type { Locked } from "./model.ts";
import { preferredLanguage } from "./preference.ts";
import { UNLOCKED } from "./states.ts";
import { noHome, type Today } from "./today.ts";

/** What a wipe leaves to the disk. */
const LAST_WORDS = 300;

export class Shift {
  readonly #app: App;
  readonly #today: Today;
  /** Brings what is being filled to the disk; false when it could not. `late` = it could after all. */
  readonly #park: (late: () => void) => Promise<boolean>;
  /** Takes what is being filled off the screen. */
  readonly #drop: () => void;
  readonly #hours = new Hours(nowMs());
  readonly #hard: { staff: string; at: number }[] = [];
  #locking = false;

  constructor(app: App, today: Today, talk: { park(late: () => void): Promise<boolean>; drop(): void }) {
    this.#app = app;
    this.#today = today;
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
      model.unlock = { staff, shown: false, lockedAt: null, why: null };
      model.pin = "offer";
      this.#hours.begin(nowMs());
      await this.home();
      this.#app.go("unlocked");
    });
  }

  /** What home shows, read anew. */
  async home(): Promise<void> {
    this.#app.model.home = await this.#today.read();
    await this.#app.refresh();
  }

  /** Keys are in memory, whatever the screen shows. */
  get #unlocked(): boolean {
    return this.#app.open && this.#app.vault.session() !== null;
  }

  /**
   * A tap on the lock goes to the PIN when this shift has one; every other reason lets the keys go. `anyway` after a lock
   * that could not save, and when the tablet was at rest.
   */
  async lock(anyway = false, why: Locked = "locked"): Promise<void> {
    if (!this.#unlocked || this.#locking) return;
    this.#locking = true;
    try {
      await this.#lock(anyway, why);
    } finally {
      this.#locking = false;
    }
  }

  async #lock(anyway: boolean, why: Locked): Promise<void> {
    const { model } = this.#app;
    // A tablet that somebody meant to lock shall not lie open because its disk was slow.
    const parked = await this.#park(() => void (model.lockBlocked && this.lock(false, why)));
    if (!parked && !anyway) {
      model.lockBlocked = true;
      this.#app.paint();
      return;
    }
    this.#drop();
    if (why === "locked" && model.pin === "set" && UNLOCKED.has(model.state)) {
      this.#clear();
      this.#app.go("rest");
      return;
    }
    await this.#app.vault
      .session()
      ?.lock()
      .catch((thrown: unknown) => {
        model.problem = failure(thrown);
      });
    await this.#out(why);
  }

  /** The keys are gone: nothing of anybody stays, and the names are shown. */
  async #out(why: Locked): Promise<void> {
    this.forget(why);
    this.#app.go("lock");
    await this.#app.refresh();
  }

  /** The PIN was right. */
  async reopen(): Promise<void> {
    await this.#app.attempt("unlock", async () => {
      this.#hours.touched(nowMs(), this.#shiftHours);
      await this.home();
      this.#app.go("unlocked");
    });
  }

  /**
   * A long press: the screen goes first, then the keys, then the people list. What was typed last has a moment to reach
   * the disk, and no more: somebody may be reaching for the tablet.
   */
  async wipe(): Promise<void> {
    const parked = this.#park(() => undefined);
    this.forget("wiped");
    this.#app.go("lock");
    await Promise.race([parked, new Promise((resolve) => setTimeout(resolve, LAST_WORDS))]);
    this.#drop();
    await this.#app.vault.wipe().catch((thrown: unknown) => this.#app.tell(thrown));
    await this.#app.refresh();
  }

  /** Nothing of a person stays in the model; who is working may. */
  #clear(): void {
    const { model } = this.#app;
    this.#app.later?.forget();
    this.#today.forget();
    model.home = noHome();
    model.outbox = { rows: [], all: false };
    model.form = null;
    model.seal = null;
    model.notice = null;
    // A form may have spoken the family's language; whoever comes to the lock need not read it.
    void preferredLanguage()
      .then((code) => this.#app.speak(code))
      .catch(() => undefined);
  }

  /** As `#clear`, and the PIN, and who was working. */
  forget(why: Locked = "locked"): void {
    const { model } = this.#app;
    this.#clear();
    this.#app.later?.ending.dropPin();
    model.pin = "none";
    model.who = null;
    model.unlock = { staff: model.unlock.staff, shown: false, lockedAt: nowMs(), why };
  }

  /** Somebody sealed a hard talk. Kept in memory only, for a kind word at the end of the shift. */
  hardTalk(): void {
    if (this.#app.model.practice) return;
    this.#hard.push({ staff: this.#app.session.staff.id, at: nowMs() });
  }

  /** Hard talks of one person today. */
  hardTalks(staff: string): number {
    return this.#hard.filter((one) => one.staff === staff && daysBetween(one.at, nowMs()) === 0).length;
  }

  get #shiftHours(): number {
    return hoursOf(this.#app.model.settings["shift_hours"]);
  }

  /** Lets the keys go by the clock: a tablet that slept locks as it wakes. Taps on the PIN count as rest. */
  watchRest(): void {
    const look = (touch: boolean): void => {
      if (!this.#unlocked) return;
      const counts = touch && this.#app.model.state !== "pin";
      const over = this.#hours[counts ? "touched" : "look"](nowMs(), this.#shiftHours);
      if (over) void this.lock(over === "rest", over);
    };
    for (const kind of ["pointerdown", "keydown", "input"])
      addEventListener(kind, () => look(true), { passive: true, capture: true });
    setInterval(() => look(false), LOOK_EVERY);
    document.addEventListener("visibilitychange", () => look(false));
  }
}

/** The newest version of the form that registers a household; `no_form` when there is none. */
export async function registration(app: App): Promise<{ version: FormVersion; form: CompiledForm }> {
  return newestForm(app.vault, ({ subject, station }) => subject === "household" && station === "registration");
}
