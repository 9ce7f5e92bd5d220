/**
 * What another tablet's people part says, taken field by field: a tablet that was taken over must not bring anything but
 * rows onto this one's screens. A row that is none is left out; a field of another shape is no word.
 */
import type { NotWanted, Part, Person } from "./types.ts";

/** Nobody has so long a name; a screen would show nothing else. */
const LONGEST = 400;
const MOST_ROWS = 200;
const MOST_ITEMS = 200;

type Fields = Readonly<Record<string, unknown>>;

/** The rows of a payload; null when it has none. */
export function rowsOf(payload: Fields): Person[] | null {
  const { people } = payload;
  if (!Array.isArray(people) || people.length > MOST_ROWS) return null;
  return people.map(rowOf).filter((one) => one !== null);
}

function rowOf(value: unknown): Person | null {
  if (!isFields(value)) return null;
  const row: Person = { card: text(value["card"]) ?? "", stations: texts(value["stations"]) };
  for (const name of [
    "family_card",
    "name",
    "sex",
    "birth_date",
    "birth_date_precision",
    "replaces",
    "twin_of",
  ] as const) {
    const word = text(value[name]);
    if (word !== undefined) row[name] = word;
  }
  const { queue } = value;
  if (queue === 0 || queue === 1 || queue === 2) row.queue = queue;
  const part = partOf(value["part"]);
  if (part) row.part = part;
  const unwanted = unwantedOf(value["not_wanted"]);
  if (unwanted) row.not_wanted = unwanted;
  return row;
}

function partOf(value: unknown): Part | null {
  if (!isFields(value)) return null;
  const [form, version, submission] = [text(value["form"]), text(value["version"]), text(value["submission"])];
  if (!form || !version || !submission) return null;
  return { form, version, submission, sections: texts(value["sections"]) };
}

function unwantedOf(value: unknown): NotWanted | null {
  if (!isFields(value)) return null;
  const station = text(value["station"]);
  if (!station) return null;
  const again = text(value["again_on"]);
  return { station, again_on: again !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(again) ? again : null };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= LONGEST ? value : undefined;
}

function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST_ITEMS).filter((one): one is string => text(one) !== undefined);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
