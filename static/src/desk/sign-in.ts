// Signing in, in five steps: find, derive, slot, directory, grants. The passphrase goes into the derivation and nowhere
// else; of what comes out only the half that signs in is sent. The programme is pinned by the slot, which only the
// passphrase opens, and the directory is checked from that programme's root: a hostile centre can refuse, not deceive.
import { equal } from "../sync/bytes.ts";
import { Directory } from "../sync/directory.ts";
import { openGrant } from "../sync/grant.ts";
import { b64, sha256 } from "../sync/ids.ts";
import { keyId } from "../sync/keys.ts";
import { Problem } from "../sync/problems.ts";
import { type Derive, deriveSlot, openDeskSlot, readSlot, type Slot } from "../sync/slot.ts";
import type { Transport } from "../sync/transport.ts";
import type { Centre } from "./centre.ts";
import type { Memory } from "./memory.ts";
import { type HeldKey, Line, type SignedIn } from "./session.ts";
import type { SignInStep } from "./view.ts";

/** `address` is the centre's origin, for links that others follow. */
export type Doorway = { centre: Centre; transport: Transport; derive: Derive; memory: Memory; address?: string };

/** Throws what keeps the door shut; `problems` are of single grants that did not open. */
export async function signIn(
  door: Doorway,
  name: string,
  passphrase: string,
  onStep: (step: SignInStep) => void,
): Promise<{ signedIn: SignedIn; problems: Problem[] }> {
  onStep("find");
  const found = await door.centre.find(name.trim());
  const { staff, programme: pid } = found;
  onStep("derive");
  // Extra spaces are the commonest slip when six words are typed from paper; passphrases have single ones.
  const words = passphrase.trim().split(/\s+/).join(" ");
  const derived = await deriveSlot(pid, staff, "desk", words, found, door.derive);
  onStep("slot");
  const slot = readSlot(await door.centre.openSlot(staff, derived.auth));
  if (!equal(slot.staff, staff)) throw new Problem("slot_mismatch", { what: "staff" });
  const { signing, reading } = await openDeskSlot(pid, staff, slot, derived.wrap);
  onStep("directory");
  const hello = await door.transport.hello();
  if (!equal(hello.programme, pid)) throw new Problem("wrong_programme");
  const store = await keyId(hello.store);
  const line = new Line(door.transport, door.centre, pid, store, signing);
  const directory = new Directory(pid);
  await readDirectory(line, directory, door.memory);
  checkDirectory(directory, slot, store);
  const person = directory.staff.get(staff);
  const signedIn: SignedIn = {
    pid,
    staff,
    name: person?.name ?? name,
    signing,
    reading,
    directory,
    held: new Map(),
    line,
  };
  onStep("grants");
  return { signedIn, problems: await openGrants(signedIn) };
}

function checkDirectory(directory: Directory, slot: Slot, store: Uint8Array): void {
  directory.checkSlot(slot.staff, "desk", slot.keys);
  // Throws `unlisted_store`: the session was asked of whoever answered, its key counts only if it is listed.
  directory.storeKey(store, "centre");
}

/** Reads on until the centre has no more. Returns how many entries came. Throws the first problem of the chain. */
export async function readDirectory(line: Line, directory: Directory, memory: Memory): Promise<number> {
  const before = directory.seq;
  for (;;) {
    const page = await line.with((token) => line.transport.directory(directory.seq, token));
    const at = directory.seq;
    await directory.extend(page.entries);
    if (directory.seq === at || directory.seq >= page.head.seq) break;
  }
  checkMemory(directory, memory);
  return directory.seq - before;
}

/** A chain that is shorter than, or different from, what this browser saw is an alarm (6.2). */
function checkMemory(directory: Directory, memory: Memory): void {
  const programme = b64(directory.pid);
  const seen = memory.head(programme);
  if (seen) {
    const here = directory.hashAt(seen.seq);
    if (!here) throw new Problem("shortened_directory", { seen: seen.seq, shown: directory.seq });
    if (b64(here) !== seen.hash) throw new Problem("split_directory", { seq: seen.seq });
  }
  const head = directory.head;
  if (head) memory.setHead(programme, { seq: head.seq, hash: b64(head.hash) });
}

/** Opens every grant to this reader that is not open yet. One that does not open is left out, and told. */
export async function openGrants({ pid, reading, directory, held, line }: SignedIn): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const grant of directory.heldBy(reading.keyId)) {
    const listed = directory.audiences.get(grant.audience)?.find((one) => one.epoch === grant.epoch);
    if (!listed || held.has(b64(listed.keyId))) continue;
    try {
      const object = await line.with((token) => line.transport.object(grant.object, token));
      if (!equal(await sha256(object), grant.object)) throw new Problem("hash_differs");
      const key = await openGrant(pid, grant.audience, grant.epoch, listed.keyId, reading, object);
      held.set(b64(listed.keyId), { audience: grant.audience, epoch: grant.epoch, key } satisfies HeldKey);
    } catch (problem) {
      if (!Problem.is(problem) || problem.code === "no_network") throw problem;
      problems.push(problem);
    }
  }
  return problems;
}

/** Audiences held, each once, in the directory's order. */
export function audiencesHeld({ directory, held }: SignedIn): string[] {
  const names = new Set([...held.values()].map((one) => one.audience));
  return [...directory.audiences.keys()].filter((name) => names.has(name));
}
