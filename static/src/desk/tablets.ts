// Tablets at the desk: inviting one, knowing a new one by its digits, confirming it, and taking one out.
import { equal } from "../sync/bytes.ts";
import type { Directory } from "../sync/directory.ts";
import type { Cut } from "../sync/directory-bodies.ts";
import { b64, deviceDigits, unb64 } from "../sync/ids.ts";
import { SigningKey } from "../sync/keys.ts";
import { writeLink } from "../sync/link.ts";
import { Problem } from "../sync/problems.ts";
import { act } from "./directory-acts.ts";
import type { Ledger } from "./ledger.ts";
import type { SignedIn } from "./session.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export type Invitation = { site: string; name: string; count: number; days: number };
/** A link as it is shown, once. Its private half is in `link` and nowhere else. */
export type Invited = Invitation & { link: string; until: number };

/** `T-07` when six tablets were invited or enrolled. */
export function proposeName(directory: Directory): string {
  const names = [...directory.devices.values(), ...directory.invitations.values()].map((one) => one.name);
  const numbers = names.map((name) => Number(/^T-(\d{1,4})$/.exec(name)?.[1] ?? 0));
  return `T-${String(Math.max(0, directory.devices.size, ...numbers) + 1).padStart(2, "0")}`;
}

/** Signs an invitation and gives its link. `address` is the centre's, without a path. */
export async function invite(signedIn: SignedIn, wanted: Invitation, address: string, now: number): Promise<Invited> {
  const { key, pkcs8 } = await SigningKey.generate();
  const { site, name, count, days } = wanted;
  const until = now + days * DAY_MS;
  await act(signedIn, now, (draft) => draft.write("invitation", { key: key.public, site, end: until, count, name }));
  const { head } = signedIn.directory;
  if (!head) throw new Problem("wrong_programme", { reason: "empty" });
  return { ...wanted, until, link: `${address}/enrol#${writeLink(signedIn.pid, head, pkcs8)}` };
}

/** A tablet that has not the key of its site's people list yet. */
export type NewTablet = { key: string; name: string; site: string; signing: Uint8Array; reading: Uint8Array };

export function newTablets(directory: Directory): NewTablet[] {
  const confirmed = new Set<string>();
  for (const { audience, epoch, reader } of directory.grants) {
    if (directory.audiences.get(audience)?.length === epoch) confirmed.add(`${audience} ${b64(reader)}`);
  }
  return directory.devices.entries().flatMap(([key, { name, site, signingId, readingId }]) => {
    const audience = `people@${site}`;
    const open = directory.audiences.has(audience) && !directory.revoked.has(key);
    if (!open || confirmed.has(`${audience} ${b64(readingId)}`)) return [];
    return [{ key: b64(key), name, site, signing: signingId, reading: readingId }];
  });
}

/** The 25 digits that the tablet shows too (PROTOCOL 2.2). */
export function digitsOf(pid: Uint8Array, { signing, reading }: NewTablet): Promise<string> {
  return deviceDigits(pid, signing, reading);
}

/** Names of the administrators who hold the current key of the site's people list: they can confirm its tablets. */
export function whoConfirms(directory: Directory, site: string): string[] {
  const audience = `people@${site}`;
  const epoch = directory.audiences.get(audience)?.length ?? 0;
  const holders = new Set(
    directory.grants.filter((one) => one.audience === audience && one.epoch === epoch).map((one) => b64(one.reader)),
  );
  return directory.administrators
    .filter((one) => one.readingId && holders.has(b64(one.readingId)))
    .map((one) => one.name);
}

/** Whether this desk holds the key that confirming a tablet of the site needs. */
export function holdsPeople({ directory, held }: SignedIn, site: string): boolean {
  return directory.audiences.has(`people@${site}`) && held.has(b64(directory.current(`people@${site}`).keyId));
}

/** Gives the tablet its site's people list. Somebody compared the digits: that is what this signature says. */
export async function confirmTablet(signedIn: SignedIn, key: string, now: number): Promise<void> {
  await act(signedIn, now, async (draft, directory) => {
    const device = directory.devices.get(unb64(key));
    if (!device) throw new Problem("not_listed", { reason: "device" });
    // After an answer that was lost, or a colleague's click, it is confirmed already.
    if (!newTablets(directory).some((one) => one.key === key)) return;
    const audience = `people@${device.site}`;
    const current = directory.current(audience);
    const held = signedIn.held.get(b64(current.keyId));
    if (!held) throw new Problem("not_for_you", { audience });
    await draft.grant(audience, current.epoch, held.key, device.reading);
  });
}

/**
 * Takes out a tablet or a person: all their keys fall. What is here of them counts for ever, as does what leads up to it;
 * what else they sign is kept apart.
 */
export async function takeOut(
  signedIn: SignedIn,
  ledger: Ledger,
  key: string,
  reason: string,
  now: number,
): Promise<void> {
  await act(signedIn, now, async (draft, directory) => {
    if (directory.revoked.has(unb64(key))) return;
    const holder = directory.signer(unb64(key)) ?? directory.reader(unb64(key));
    const mine = (log: string): boolean => {
      const writer = directory.writer(unb64(log));
      return writer !== undefined && holder !== undefined && equal(writer.owner, holder.owner);
    };
    const cut: Cut[] = ledger.tips(mine).map(({ log, seq, hash }) => ({ log: unb64(log), seq, hash: unb64(hash) }));
    await draft.write("revoke", { key: unb64(key), reason, cut });
  });
}
