// Freshness (PROTOCOL 6.4): a signed-in administrator's desk says once a day that the directory still stands.
import { writeBundle } from "../sync/bundle.ts";
import { directoryEntry } from "../sync/directory-write.ts";
import { Problem } from "../sync/problems.ts";
import type { SignedIn } from "./session.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** Appends `confirm` when the newest entry is over a day old. True when the centre took it. */
export async function confirmDirectory({ directory, signing, staff, line }: SignedIn, now: number): Promise<boolean> {
  const newest = directory.entries().at(-1);
  const stands = directory.staff.get(staff)?.administrator === true && directory.stands(signing.keyId);
  if (!newest || !stands || now - newest.time <= DAY_MS) return false;
  const entry = await directoryEntry(directory, signing, "confirm", {}, now);
  const answer = await line.transport.pushBundle(writeBundle({ directory: [entry] }));
  const problem = answer.directory[0]?.problem ?? null;
  // Somebody else's entry came first: the directory is fresh then, and the next reading brings it.
  if (problem === "directory_moved") return false;
  if (problem !== null) throw Problem.of(problem);
  await directory.append(entry);
  return true;
}
