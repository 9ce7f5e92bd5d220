/**
 * What a form offers beside its questions: stop here, give the tablet, who is near, hand over, from paper; and who took
 * over what cannot wait. The panels stand under the row of buttons, one at a time.
 */
import { nowMs } from "../../sync/clock.ts";
import { t } from "../../ui/messages.ts";
import type { Colleague, DutyContact } from "../../vault/index.ts";
import type { Wired } from "../actions.ts";
import type { Later } from "../later.ts";
import type { Giving } from "./giving.ts";
import type { Sittings } from "./index.ts";
import type { Paper, Stop, TakenOver } from "./model.ts";

export type Panel = "stop" | "give" | "more" | "paper" | "taken";

export class FormTools {
  panel: Panel | null = null;
  /** What is missing on the paper's panel, or what cannot be. */
  wants: "day" | "number" | "later" | null = null;
  /** Audience whose alarm somebody else takes over, whose name is being written. */
  writing: string | null = null;
  colleagues: readonly Colleague[] = [];
  readonly #wired: Wired;
  readonly #later: Later;
  readonly #sittings: Sittings;
  readonly #giving: Giving;

  constructor(wired: Wired, later: Later, sittings: Sittings, giving: Giving) {
    this.#wired = wired;
    this.#later = later;
    this.#sittings = sittings;
    this.#giving = giving;
  }

  /** The site's contacts, offline. */
  get duty(): DutyContact[] {
    return this.#wired.app.site.duty();
  }

  close(): void {
    this.panel = null;
    this.wants = null;
    this.writing = null;
  }

  /** The same button closes what it opened. */
  toggle(panel: Panel): void {
    const closing = this.panel === panel;
    this.close();
    this.panel = closing ? null : panel;
    this.#wired.app.paint();
  }

  /** Who there is to take over, those of the station first; without them a name can be written. */
  async know(station: string | null): Promise<void> {
    const { app } = this.#wired;
    const { staff } = app.session;
    const all = await app.site.colleagues().catch(() => []);
    const others = all.filter((one) => one.id !== staff.id);
    const near = (one: Colleague): boolean => station !== null && one.stations.includes(station);
    this.colleagues = [...others.filter(near), ...others.filter((one) => !near(one))];
    app.paint();
  }

  /** *Stop here*: saved, marked on the person, back to home; locked where a PIN reopens it. */
  async stop(reason: Stop): Promise<void> {
    const { app, filling, shift } = this.#wired;
    const { talk } = filling;
    const card = talk.memory.about?.card;
    const { station } = talk.form;
    talk.stopFor(reason);
    const noted = await app.attempt("move", async () => {
      await talk.settle();
      if (card && station) await app.session.mark({ card, station, kind: "stopped", reason });
    });
    if (!noted) return;
    this.close();
    const text = t("stop.done", { reason: t(`stop.${reason}`) });
    if (!(await filling.leave(shift, { kind: "said", at: nowMs(), text }))) return;
    if (this.#later.ending.pinStands) await shift.lock();
  }

  give(): void {
    this.close();
    void this.#giving.give();
  }

  sitting(): void {
    this.close();
    void this.#sittings.change();
  }

  handOver(): void {
    this.close();
    this.#sittings.openHandOver(this.#wired.filling.talk.draft.id);
  }

  check(): void {
    this.close();
    void this.#wired.filling.check();
  }

  /** `day` YYYY-MM-DD, `time` HH:MM as written on the paper; noon where no time is known. */
  paper(day: string, time: string, number: string): void {
    const paper: Paper = { asked_at: Date.parse(`${day}T${time || "12:00"}:00`), number: number.trim() };
    this.wants = wanting(paper);
    if (this.wants) this.#wired.app.paint();
    else {
      this.close();
      void this.#wired.filling.fromPaper(paper);
    }
  }

  /** Seals what is done; any tablet goes on with the rest. */
  sealPart(): void {
    const { filling, shift, sending } = this.#wired;
    void filling.seal(shift, () => sending.now(), "part");
  }

  /** Somebody else, whose name must be written. */
  write(audience: string | null): void {
    this.writing = audience;
    this.#wired.app.paint();
  }

  /** One answer holds for all that this audience must know now. `by` null = nobody yet. */
  took(audience: string, by: string | null, carer_unsafe = false): void {
    const { app, filling } = this.#wired;
    const { talk } = filling;
    const flags = talk.alarms.filter((one) => one.audience === audience).map((one) => one.flag);
    const others = talk.memory.taken_over.filter((one) => !flags.includes(one.flag));
    const mine = flags.map((flag): TakenOver => ({ flag, by, ...(carer_unsafe ? { carer_unsafe } : {}) }));
    this.writing = null;
    talk.remember({ taken_over: [...others, ...mine] });
    app.model.form = talk.view();
    if (app.model.seal) app.model.seal = talk.summary();
    app.paint();
  }
}

function wanting({ asked_at, number }: Paper): FormTools["wants"] {
  if (Number.isNaN(asked_at)) return "day";
  if (asked_at > nowMs()) return "later";
  return number === "" ? "number" : null;
}
