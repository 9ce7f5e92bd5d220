// What an administrator signs at the desk: entries on top of the present head, pushed as one bundle. When somebody else's
// entry came first (`directory_moved`) the newer ones are taken and the same is written again on top of them.
import type { Directory } from "../sync/directory.ts";
import { DirectoryDraft } from "../sync/directory-write.ts";
import { Problem } from "../sync/problems.ts";
import type { SignedIn } from "./session.ts";

/** Everybody who signs at once: each round at least one of them gets through. */
const ROUNDS = 6;

/** Whether this person signs the directory now. */
export function maySign({ directory, staff, signing }: Pick<SignedIn, "directory" | "staff" | "signing">): boolean {
  return directory.staff.get(staff)?.administrator === true && directory.stands(signing.keyId);
}

/**
 * Writes and pushes; `write` may run more than once, each time on the newest head. Afterwards the directory here holds
 * what was signed. Throws what a rule or the centre refuses; nothing stands then. After `no_network` it may stand all the
 * same: `write` looks at the draft's directory first where doing it twice would matter.
 */
export async function act<T>(
  signedIn: SignedIn,
  now: number,
  write: (draft: DirectoryDraft, directory: Directory) => Promise<T>,
): Promise<T> {
  const { directory, signing, line } = signedIn;
  for (let round = 0; round < ROUNDS; round++) {
    const draft = await DirectoryDraft.on(directory, signing, now);
    const made = await write(draft, draft.directory);
    if (draft.entries.length === 0) return made;
    const answer = await line.transport.pushBundle(draft.bundle());
    const problem = answer.directory.find((one) => one.problem !== null)?.problem ?? null;
    if (problem === null) {
      await directory.extend(draft.entries);
      return made;
    }
    if (problem !== "directory_moved") throw Problem.of(problem);
    await takeNewer(signedIn, answer.newer ?? []);
  }
  throw new Problem("directory_moved", { seq: directory.seq });
}

async function takeNewer({ directory, line }: SignedIn, newer: Parameters<Directory["extend"]>[0]): Promise<void> {
  const before = directory.seq;
  await directory.extend(newer);
  if (directory.seq > before) return;
  const page = await line.with((token) => line.transport.directory(directory.seq, token));
  await directory.extend(page.entries);
}
