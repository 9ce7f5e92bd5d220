/** People: find, one person, what is done and what waits; *is it she?*, new card, wrong person, family, twin. */
import { nowMs } from "../../sync/clock.ts";
import { Problem } from "../../sync/problems.ts";
import { focusHeading } from "../../ui/dom.ts";
import { t } from "../../ui/messages.ts";
import type { PersonHere } from "../../vault/index.ts";
import type { Wired } from "../actions.ts";
import type { Area, Later } from "../later.ts";
import { localDate } from "../local-time.ts";
import { families, today as inToday } from "../today.ts";
import { type FindActions, type FindView, findScreen } from "./find-screen.ts";
import type { Panel, PersonActions, PersonView } from "./model.ts";
import { personScreen } from "./person-screen.ts";
import { Index } from "./search.ts";

const DAY = 86_400_000;
const anything = { text: "", age: null, sex: null } as const;

export class People implements Area {
  readonly screens: Area["screens"] = {
    find: (model, act) => findScreen(model, act, this.#find, this.#finding),
    person: (model, act) => personScreen(model, act, this.#view, this.#asking),
  };
  readonly #wired: Wired;
  readonly #later: Later;
  #find: FindView = { wanted: anything, found: null };
  #view: PersonView = nobody("");
  #index: Index | null = null;

  constructor(wired: Wired, later: Later) {
    this.#wired = wired;
    this.#later = later;
  }

  forget(): void {
    this.#find = { wanted: anything, found: null };
    this.#view = nobody("");
    this.#index = null;
  }

  /** *Scan a card*, from home. */
  scan(): void {
    this.#later.cards.scan({ for: "open", onCard: (code) => this.afterScan(code), back: "leave" });
  }

  /** A card was scanned or typed: *is it she?*, or new on this tablet. */
  async afterScan(code: string): Promise<void> {
    await this.#show(code, false);
  }

  /** A tap on somebody. */
  async open(card: string): Promise<void> {
    await this.#show(card, false);
  }

  /** Back to the person whose form was left or sealed: nobody has to ask again who she is. */
  async back(card: string): Promise<void> {
    await this.#show(card, true);
  }

  /** *Find*. */
  openFind(): void {
    this.#find = { wanted: anything, found: null };
    this.#wired.app.go("find");
    document.getElementById("find-text")?.focus();
    void this.#read();
  }

  async #read(): Promise<void> {
    const { day } = this.#wired.today;
    const index = await Index.of(day?.people ?? [], nowMs(), () => new Promise((done) => setTimeout(done)));
    const now = this.#wired.today.day;
    // A lock that came meanwhile: these names are nobody's any more. Another day, or practice: those are read.
    if (now !== day) return now === null ? undefined : this.#read();
    this.#index = index;
    this.#look({});
  }

  #look(change: Partial<FindView["wanted"]>): void {
    const wanted = { ...this.#find.wanted, ...change };
    this.#find = { wanted, found: this.#index?.find(wanted) ?? null };
    this.#wired.app.paintNow();
  }

  readonly #finding: FindActions = {
    look: (change) => this.#look(change),
    open: (card) => void this.open(card),
    leave: () => void this.leave(),
    begin: () => this.scan(),
  };

  readonly #asking: PersonActions = {
    yes: () => {
      this.#set({ sure: true });
      focusHeading(document);
    },
    otherCard: () => this.scan(),
    leave: () => void this.leave(),
    start: ({ form, part }) => this.#start(form.form, part),
    begin: (form) => this.#start(form),
    resume: (draft) => void this.#wired.filling.resume(draft),
    panel: (panel) => this.#panel(panel),
    notNow: (station, reason) => void this.#mark(station, reason),
    undo: ({ id, station }) => void this.#change(() => this.#wired.app.session.unmark(id), waysOf(station)),
    notWanted: (station, days) => void this.#notWanted(station, days),
    open: (card) => void this.open(card),
    addToFamily: () => this.#addToFamily(),
    newCard: () => this.#newCard(),
    anotherFamily: () => this.#anotherFamily(),
    twin: (card) =>
      void this.#change(() => this.#seal({ twin_of: card, reason: "twin" })).then(() => {
        if (!this.#wired.app.model.problem) this.#set({ said: t("person.twin.done") });
      }),
    wrongPerson: (draft) => this.#wrongPerson(draft),
  };

  /** `still` = the same person as before: the screen stays where it is. */
  async #show(card: string, sure: boolean, still = false): Promise<void> {
    const { app, today } = this.#wired;
    await app.attempt("open", async () => {
      app.model.home = await today.read();
      this.#view = this.#viewOf(card, sure);
      if (app.model.state !== "person") return void app.go("person");
      app.paintNow();
      if (!still) focusHeading(document);
    });
  }

  /** Opens or shuts what stands beneath a form; the focus goes with it. */
  #panel(panel: Panel): void {
    const before = this.#view.panel;
    this.#set({ panel });
    if (panel?.is === "twin") return;
    focus(panel ? "[data-panel] button" : before && "station" in before ? waysOf(before.station) : "h1");
  }

  /** A person is found by any code they ever had. */
  #viewOf(card: string, sure: boolean): PersonView {
    const day = this.#wired.today.day;
    if (!day) return nobody(card);
    const person = day.people.find((one) => one.card === card || one.codes.includes(card));
    const planned = (station: string): string | null =>
      day.desk.known.plan.find((one) => one.station === station)?.form ?? null;
    const forms = { registration: planned("registration"), firstLook: planned("first_look") };
    if (!person) return { ...nobody(card), ...forms };
    const home = families(day.people, day.desk).find((one) => one.people.some((other) => other.person === person));
    const family = home?.people ?? [inToday(person, day.desk)];
    return {
      card,
      one: family.find((other) => other.person === person) ?? null,
      family,
      sure,
      said: null,
      panel: null,
      ...forms,
    };
  }

  #set(change: Partial<PersonView>): void {
    this.#view = { ...this.#view, ...change };
    this.#wired.app.paintNow();
  }

  /** Home, from *Find* or from a person; the tablet's own back key too. */
  async leave(): Promise<void> {
    await this.#wired.shift.home();
    this.#wired.app.go("leave");
  }

  #start(form: string, part?: PersonHere["part"]): void {
    const person = this.#view.one?.person ?? bare(this.#view.card);
    const continues = part && { submission: part.submission, sections: part.sections, version: part.version };
    void this.#later.sittings.begin({ form, person, ...(continues ? { continues } : {}) });
  }

  /** Runs a change, reads the day anew and shows the same person. */
  async #change(work: () => Promise<unknown>, next = "h1"): Promise<void> {
    const { app } = this.#wired;
    const done = await app.attempt("move", async () => {
      await work();
    });
    if (!done) return;
    await this.#show(this.#view.card, true, true);
    focus(next);
  }

  get #person(): PersonHere {
    return this.#view.one?.person ?? bare(this.#view.card);
  }

  #mark(station: string, reason: string): Promise<void> {
    const { card } = this.#person;
    const kind = "not_now";
    return this.#change(() => this.#wired.app.session.mark({ card, station, kind, reason }), waysOf(station));
  }

  #notWanted(station: string, days: number): Promise<void> {
    const again = localDate(nowMs() + days * DAY);
    const done = (): Promise<unknown> => this.#later.sittings.notWanted(this.#person, station, again);
    return this.#change(done, `li[data-station="${station}"] .btn`);
  }

  #seal(change: {
    card?: string;
    replaces?: string;
    twin_of?: string;
    family_card?: string;
    reason: string;
  }): Promise<unknown> {
    const { card, family_card } = this.#person;
    return this.#later.sittings.card({ card, ...(family_card ? { family_card } : {}), ...change });
  }

  #newCard(): void {
    const { card } = this.#person;
    this.#later.cards.scan({
      for: "new_card",
      back: "back_to_person",
      onCard: async (code) => {
        // Two people under one card cannot be told apart again.
        if (await this.#wired.app.session.person(code)) throw Problem.of("card_taken", { card: code });
        await this.#seal({ card: code, replaces: card, reason: "lost" });
        await this.#show(code, true);
        this.#set({ said: t("person.new_card.done", { card }) });
      },
    });
  }

  #anotherFamily(): void {
    this.#later.cards.scan({
      for: "open",
      title: t("person.another_family.scan"),
      back: "back_to_person",
      onCard: async (code) => {
        const other = this.#wired.today.day?.people.find((one) => one.codes.includes(code));
        await this.#seal({ family_card: other?.family_card ?? other?.card ?? code, reason: "moved_family" });
        await this.#show(this.#person.card, true);
        this.#set({ said: t("person.another_family.done") });
      },
    });
  }

  #wrongPerson(draft: string): void {
    this.#later.cards.scan({
      for: "open",
      title: t("person.wrong.scan"),
      back: "back_to_person",
      onCard: async (code) => {
        const other = this.#wired.today.day?.people.find((one) => one.codes.includes(code)) ?? bare(code);
        const anew = await this.#later.sittings.moveDraft(draft, other);
        await this.#show(other.card, true);
        const answers = anew.join(", ");
        this.#set({ said: answers ? t("person.moved.anew", { answers }) : t("person.moved") });
      },
    });
  }

  #addToFamily(): void {
    const { registration } = this.#view;
    const { card, family_card } = this.#person;
    if (registration)
      void this.#later.sittings.begin({ form: registration, person: null, family: family_card ?? card });
  }
}

/** *Not now*, *Undo*: what can be said of a station beside its form. */
const waysOf = (station: string): string => `li[data-station="${station}"] .ways button`;

/** What was pressed is gone: the focus goes to what took its place. */
function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}

function nobody(card: string): PersonView {
  return { card, one: null, family: [], sure: true, said: null, panel: null, registration: null, firstLook: null };
}

/** Somebody of whom only the card is known. */
function bare(card: string): PersonHere {
  return {
    card,
    codes: [card],
    stations: [],
    at: nowMs(),
    first: nowMs(),
    submission: "",
    from: "here",
    device: null,
    parts: [],
    closed: {},
    twice: false,
  };
}
