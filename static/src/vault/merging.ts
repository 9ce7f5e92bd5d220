/**
 * What many rows say together about each person. Pure.
 *
 * Rules:
 * - A row says what one submission knew. Of each field the newest word counts; a field that a row lacks is not a word.
 * - Order is by time on this tablet's clock, but never against a log's numbers: a clock that was set back does not make
 *   a tablet's later work older.
 * - `replaces` makes two codes one person, in chains and rings too; the present code is the one that nothing replaced.
 * - A station is closed by the newest row that closes it. An unfinished form (`part`) is open until a newer row of the
 *   same form, or one that closes its station, has none; sections that were done in several goes are counted together.
 *   *Not wanted now* ends no unfinished form: whoever wants it after all is not asked everything again.
 */
import type { Closed, DeliveryState, Part, Person, PersonHere } from "./types.ts";

/** The rows of one submission, with what is known of who sealed it. */
export interface Said {
  readonly submission: string;
  /** Form key; a part of another version is still of the same form. */
  readonly form: string;
  readonly log: string;
  readonly seq: number;
  readonly at: number;
  readonly here: boolean;
  readonly device: string | null;
  readonly state: DeliveryState | null;
  readonly rows: readonly Person[];
}

/** One row in its place. */
interface Row {
  readonly said: Said;
  readonly at: number;
  readonly person: Person;
  /** By which its person is found: the card, or a key of its own. */
  readonly key: string;
}

export interface Merged {
  /** Newest first. */
  readonly people: readonly PersonHere[];
  readonly byCode: ReadonlyMap<string, PersonHere>;
}

export function mergePeople(said: readonly Said[]): Merged {
  const rows = inOrder(said);
  const codes = new Codes(rows);
  const rowsOf = new Map<string, Row[]>();
  for (const row of rows) {
    const key = codes.root(row.key);
    const known = rowsOf.get(key);
    if (known) known.push(row);
    else rowsOf.set(key, [row]);
  }
  const people: PersonHere[] = [];
  const byCode = new Map<string, PersonHere>();
  for (const own of rowsOf.values()) {
    const person = merged(own, codes.of(own));
    people.push(person);
    for (const code of person.codes) byCode.set(code, person);
  }
  return { people, byCode };
}

/** All rows, newest first. */
function inOrder(said: readonly Said[]): Row[] {
  const last = new Map<string, number>();
  const timed = [...said]
    .sort((one, other) => one.seq - other.seq)
    .map((one): [Said, number] => {
      const at = Math.max(one.at, last.get(one.log) ?? one.at);
      last.set(one.log, at);
      return [one, at];
    });
  timed.sort(
    ([one, at], [other, then]) => then - at || other.seq - one.seq || (one.submission < other.submission ? -1 : 1),
  );
  return timed.flatMap(([one, at]) =>
    one.rows.map((person, index) => ({ said: one, at, person, key: person.card || `${one.submission}/${index}` })),
  );
}

/** Which codes are one person's. */
class Codes {
  readonly #parent = new Map<string, string>();
  readonly #replaced = new Set<string>();

  constructor(rows: readonly Row[]) {
    for (const { person } of rows) {
      const { card, replaces } = person;
      if (!card || !replaces || card === replaces) continue;
      this.#replaced.add(replaces);
      const [one, other] = [this.root(card), this.root(replaces)];
      if (one !== other) this.#parent.set(other, one);
    }
  }

  root(code: string): string {
    let at = code;
    for (let up = this.#parent.get(at); up !== undefined; up = this.#parent.get(at)) at = up;
    return at;
  }

  /** A person's codes, the present one first. `rows` are all of one person, newest first. */
  of(rows: readonly Row[]): string[] {
    const all = new Set<string>();
    for (const { person } of rows) if (person.card) all.add(person.card);
    for (const { person } of rows) if (person.card && person.replaces) all.add(person.replaces);
    // In a ring everything was replaced: then the newest row's code is the present one.
    const present = [...all].find((code) => !this.#replaced.has(code));
    return present === undefined ? [...all] : [present, ...[...all].filter((code) => code !== present)];
  }
}

const FIELDS = ["family_card", "name", "sex", "birth_date", "birth_date_precision", "twin_of"] as const;

/** `rows` are all of one person, newest first. */
function merged(rows: readonly Row[], codes: string[]): PersonHere {
  const { said, at, person: newest } = rows[0] as Row;
  const closed = closings(rows);
  const parts = openParts(rows);
  const made: PersonHere = {
    card: codes[0] ?? newest.card,
    codes,
    at,
    first: rows.reduce((first, row) => Math.min(first, row.at), at),
    submission: said.submission,
    from: said.here ? "here" : "site",
    device: said.device,
    stations: Object.keys(closed),
    closed,
    parts,
    twice: differ(rows),
  };
  for (const field of FIELDS) {
    const word = rows.find(({ person }) => person[field])?.person[field];
    if (word) made[field] = word;
  }
  // A date and its precision are one word.
  const dated = rows.find(({ person }) => person.birth_date)?.person;
  if (dated && !dated.birth_date_precision) delete made.birth_date_precision;
  else if (dated?.birth_date_precision) made.birth_date_precision = dated.birth_date_precision;
  const queued = rows.find(({ person }) => person.queue !== undefined)?.person.queue;
  if (queued !== undefined) made.queue = queued;
  const replaced = rows.find(({ person }) => person.card === made.card && person.replaces)?.person.replaces;
  if (replaced && replaced !== made.card) made.replaces = replaced;
  const unwanted = rows.find(({ person }) => person.not_wanted && closed[person.not_wanted.station]?.not_wanted);
  if (unwanted?.person.not_wanted) made.not_wanted = unwanted.person.not_wanted;
  if (parts[0]) made.part = parts[0];
  return made;
}

function closings(rows: readonly Row[]): Record<string, Closed> {
  const closed: Record<string, Closed> = {};
  for (const { said, at, person } of rows) {
    for (const station of person.stations) {
      if (Object.hasOwn(closed, station)) continue;
      const one: Closed = { at, device: said.device, submission: said.submission, state: said.state };
      if (person.not_wanted?.station === station) one.not_wanted = person.not_wanted;
      closed[station] = one;
    }
  }
  return closed;
}

function openParts(rows: readonly Row[]): Part[] {
  const finished = new Set<string>();
  const open = new Map<string, Part>();
  for (const { said, person } of rows) {
    const { part } = person;
    if (part && !finished.has(part.form)) {
      const later = open.get(part.form);
      open.set(
        part.form,
        later ? { ...later, sections: [...new Set([...part.sections, ...later.sections])] } : { ...part },
      );
    }
    if (person.not_wanted) continue;
    // A form that was given up as a part closes nothing of its own.
    if (part === undefined) finished.add(said.form);
    for (const station of person.stations) finished.add(station);
  }
  return [...open.values()];
}

const fold = (word: string | undefined): string => (word ?? "").normalize("NFKC").trim().toLowerCase();

/** Whether two submissions that closed one station name different people. */
function differ(rows: readonly Row[]): boolean {
  const first = new Map<string, Person>();
  for (const { person } of rows) {
    for (const station of person.stations) {
      const other = first.get(station);
      if (!other) first.set(station, person);
      else if ((["name", "sex", "birth_date"] as const).some((field) => clash(person[field], other[field])))
        return true;
    }
  }
  return false;
}

function clash(one: string | undefined, other: string | undefined): boolean {
  return fold(one) !== "" && fold(other) !== "" && fold(one) !== fold(other);
}
