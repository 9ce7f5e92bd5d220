/**
 * The people list as it is known here: rows under the vault key, each from one sealed submission. Their keys tell
 * nothing (submission and place), so that a thief cannot count who is in which family.
 */
import { openRecord, sealRecord } from "./records.ts";
import type { Person, PersonHere } from "./types.ts";

const STORE = "people";

/** Rows to be written with the seal: `[record key, record]`. */
export async function sealPeople(
  pid: Uint8Array,
  vaultKey: CryptoKey,
  submission: string,
  at: number,
  people: readonly Person[],
): Promise<[string, Uint8Array<ArrayBuffer>][]> {
  return Promise.all(
    people.map(async (person, index): Promise<[string, Uint8Array<ArrayBuffer>]> => {
      const key = `${submission}/${index}`;
      const row: PersonHere = { ...person, at, submission };
      return [key, await sealRecord(pid, vaultKey, STORE, key, row)];
    }),
  );
}

/** The newest row of each card with all stations ever closed, newest first; a row without a card stands by itself. */
export function newestByCard(rows: readonly PersonHere[]): PersonHere[] {
  const people = new Map<string, PersonHere>();
  for (const row of [...rows].sort((a, b) => b.at - a.at)) {
    const key = row.card || `${row.submission}/${people.size}`;
    const newest = people.get(key);
    if (newest) newest.stations = [...new Set([...newest.stations, ...row.stations])];
    else people.set(key, { ...row });
  }
  return [...people.values()];
}

export async function openPeople(
  pid: Uint8Array,
  vaultKey: CryptoKey,
  records: readonly [string, Uint8Array][],
): Promise<PersonHere[]> {
  const open = ([key, record]: [string, Uint8Array]) => openRecord<PersonHere>(pid, vaultKey, STORE, key, record);
  return newestByCard(await Promise.all(records.map(open)));
}
