/** What can be said without a key. */
import { readEntry } from "../sync/entry.ts";
import { deviceDigits } from "../sync/ids.ts";
import { keyId } from "../sync/keys.ts";
import { alarms } from "./alarms.ts";
import { workers } from "./colleagues.ts";
import type { Context, Enrolled } from "./context.ts";
import { type Database, fact, read } from "./database.ts";
import { wasEnrolled } from "./marker.ts";
import { countStates } from "./outbox.ts";
import type { Status } from "./types.ts";

export async function statusOf(context: Context): Promise<Status> {
  const { db, release, enrolled, keys } = context;
  const [counts, lastContact, raised, unsent, skipped] = await Promise.all([
    countStates(db),
    fact(db, "lastContact"),
    alarms(db),
    oldestUnsent(db),
    fact(db, "skipped"),
  ]);
  return {
    state: enrolled ? "enrolled" : "new",
    problem: !enrolled && wasEnrolled() ? "storage_gone" : null,
    device: enrolled && (await deviceOf(enrolled)),
    staff: enrolled ? await staffOf(context, enrolled) : [],
    counts,
    confirmed: enrolled !== null && (await isConfirmed(enrolled)),
    oldestUnsent: unsent,
    skipped: counted(Object.values(skipped ?? {})),
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

async function staffOf(context: Context, enrolled: Enrolled): Promise<Status["staff"]> {
  const all = await workers(context, enrolled);
  return all.map(({ id, name, drafts, ready, added }) => ({ id, name, drafts, ready, added }));
}

function counted(problems: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const problem of problems) counts[problem] = (counts[problem] ?? 0) + 1;
  return counts;
}

/** Whether a desk has sealed this tablet the key of its site's people list. */
async function isConfirmed({ device, directory }: Enrolled): Promise<boolean> {
  const held = directory.heldBy(await keyId(device.reading));
  return held.some((grant) => grant.audience === `people@${device.site}`);
}

async function oldestUnsent(db: Database): Promise<number | null> {
  const rows = await read(() => db.getAllFromIndex("entries", "state", "tablet"));
  return rows.reduce<number | null>((oldest, { sealedAt }) => Math.min(oldest ?? sealedAt, sealedAt), null);
}

/** When the newest directory entry was signed: how old the keys are that this tablet seals to. */
function newest({ directory }: Enrolled): number | null {
  const last = directory.since(directory.seq - 1)[0];
  return last ? readEntry(last.bytes).time : null;
}
