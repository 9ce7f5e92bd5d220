/**
 * Who works on this tablet: everybody of the site, and colleagues added on the spot, without the wire.
 *
 * A colleague's slot and their copy of the vault key are on this tablet alone. They end when it is closed, after 24 hours
 * by this clock (which may not run backwards past the adding either), or when whoever added them ends here or is revoked;
 * but not while they have a draft, which only they can open. A draft keeps nobody else: whom they added ends all the same.
 */
import { nowMs } from "../sync/clock.ts";
import { b64, unb64 } from "../sync/ids.ts";
import { type Context, type Enrolled, needEnrolled } from "./context.ts";
import { type ColleagueRow, read, write } from "./database.ts";
import { unlockers } from "./slots.ts";
import type { Colleague } from "./types.ts";

const HOURS = 24 * 60 * 60 * 1000;

/** With how many drafts each has. */
export interface Worker extends Colleague {
  readonly drafts: number;
  /** Public work key. */
  readonly work: Uint8Array;
}

/** Everybody who may unlock, by name; those added on the spot last. */
export async function workers(context: Context, enrolled: Enrolled): Promise<Worker[]> {
  const { db } = context;
  const people = unlockers(enrolled.directory, enrolled.device.site);
  const added = await colleaguesHere(context, enrolled);
  const ids = [...people.map((one) => one.staff), ...added.map((one) => one.id)];
  const [slots, wraps, counts] = await read(() =>
    Promise.all([
      db.getAllKeys("slots"),
      db.getAllKeys("vaultKeys"),
      Promise.all(ids.map((id) => db.countFromIndex("drafts", "author", id))),
    ]),
  );
  const drafts = new Map(ids.map((id, at) => [id, counts[at] ?? 0]));
  const listed = people.map(({ staff, name, work, workId }) => {
    const ready = slots.includes(staff) && wraps.includes(b64(workId));
    const stations = [...(enrolled.directory.staff.get(unb64(staff))?.stations ?? [])];
    return { id: staff, name, stations, work, ready, added: false, drafts: drafts.get(staff) ?? 0 };
  });
  const here = added.map(({ id, name, stations, work }) => {
    return { id, name, stations, work, ready: true, added: true, drafts: drafts.get(id) ?? 0 };
  });
  return [...listed, ...here];
}

export async function colleagueHere(context: Context, staff: string): Promise<ColleagueRow | undefined> {
  const found = await colleaguesHere(context, needEnrolled(context));
  return found.find((one) => one.id === staff);
}

async function colleaguesHere({ db }: Context, { directory }: Enrolled): Promise<ColleagueRow[]> {
  const rows = await read(() => db.getAll("colleagues"));
  const drafts = await read(() => Promise.all(rows.map((one) => db.countFromIndex("drafts", "author", one.id))));
  const now = nowMs();
  // Somebody added here may add another; nobody is kept by a chain of them, each a day longer.
  const adds = (staff: string, before: number): boolean => {
    const work = directory.staff.get(unb64(staff))?.workId;
    if (work) return directory.stands(work);
    const row = rows.find((one) => one.id === staff);
    return row !== undefined && row.added <= before && works(row);
  };
  const works = ({ by, added }: ColleagueRow): boolean => added <= now && now < added + HOURS && adds(by, added);
  return rows.filter((row, at) => (drafts[at] ?? 0) > 0 || works(row));
}

/** Removes those whose time is over. `all` = the tablet is closed: everybody who has no draft. */
export async function dropColleagues(context: Context, all = false): Promise<void> {
  const { db } = context;
  const enrolled = needEnrolled(context);
  const stay = new Set((all ? [] : await colleaguesHere(context, enrolled)).map((one) => one.id));
  const added = await read(() => db.getAllKeys("colleagues"));
  if (added.every((id) => stay.has(id))) return;
  await write(db, ["colleagues", "drafts"], async (tx) => {
    for (const id of await tx.objectStore("colleagues").getAllKeys()) {
      if (stay.has(id) || (await tx.objectStore("drafts").index("author").count(id)) > 0) continue;
      await tx.objectStore("colleagues").delete(id);
    }
  });
}
