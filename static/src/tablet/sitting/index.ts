/**
 * A talk with somebody: who is near, whose hands the tablet is in, what stops it, who took over, who goes on with it.
 *
 * Rules:
 * - A sitting is asked once a person and shift. It is kept with the open session, so it ends with the shift's keys.
 * - Whatever leaves a form waits for the disk first (filling.ts); a seal without a page is a seal like any other.
 */
import type { CompiledForm } from "../../form/index.ts";
import { Problem } from "../../sync/problems.ts";
import type { OpenDraft, PersonHere, Sealed, Session } from "../../vault/index.ts";
import type { Wired } from "../actions.ts";
import { formOf } from "../filling.ts";
import type { Area, Later } from "../later.ts";
import { formScreen } from "../screens/form.ts";
import { sealScreen } from "../screens/seal.ts";
import { Talk, type TalkEvents } from "../talk.ts";
import { Asking } from "./asking.ts";
import { Giving } from "./giving.ts";
import { HandingOver } from "./handing-over.ts";
import { type About, type Beginning, type Memory, remembered, type Sitting } from "./model.ts";
import { aboutOf, presetOf, sits } from "./rules.ts";
import { FormTools } from "./tools.ts";
import { sealCard, sealNotWanted, UNSEEN } from "./without-page.ts";

/** What a form about somebody is begun with, by key of the form. */
export interface Begin {
  form: string;
  person: PersonHere | null;
  continues?: Beginning["continues"];
  /** Card of the family that a registration adds to. */
  family?: string;
}

export class Sittings implements Area {
  readonly screens: Area["screens"];
  readonly tools: FormTools;
  readonly #wired: Wired;
  readonly #asking: Asking;
  readonly #handing: HandingOver;
  /** By card. A session is a shift of one person: it is gone with its keys. */
  readonly #shifts = new WeakMap<Session, Map<string, Sitting>>();

  constructor(wired: Wired, later: Later) {
    this.#wired = wired;
    this.#asking = new Asking(wired);
    this.#handing = new HandingOver(wired);
    const giving = new Giving(wired, later);
    this.tools = new FormTools(wired, later, this, giving);
    this.screens = {
      form: (model, act) => formScreen(model, act, this.tools),
      seal: (model, act) => sealScreen(model, act, this.tools),
      sitting: this.#asking.screen,
      given: giving.screen,
      handover: this.#handing.screen,
    };
  }

  forget(): void {
    this.tools.close();
    this.#asking.forget();
    this.#handing.forget();
  }

  /** One form that is open, for Filling. */
  talk(form: CompiledForm, draft: OpenDraft, events: TalkEvents, memory?: Memory): Talk {
    const { app } = this.#wired;
    this.tools.close();
    if (form.flags?.some((one) => one.level === "P1")) void this.tools.know(form.station);
    return new Talk(app.session, form, draft, app.model.release, events, memory);
  }

  get #known(): Map<string, Sitting> {
    const { session } = this.#wired.app;
    const found = this.#shifts.get(session) ?? new Map<string, Sitting>();
    this.#shifts.set(session, found);
    return found;
  }

  /** Asks the sitting if it was not asked in this shift, then opens the form. */
  async begin({ form: key, person, continues, family }: Begin): Promise<void> {
    const { app, filling } = this.#wired;
    const opened: { form?: CompiledForm } = {};
    const found = await app.attempt("open", async () => {
      opened.form = (await formOf(app, { form: key, continues })).form;
    });
    if (!found || !opened.form) return;
    const { form } = opened;
    const whole = person && (await this.#merged(person));
    const about = form.subject === "person" && whole ? aboutOf(whole) : null;
    const start = (sitting: Sitting | null): Promise<boolean> =>
      filling.begin({
        form: key,
        about,
        sitting,
        continues,
        preset: form.subject === "household" ? presetOf(whole) : {},
        family: family ?? whole?.family_card,
      });
    if (!about || !sits(form)) return void (await start(null));
    const known = this.#known.get(about.card) ?? null;
    if (known) return void (await start(known));
    this.#asking.ask({
      about,
      sitting: null,
      back: "person",
      done: async (sitting) => {
        this.#known.set(about.card, sitting);
        await start(sitting);
      },
    });
  }

  /**
   * A draft that was handed over: whoever holds it now may sit in another room. True when that is asked first; `open`
   * follows with what the draft remembers.
   */
  asksAgain(draft: OpenDraft, form: CompiledForm, open: (memory: Memory) => Promise<void>): boolean {
    const memory = remembered(draft.state?.talk);
    const { about } = memory;
    if (!about || draft.hands.length === 0 || !sits(form)) return false;
    const known = this.#known.get(about.card);
    if (known) return false;
    this.#asking.ask({
      about,
      sitting: memory.sitting,
      back: "leave",
      done: async (sitting) => {
        this.#known.set(about.card, sitting);
        await open({ ...memory, sitting });
      },
    });
    return true;
  }

  /** A talk that had stopped goes on: the mark on the person is taken away. */
  async goesOn({ card, station }: OpenDraft): Promise<void> {
    const { session } = this.#wired.app;
    const stopped = (await session.marks()).filter(
      (one) => one.kind === "stopped" && one.card === card && one.station === station,
    );
    for (const one of stopped) await session.unmark(one.id);
  }

  /** The rows as they stand now; whoever is only a card stays as they were given. */
  async #merged(person: PersonHere): Promise<PersonHere> {
    return (await this.#wired.app.session.person(person.card)) ?? person;
  }

  /** Who is near has changed: asked again from within the form. */
  async change(): Promise<void> {
    const { app, filling } = this.#wired;
    const { talk } = filling;
    const { about, sitting } = talk.memory;
    await app.attempt("move", async () => {
      await talk.settle();
      talk.unmount();
      this.#asking.ask({
        about,
        sitting,
        back: "answer",
        leave: () => filling.answer(),
        done: async (changed) => {
          if (about) this.#known.set(about.card, changed);
          talk.remember({ sitting: changed });
          await filling.answer();
        },
      });
    });
  }

  /** The tablet's own back key. */
  back(): void {
    if (this.#wired.app.model.state === "sitting") this.#asking.leave();
    else this.#handing.leave();
  }

  /** Closes a station for somebody who does not want it now; nobody asks why. Throws what is wrong. */
  notWanted(person: PersonHere, station: string, againOn: string | null): Promise<Sealed> {
    return sealNotWanted(this.#wired.app, person, station, againOn);
  }

  /** A card takes another's place, belongs to another family, is a twin's. Throws what is wrong. */
  card(change: {
    card: string;
    replaces?: string;
    twin_of?: string;
    family_card?: string;
    reason: string;
  }): Promise<Sealed> {
    return sealCard(this.#wired.app, change);
  }

  /** *Hand over*, from home, from the end of the shift, or from the form. */
  openHandOver(draft: string): void {
    void this.#handing.open(draft);
  }

  /**
   * *Wrong person*: the draft is about somebody else after all. Answers that were only carried over follow; whatever was
   * asked stays. Gives the labels of what followed. Throws what is wrong.
   */
  async moveDraft(id: string, person: PersonHere): Promise<string[]> {
    const { app } = this.#wired;
    const draft = await app.session.openDraft(id);
    const form = (await app.vault.compiledForm(draft.version)) as CompiledForm;
    if (form.subject !== "person") throw Problem.of("unknown_draft");
    const talk = new Talk(app.session, form, draft, app.model.release, UNSEEN);
    const about: About = aboutOf(await this.#merged(person));
    const followed = talk.move(about);
    await talk.settle();
    return followed;
  }
}
