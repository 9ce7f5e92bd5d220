// Who is not through the arrival plan, and what may lie on a tablet that has not delivered. Pure: from rows of the people
// list, the plan, what tablets owe and the list of cards given out. It names for whom somebody must be asked again.
import { daysBetween, yearsOld } from "./days.ts";
import type { Run } from "./gaps.ts";
import { type Known, peopleOf } from "./reconcile-people.ts";

/** One station of the arrival plan, from the newest version of its form. `due` in days after the person arrived. */
export type Station = {
  station: string;
  form: string;
  due: number;
  ages: readonly [number | null, number | null] | null;
};

/** A row of the people list as a tablet wrote it. `station` of `part` is that of its form, null when unknown. */
export type Seen = {
  card: string;
  name: string;
  birth: string;
  closed: readonly string[];
  part: string | null;
  notWanted: { station: string; again: string | null } | null;
  replaces: string | null;
};

/** One submission whose people part this reader opened. */
export type Reported = {
  submission: string;
  /** the submission that it goes on with */
  continues: string | null;
  tablet: string;
  /** the talk, ms */
  at: number;
  station: string | null;
  people: readonly Seen[];
};

/** A tablet that has not delivered everything, or holds drafts. */
export type Owing = {
  tablet: string;
  missing: readonly Run[];
  drafts: readonly { station: string | null; n: number }[];
};

/** Where an answer may lie that is not here. */
export type Perhaps = { tablet: string; missing: readonly Run[]; drafts: number };

export type OpenStation = { station: string; part: boolean; again: boolean; perhaps: Perhaps[] };
export type OpenPerson = { card: string; codes: string[]; name: string; since: number; open: OpenStation[] };

export type StationCount = {
  station: string;
  closed: number;
  notWanted: number;
  part: number;
  open: number;
  /** the plan makes it due on a later day */
  later: number;
};

export type Reconciled = {
  people: number;
  stations: StationCount[];
  open: OpenPerson[];
  /** cards given out of which nothing arrived at all */
  nothing: string[];
  /** every tablet that owes numbers: such a card may be on any of them */
  anywhere: Perhaps[];
  /** later pieces that are here while the piece before them is not */
  torn: { card: string; tablet: string; at: number; station: string | null }[];
};

export type Given = {
  plan: readonly Station[];
  reported: readonly Reported[];
  owing: readonly Owing[];
  /** every submission id that is here, also those that this reader may not open */
  here: ReadonlySet<string>;
  cards: readonly string[];
  now: number;
};

export function reconcile(given: Given): Reconciled {
  const people = peopleOf(given.reported);
  const counts = new Map(given.plan.map((one) => [one.station, emptyCount(one.station)]));
  const places = placesOf(given.owing, given.reported);
  const open: OpenPerson[] = [];
  for (const person of people.values()) {
    const missing = given.plan.flatMap((station) => {
      const count = counts.get(station.station);
      return count ? (standOf(person, station, count, given.now, places) ?? []) : [];
    });
    if (missing.length === 0) continue;
    const { card, name, since, codes } = person;
    open.push({ card, name, since, codes: [...codes].filter((code) => code !== card).sort(), open: missing });
  }
  open.sort((a, b) => b.open.length - a.open.length || a.since - b.since || (a.card < b.card ? -1 : 1));
  const seen = new Set([...people.values()].flatMap((person) => [...person.codes]));
  return {
    people: people.size,
    stations: [...counts.values()],
    open,
    nothing: [...new Set(given.cards)].filter((card) => !seen.has(card)),
    anywhere: places.get(null) ?? [],
    torn: tornOf(given),
  };
}

function emptyCount(station: string): StationCount {
  return { station, closed: 0, notWanted: 0, part: 0, open: 0, later: 0 };
}

/** Counts the person at a station; what is open there, or null. */
function standOf(
  person: Known,
  { station, due, ages }: Station,
  count: StationCount,
  now: number,
  places: Map<string | null, Perhaps[]>,
): OpenStation | null {
  if (person.closed.has(station)) {
    count.closed += 1;
    return null;
  }
  if (!isForAge(person.birth, ages, now)) return null;
  const again = person.notWanted.get(station);
  if (again !== undefined) {
    count.notWanted += 1;
    const today = again !== null && daysBetween(Date.parse(`${again}T00:00:00`), now) >= 0;
    return today ? { station, part: false, again: true, perhaps: [] } : null;
  }
  const part = person.parts.has(station);
  if (daysBetween(person.since, now) < due && !part) {
    count.later += 1;
    return null;
  }
  if (part) count.part += 1;
  else count.open += 1;
  return { station, part, again: false, perhaps: places.get(station) ?? places.get(null) ?? [] };
}

/** Nobody is left out for an age that is not known. */
function isForAge(birth: string, ages: Station["ages"], now: number): boolean {
  if (ages === null) return true;
  const age = yearsOld(birth, now);
  if (age === null) return true;
  const [from, to] = ages;
  return (from === null || age >= from) && (to === null || age <= to);
}

/**
 * Station → tablets that owe numbers or hold drafts and are known to work there; under null, all that owe: a tablet of
 * which nothing arrived may have worked anywhere.
 */
function placesOf(owing: readonly Owing[], reported: readonly Reported[]): Map<string | null, Perhaps[]> {
  const places = new Map<string | null, Perhaps[]>();
  const worked = new Map<string, Set<string>>();
  for (const { tablet, station } of reported) {
    if (station === null) continue;
    const stations = worked.get(tablet) ?? new Set<string>();
    worked.set(tablet, stations.add(station));
  }
  const add = (station: string | null, place: Perhaps): void => {
    places.set(station, [...(places.get(station) ?? []), place]);
  };
  const anywhere: Perhaps[] = [];
  const stations = new Set<string>();
  for (const { tablet, missing, drafts } of owing) {
    const known = worked.get(tablet);
    const drafted = new Map<string | null, number>();
    for (const { station, n } of drafts) drafted.set(station, (drafted.get(station) ?? 0) + n);
    if (!known && missing.length > 0) anywhere.push({ tablet, missing, drafts: 0 });
    const here = new Set([...(missing.length > 0 ? (known ?? []) : []), ...drafted.keys()]);
    for (const station of here) {
      if (station === null) continue;
      stations.add(station);
      add(station, { tablet, missing: known?.has(station) ? missing : [], drafts: drafted.get(station) ?? 0 });
    }
    if (missing.length > 0) add(null, { tablet, missing, drafts: 0 });
  }
  for (const station of stations) for (const place of anywhere) add(station, place);
  return places;
}

function tornOf({ reported, here }: Given): Reconciled["torn"] {
  return reported
    .filter((one) => one.continues !== null && !here.has(one.continues))
    .map(({ people, tablet, at, station }) => ({ card: people[0]?.card ?? "", tablet, at, station }));
}
