/**
 * Home's picture of the day: families with what is done and what waits, whoever must be seen first at the top.
 *
 * Rules: given name and age only. Read anew when something changed, never while painting; nothing of it stays after a lock.
 */
import type { CompiledForm } from "../form/index.ts";
import { nowMs } from "../sync/clock.ts";
import { language } from "../ui/messages.ts";
import type { DraftRow, FormVersion, PersonHere } from "../vault/index.ts";
import type { App } from "./app.ts";
import { dropUnused, formsHere } from "./form-cache.ts";
import {
  ageInYears,
  Desk,
  firstSeen,
  inOrder,
  open,
  type Place,
  type PlannedForm,
  plannedForm,
  type Words,
} from "./plan.ts";

/** How many families a painting of home begins with, and how many *Show more* adds. */
export const SHOWN = 30;

export interface DraftCard {
  id: string;
  title: string;
  name: string | null;
  card: string | null;
  savedAt: number | null;
  /** Who handed it to whoever is unlocked, or null. */
  givenBy: string | null;
  /** Why the talk was stopped (a reason's code), or null. */
  stopped: string | null;
  /** Why it cannot be read, or null. */
  problem: string | null;
}

/** A person with what is done and what waits. */
export interface TodayPerson {
  person: PersonHere;
  places: readonly Place[];
  /** Who comes first: see `rankOf`. */
  rank: number;
  since: number;
  /** Something of it is for whoever is unlocked. */
  mine: boolean;
  /** Earliest deadline of flags raised in own drafts; null when there is none. */
  due: number | null;
}

export interface Family {
  /** Card of the family, else of its only member. */
  card: string;
  since: number;
  /** Nobody registered them yet: a card, no family. */
  bare: boolean;
  rank: number;
  mine: boolean;
  people: TodayPerson[];
}

export interface Home {
  drafts: readonly DraftCard[];
  /** All of them, in order. */
  families: readonly Family[];
  /** People for whom something waits that is for whoever is unlocked; all people. */
  counts: { mine: number; all: number };
  all: boolean;
  shown: number;
  canBegin: boolean;
}

export const noHome = (): Home => ({
  drafts: [],
  families: [],
  counts: { mine: 0, all: 0 },
  all: false,
  shown: SHOWN,
  canBegin: false,
});

/** Everything that home and the people screens are made of. */
export interface Day {
  people: readonly PersonHere[];
  desk: Desk;
}

const INFANT = 1;
const SMALL = 5;

/** 0 somebody must go now · 1 before the others · 2 infants · 3 small children · 4 in turn · 5 nothing waits. */
export function rankOf(person: PersonHere, places: readonly Place[], now: number): number {
  if (person.queue === 0) return 0;
  if (!places.some(open)) return 5;
  if (person.queue === 1) return 1;
  const age = ageInYears(person, now);
  if (age === null || age >= SMALL) return 4;
  return age < INFANT ? 2 : 3;
}

/** All families, whoever cannot wait first, then whoever waits longest; in a family the order in which they were entered. */
export function families(people: readonly PersonHere[], desk: Desk): Family[] {
  const heads = new Map(people.flatMap((one) => one.codes.map((code): [string, string] => [code, one.card])));
  const byCard = new Map<string, TodayPerson[]>();
  for (const person of people) {
    const named = person.family_card ?? person.card;
    const key = heads.get(named) ?? named;
    const family = byCard.get(key);
    if (family) family.push(today(person, desk));
    else byCard.set(key, [today(person, desk)]);
  }
  const made = [...byCard].map(([card, members]): Family => {
    const people = members.sort((one, other) => one.since - other.since);
    return {
      card,
      since: people[0]?.since ?? 0,
      bare: people.every(({ person }) => !person.name && !person.family_card),
      rank: Math.min(...people.map((one) => one.rank)),
      mine: people.some((one) => one.mine),
      people,
    };
  });
  return made.sort((one, other) => one.rank - other.rank || one.since - other.since);
}

export function today(person: PersonHere, desk: Desk): TodayPerson {
  const places = desk.places(person);
  const due = places.map((place) => place.draft?.due ?? null).filter((one) => one !== null);
  return {
    person,
    places,
    rank: rankOf(person, places, desk.known.now),
    since: firstSeen(person),
    mine: person.queue === 0 || places.some((place) => place.mine && open(place)),
    due: due.length > 0 ? Math.min(...due) : null,
  };
}

export function homeOf(day: Day, drafts: readonly DraftCard[], before: Home, canBegin: boolean): Home {
  const all = families(day.people, day.desk);
  const people = all.flatMap((family) => family.people);
  return {
    drafts,
    families: all,
    counts: { mine: people.filter((one) => one.mine).length, all: people.length },
    all: before.all,
    shown: before.shown,
    canBegin,
  };
}

/** The four symbols by which people call a family. */
export function shortCard(card: string): string {
  return card.split("-")[0] ?? card;
}

/** The first word of a name as said. */
export function givenName(name: string | undefined): string | null {
  return name?.trim().split(/\s+/)[0] || null;
}

/** A form's own words in the language of the screen. */
export function said(words: Words): string {
  return words[language()] ?? words[""] ?? "";
}

/**
 * Reads the day from the vault. Plans are kept by version: a form's bytes never change. A day that was read before a lock,
 * or before practice began or ended, is nobody's any more when it comes.
 */
export class Today {
  /** As read last; null while locked. */
  day: Day | null = null;
  readonly #app: App;
  readonly #plans = new Map<string, PlannedForm | null>();
  #forgotten = 0;

  constructor(app: App) {
    this.#app = app;
  }

  forget(): void {
    this.#forgotten += 1;
    this.day = null;
  }

  async read(): Promise<Home> {
    const { model, vault, session, site } = this.#app;
    const forgotten = this.#forgotten;
    const [drafts, people, marks, versions, colleagues] = await Promise.all([
      session.drafts(),
      session.people(),
      session.marks(),
      formsHere(vault),
      site.colleagues(),
    ]);
    const newest = await Promise.all(versions.filter((one) => one.newest).map((one) => this.#plan(one.version)));
    const plan = inOrder(newest.filter((one) => one !== null));
    const stations = colleagues.find((one) => one.id === session.staff.id)?.stations ?? [];
    const cards = await Promise.all(drafts.map((row) => this.#card(row, versions)));
    // What nobody needs any more makes room; that it could not be dropped is no reason to show no home.
    if (!model.practice) void dropUnused(versions, versionsLeft(people)).catch(() => undefined);
    if (forgotten !== this.#forgotten) return model.home;
    const now = nowMs();
    this.day = { people, desk: new Desk({ now, plan, drafts, marks, stations }) };
    const canBegin = plan.some((one) => one.station === "registration");
    return homeOf(this.day, cards, model.home, canBegin);
  }

  async #plan(version: string): Promise<PlannedForm | null> {
    const known = this.#plans.get(version);
    if (known !== undefined) return known;
    const read = await this.#app.vault.compiledForm(version).then(
      (form) => plannedForm(version, form as CompiledForm),
      () => undefined, // not here yet: asked again at the next look
    );
    if (read !== undefined) this.#plans.set(version, read);
    return read ?? null;
  }

  async #card(row: DraftRow, versions: readonly FormVersion[]): Promise<DraftCard> {
    const known = versions.some((one) => one.version === row.version);
    const form = known ? await this.#plan(row.version) : null;
    const { id, name, card, savedAt, stopped, problem } = row;
    const givenBy = row.hands.at(-1)?.name ?? null;
    return { id, title: form ? said(form.title) : row.form, name, card, savedAt, givenBy, stopped, problem };
  }
}

/** Versions in which somebody's talk was left in part. */
function versionsLeft(people: readonly PersonHere[]): string[] {
  return people.flatMap(({ part }) => (part ? [part.version] : []));
}
