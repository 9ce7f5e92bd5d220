/**
 * Who of the site can unlock this tablet with the wire cut: their slots, and the vault key sealed to their work keys.
 * Kept in step with the directory whenever a key is at hand: whoever is added can unlock after the next contact, whoever
 * is revoked loses slot and wrap here.
 */
import { equal } from "../sync/bytes.ts";
import type { Directory } from "../sync/directory.ts";
import { b64, unb64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import { readSlot } from "../sync/slot.ts";
import type { Session as StoreSession } from "../sync/transport.ts";
import { type Database, read, write } from "./database.ts";
import { wrapVaultKey } from "./records.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Somebody who may unlock the tablets of a site. */
export interface Unlocker {
  readonly staff: string;
  readonly name: string;
  readonly work: Bytes;
  readonly workId: Bytes;
}

/** Everybody of the site with a work key that stands, by name. */
export function unlockers(directory: Directory, site: string): Unlocker[] {
  const found: Unlocker[] = [];
  for (const person of directory.staff.values()) {
    const { work, workId } = person;
    if (person.site === site && work && workId && directory.stands(workId)) {
      found.push({ staff: b64(person.staff), name: person.name, work, workId });
    }
  }
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/** Tablet slots of the session's site, by staff id. What is not a slot of one of `people` is left out. */
export async function fetchSlots(session: StoreSession, people: readonly Unlocker[]): Promise<Map<string, Bytes>> {
  const slots = new Map<string, Bytes>();
  for (const text of await slotTexts(session)) {
    const bytes = unb64(text);
    const slot = readSlot(bytes);
    const holder = people.find((one) => one.staff === b64(slot.staff));
    const key = slot.keys[0];
    if (slot.kind === "tablet" && holder && key && equal(key, holder.workId)) slots.set(holder.staff, bytes);
  }
  return slots;
}

async function slotTexts(session: StoreSession): Promise<string[]> {
  let response: Response;
  let found: unknown;
  try {
    const headers = { Accept: "application/json", Authorization: `Bearer ${session.token}` };
    response = await fetch("/slots/tablet", { headers, cache: "no-store", credentials: "omit", redirect: "error" });
    found = await response.json();
  } catch (cause) {
    throw new Problem("no_network", {}, { cause });
  }
  const { code, slots } = found as { code?: unknown; slots?: unknown };
  if (!response.ok) throw Problem.of(typeof code === "string" ? code : "no_network", { status: response.status });
  if (!Array.isArray(slots)) throw new Problem("malformed", { reason: "slots" });
  return slots.map(String);
}

/** The vault key for everybody of `people`, by b64 key id. */
export async function wrapForAll(
  pid: Uint8Array,
  people: readonly Unlocker[],
  vaultKey: Uint8Array,
): Promise<Map<string, Bytes>> {
  const wraps = people.map(async ({ work, workId }): Promise<[string, Bytes]> => {
    return [b64(workId), await wrapVaultKey(pid, work, vaultKey)];
  });
  return new Map(await Promise.all(wraps));
}

/** Brings slots and wraps in step with `people`. A person whose slot the store did not give keeps the one that is here. */
export async function keepUnlockers(
  db: Database,
  pid: Uint8Array,
  people: readonly Unlocker[],
  fetched: ReadonlyMap<string, Bytes>,
  vaultKey: Uint8Array,
): Promise<void> {
  const [staffHere, keysHere] = await read(() => Promise.all([db.getAllKeys("slots"), db.getAllKeys("vaultKeys")]));
  const wraps = await wrapForAll(
    pid,
    people.filter((one) => !keysHere.includes(b64(one.workId))),
    vaultKey,
  );
  const staff = new Set(people.map((one) => one.staff));
  const works = new Set(people.map((one) => b64(one.workId)));
  await write(db, ["slots", "vaultKeys"], async (tx) => {
    for (const id of staffHere) if (!staff.has(id)) await tx.objectStore("slots").delete(id);
    for (const id of keysHere) if (!works.has(id)) await tx.objectStore("vaultKeys").delete(id);
    for (const [id, slot] of fetched) await tx.objectStore("slots").put(slot, id);
    for (const [id, wrap] of wraps) await tx.objectStore("vaultKeys").put(wrap, id);
  });
}
