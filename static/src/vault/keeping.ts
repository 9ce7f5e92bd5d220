/**
 * The directory as it is kept here: read and verified at every start, extended at contact. One that fails a check is not
 * applied, and alarms; what was seen once is never given up for something shorter (PROTOCOL 6.1, 6.2).
 */
import { type Bytes, equal } from "../sync/bytes.ts";
import { Directory } from "../sync/directory.ts";
import { entryHash, type Signed } from "../sync/entry.ts";
import { Problem } from "../sync/problems.ts";
import type { Hello, Session as StoreSession } from "../sync/transport.ts";
import { alarming } from "./alarms.ts";
import { type Context, needEnrolled, needKeys } from "./context.ts";
import { type Database, type DirectoryRow, read, write } from "./database.ts";
import { dropErased } from "./erasing.ts";
import { fetchSlots, keepUnlockers, unlockers } from "./slots.ts";

/** The verified directory out of the database; null before enrolment. */
export async function loadDirectory(db: Database, pid: Uint8Array): Promise<Directory | null> {
  const rows = await read(() => db.getAll("directory"));
  return rows.length === 0 ? null : Directory.read(pid, rows);
}

export async function directoryRows(signed: readonly Signed[]): Promise<DirectoryRow[]> {
  return Promise.all(signed.map(async ({ bytes, signature }) => ({ bytes, signature, hash: await entryHash(bytes) })));
}

/** A store's whole directory, from entry `after` on. */
export async function fetchDirectory(
  page: (after: number) => Promise<{ head: { seq: number }; entries: Signed[] }>,
  after: number,
): Promise<Signed[]> {
  const all: Signed[] = [];
  for (;;) {
    const { head, entries } = await page(after + all.length);
    all.push(...entries);
    if (entries.length === 0 || after + all.length >= head.seq) return all;
  }
}

/** Without a key: whether the head that a store shows fits the chain here. */
export async function checkShown(context: Context, head: { seq: number; hash: Bytes }): Promise<void> {
  const { directory } = needEnrolled(context);
  await alarming(context.db, () => {
    if (head.seq < directory.seq) throw shortened(directory.seq, head.seq);
    directory.checkView(head);
  });
}

/** With the device's session: reads on, keeps what verifies, and brings slots and wraps of the site in step. */
export async function followDirectory(context: Context, hello: Hello, session: StoreSession): Promise<void> {
  const { device, directory } = needEnrolled(context);
  const before = directory.seq;
  if (hello.head.seq > before) {
    const newer = await fetchDirectory((after) => context.transport.directory(after, session), before);
    await alarming(context.db, () => directory.extend(newer));
    // Before it is kept: a crash in between brings the same entries again, and with them what is to go.
    await dropErased(context);
    await keep(context, before);
  }
  const people = unlockers(directory, device.site);
  const slots = await fetchSlots(session, people);
  await keepUnlockers(context.db, device.programme, people, slots, needKeys(context).vaultBytes);
}

async function keep(context: Context, before: number): Promise<void> {
  const { device, directory } = needEnrolled(context);
  try {
    const rows = await directoryRows(directory.since(before));
    await write(context.db, ["directory"], async (tx) => {
      for (const [at, row] of rows.entries()) await tx.objectStore("directory").put(row, before + at + 1);
    });
  } catch (cause) {
    // In memory it must not be further than on disk, or the next rows would leave a hole there.
    const kept = await loadDirectory(context.db, device.programme);
    if (kept) context.enrolled = { device, directory: kept };
    throw cause;
  }
}

/** The programme must be the pinned one before anything it says counts. */
export function checkProgramme(pid: Uint8Array, hello: Hello): void {
  if (!equal(hello.programme, pid)) throw new Problem("wrong_programme");
}

function shortened(seen: number, shown: number): Problem {
  return new Problem("shortened_directory", { seen, shown });
}
