// Who there is, from the rows of the people list: one person by all their cards, and what is closed for them.
import type { Reported, Seen } from "./reconcile.ts";

export type Known = {
  card: string;
  codes: Set<string>;
  name: string;
  birth: string;
  since: number;
  closed: Set<string>;
  parts: Set<string>;
  notWanted: Map<string, string | null>;
};

/** Everybody by their newest card: a card that another one replaces is the same person. */
export function peopleOf(reported: readonly Reported[]): Map<string, Known> {
  const newer = new Map<string, string>();
  const rows = [...reported].sort((a, b) => a.at - b.at || (a.submission < b.submission ? -1 : 1));
  for (const { people } of rows) {
    for (const { card, replaces } of people) if (replaces && replaces !== card) newer.set(replaces, card);
  }
  const people = new Map<string, Known>();
  for (const one of rows) for (const row of one.people) take(people, newestCard(newer, row.card), row, one);
  return people;
}

/** Follows `replaces`; a ring of cards, which only a faulty tablet makes, ends at its smallest. */
function newestCard(newer: ReadonlyMap<string, string>, card: string): string {
  const met = new Set([card]);
  let at = card;
  for (let next = newer.get(at); next !== undefined; next = newer.get(at)) {
    if (met.has(next)) return [...met].sort()[0] ?? card;
    met.add(next);
    at = next;
  }
  return at;
}

function take(people: Map<string, Known>, card: string, row: Seen, { at }: Reported): void {
  const known = people.get(card) ?? {
    card,
    codes: new Set([card]),
    name: "",
    birth: "",
    since: at,
    closed: new Set<string>(),
    parts: new Set<string>(),
    notWanted: new Map<string, string | null>(),
  };
  people.set(card, known);
  known.codes.add(row.card);
  if (row.replaces) known.codes.add(row.replaces);
  // Rows come in the order of the talks: what was said last stands.
  known.name = row.name || known.name;
  known.birth = row.birth || known.birth;
  known.since = Math.min(known.since, at);
  const refused = row.notWanted?.station;
  for (const station of row.closed) {
    if (station === refused) continue;
    known.closed.add(station);
    known.notWanted.delete(station);
  }
  if (row.notWanted && !known.closed.has(row.notWanted.station)) {
    known.notWanted.set(row.notWanted.station, row.notWanted.again);
  }
  if (row.part) known.parts.add(row.part);
}
