/**
 * Practice: the same screens on a made-up family, so that somebody learns them before the first bus comes.
 *
 * Rules:
 * - It begins within an unlocked shift and ends with *End practice* or any lock; then nothing of it is left.
 * - Real people leave the screens before it begins, made-up ones before it ends: no screen holds both.
 * - What was sealed in earnest is still delivered meanwhile; practice itself asks for nothing but forms and their pages.
 */
import { nowMs } from "../../sync/clock.ts";
import { t } from "../../ui/messages.ts";
import type { DutyContact } from "../../vault/index.ts";
import type { Wired } from "../actions.ts";
import type { Area, Later } from "../later.ts";
import { preferredLanguage } from "../preference.ts";
import { noHome } from "../today.ts";
import { MadeUpSite } from "./family.ts";
import { around } from "./screens.ts";
import { PracticeSession } from "./session.ts";

export class Practice implements Area {
  readonly screens: Area["screens"] = {};
  readonly #wired: Wired;
  readonly #later: Later;
  #session: PracticeSession | null = null;

  constructor(wired: Wired, later: Later) {
    this.#wired = wired;
    this.#later = later;
  }

  /** *Practise*, from home. */
  async open(): Promise<void> {
    const { app, shift } = this.#wired;
    if (this.#session) return;
    await app.attempt("open", async () => {
      const { staff } = app.session;
      const own = (await app.vault.colleagues()).find((one) => one.id === staff.id);
      const stations = own?.stations ?? [];
      this.#clear();
      this.#session = new PracticeSession(staff, nowMs());
      const site = new MadeUpSite({ ...staff, stations, ready: true, added: false }, duty);
      app.practise({ session: this.#session, site, around: around(() => void this.leave()) });
      // Whatever station somebody learns for, the whole family is there.
      app.model.home = { ...noHome(), all: true };
      app.go("practice");
      await shift.home();
    });
  }

  /** *End practice*, from any screen: made-up drafts go with it. */
  async leave(): Promise<void> {
    const { app, filling, shift } = this.#wired;
    await app.attempt("open", async () => {
      filling.drop();
      this.#clear();
      app.go("practice");
      await app.speak(await preferredLanguage()); // a form may have spoken the family's
      await shift.home();
    });
  }

  /** Nobody, real or made up, stays on a screen; practice is over. */
  #clear(): void {
    const { app, today } = this.#wired;
    this.#later.forget();
    today.forget();
    app.model.home = noHome();
    app.model.outbox = { rows: [], all: false };
    app.model.form = null;
    app.model.seal = null;
    app.model.notice = null;
  }

  forget(): void {
    if (!this.#session) return;
    void this.#session.lock();
    this.#session = null;
    this.#wired.app.practise(null);
  }
}

/** Whom to call: nobody. A real number must not ring because somebody learns. */
function duty(): DutyContact[] {
  return [{ name: t("practice.duty.name"), contact: t("practice.duty.contact"), what: t("practice.duty.what") }];
}
