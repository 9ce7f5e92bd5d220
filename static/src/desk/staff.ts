// The people of the programme at the desk: who is listed, adding one who works on tablets, the duty list.
// The work key and its passphrase are made here; what leaves this browser is the sealed slot and the half that signs in.
import type { Bytes } from "../sync/bytes.ts";
import type { Directory } from "../sync/directory.ts";
import type { Person as Listed } from "../sync/directory-state.ts";
import { b64, madeId } from "../sync/ids.ts";
import { ReadingKey } from "../sync/keys.ts";
import { COST, type Derive, deriveSlot, sealSlot } from "../sync/slot.ts";
import { passphrase } from "../sync/words.ts";
import { act } from "./directory-acts.ts";
import type { SignedIn } from "./session.ts";

export type StaffRow = {
  staff: string;
  name: string;
  site: string;
  stations: string[];
  administrator: boolean;
  desk: boolean;
  tablet: boolean;
  removed: boolean;
  /** any of their key ids: a revocation names it, all fall */
  key: string;
};

/** Everybody, those who were taken out last. */
export function staffRows(directory: Directory): StaffRow[] {
  const rows = directory.staff.values().map((one) => rowOf(directory, one));
  return rows.sort(
    (a, b) =>
      Number(a.removed) - Number(b.removed) ||
      (a.site < b.site ? -1 : a.site > b.site ? 1 : a.name.localeCompare(b.name)),
  );
}

function rowOf(directory: Directory, one: Listed): StaffRow {
  const key = one.signingId ?? one.workId;
  const stands = (id: Bytes | null): boolean => id !== null && directory.stands(id);
  return {
    staff: b64(one.staff),
    name: one.name,
    site: one.site,
    stations: [...one.stations],
    administrator: one.administrator,
    desk: stands(one.signingId),
    tablet: stands(one.workId),
    removed: !stands(one.signingId) && !stands(one.workId),
    key: key ? b64(key) : "",
  };
}

export type Wanted = { name: string; site: string; stations: string[] };

/** Somebody who is being added. The same one is used again until the centre has both entry and slot. */
export type NewPerson = Wanted & { staff: Bytes; work: Bytes; passphrase: string; auth: Bytes; slot: Bytes };

/** Makes the keys, the words and the sealed slot; takes seconds, on purpose. */
export async function makePerson(pid: Uint8Array, wanted: Wanted, derive: Derive): Promise<NewPerson> {
  const [work, words, staff] = [await ReadingKey.generate(), await passphrase("tablet"), madeId()];
  const { auth, wrap } = await deriveSlot(pid, staff, "tablet", words, COST, derive);
  const slot = await sealSlot(pid, staff, { kind: "tablet", work }, COST, wrap);
  return { ...wanted, staff, work: work.public, passphrase: words, auth, slot };
}

/** Lists the person and stores the slot, in this order: the centre keeps slots of listed keys only. Safe to repeat. */
export async function addPerson(signedIn: SignedIn, person: NewPerson, now: number): Promise<void> {
  const { staff, name, site, stations, work } = person;
  await act(signedIn, now, async (draft, directory) => {
    if (directory.staff.has(staff)) return;
    await draft.write("staff", { staff, name, signing: null, reading: null, work, site, stations });
  });
  const { line } = signedIn;
  await line.with((token) => line.centre.putTabletSlot(staff, person.auth, person.slot, token));
}

export type NewService = { site: string; name: string; contact: string; what: string };

/** Puts somebody on the site's duty list; an empty contact takes the name off it. */
export async function addService(signedIn: SignedIn, service: NewService, now: number): Promise<void> {
  const { site, name, contact, what } = service;
  await act(signedIn, now, (draft) => draft.write("service", { site, name, contact, what }));
}

export const SILENT_SETTING = "silent_hours";
const SILENT_HOURS = 12;

/** After how many hours without contact a tablet is told as silent: a setting of the programme. */
export function silentHours(directory: Directory): number {
  const set = directory.settings.get(SILENT_SETTING);
  return typeof set === "number" && set >= 1 && set <= 999 ? set : SILENT_HOURS;
}

export async function setSilentHours(signedIn: SignedIn, hours: number, now: number): Promise<void> {
  await act(signedIn, now, (draft) => draft.write("setting", { name: SILENT_SETTING, value: hours }));
}
