/** What can be said without a key. */
import { readEntry } from "../sync/entry.ts";
import { b64, deviceDigits } from "../sync/ids.ts";
import { keyId } from "../sync/keys.ts";
import { alarms } from "./alarms.ts";
import type { Context, Enrolled } from "./context.ts";
import { fact, read } from "./database.ts";
import { wasEnrolled } from "./marker.ts";
import { countStates } from "./outbox.ts";
import { unlockers } from "./slots.ts";
import type { Status } from "./types.ts";

export async function statusOf(context: Context): Promise<Status> {
  const { db, release, enrolled, keys } = context;
  const [counts, lastContact, raised] = await Promise.all([countStates(db), fact(db, "lastContact"), alarms(db)]);
  return {
    state: enrolled ? "enrolled" : "new",
    problem: !enrolled && wasEnrolled() ? "storage_gone" : null,
    device: enrolled && (await deviceOf(enrolled)),
    staff: enrolled ? await staffOf(context, enrolled) : [],
    counts,
    lastContact: lastContact ?? null,
    keysConfirmed: enrolled && newest(enrolled),
    release,
    unlocked: keys !== null,
    alarms: raised,
  };
}

async function deviceOf({ device, directory }: Enrolled): Promise<Status["device"]> {
  const [signing, reading] = await Promise.all([keyId(device.signing), keyId(device.reading)]);
  return {
    name: device.name,
    site: device.site,
    siteName: directory.sites.get(device.site)?.name ?? device.site,
    programmeName: directory.name ?? "",
    digits: await deviceDigits(device.programme, signing, reading),
  };
}

async function staffOf({ db }: Context, { device, directory }: Enrolled): Promise<Status["staff"]> {
  const people = unlockers(directory, device.site);
  const [slots, wraps, drafts] = await read(() =>
    Promise.all([
      db.getAllKeys("slots"),
      db.getAllKeys("vaultKeys"),
      Promise.all(people.map(({ staff }) => db.countFromIndex("drafts", "author", staff))),
    ]),
  );
  return people.map(({ staff, name, workId }, at) => ({
    id: staff,
    name,
    drafts: drafts[at] ?? 0,
    ready: slots.includes(staff) && wraps.includes(b64(workId)),
  }));
}

/** When the newest directory entry was signed: how old the keys are that this tablet seals to. */
function newest({ directory }: Enrolled): number | null {
  const last = directory.since(directory.seq - 1)[0];
  return last ? readEntry(last.bytes).time : null;
}
