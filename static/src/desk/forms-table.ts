// The published forms as a table: newest versions, how many submissions, and which tablets still work on an old version.
import type { CompiledForm } from "../form/index.ts";
import type { Directory } from "../sync/directory.ts";
import type { Form } from "../sync/directory-bodies.ts";
import { b64 } from "../sync/ids.ts";
import type { TabletRow } from "./fleet.ts";
import { reasonOf } from "./forms-publish.ts";
import type { Ledger } from "./ledger.ts";
import type { SignedIn } from "./session.ts";

/** A tablet with drafts of a version that is not the newest. */
export type Behind = { tablet: string; number: number; drafts: number };

export type FormRow = {
  key: string;
  version: string;
  number: number;
  /** null while the form is not here */
  form: CompiledForm | null;
  submissions: number;
  behind: Behind[];
};

/** A version as the directory lists it, with what is kept of it. */
export type FormVersionView = {
  version: string;
  number: number;
  reason: string | null;
  files: { name: string; digest: string; size: number }[];
};

/** A version that one administrator gave a reason for, and that nobody has published yet. */
export type Waiting = { version: string; key: string; number: number; reason: string; by: string; mine: boolean };

/** A row a form, in the order in which they were first published. */
export function formRows(
  directory: Directory,
  ledger: Ledger,
  fleet: readonly TabletRow[],
  forms: ReadonlyMap<string, CompiledForm>,
): FormRow[] {
  const counted = new Map<string, number>();
  for (const { form } of ledger.submissions.values()) counted.set(form, (counted.get(form) ?? 0) + 1);
  return [...byKey(directory)].map(([key, versions]) => {
    const newest = versions.reduce((one, other) => (other.number > one.number ? other : one));
    const numbers = new Map(versions.map((one) => [b64(one.version), one.number]));
    const version = b64(newest.version);
    const submissions = [...numbers.keys()].reduce((sum, one) => sum + (counted.get(one) ?? 0), 0);
    const behind = fleet.flatMap((row) => behindOn(row, numbers, newest.number));
    return { key, version, number: newest.number, form: forms.get(version) ?? null, submissions, behind };
  });
}

function behindOn({ name, stated, revoked }: TabletRow, numbers: Map<string, number>, newest: number): Behind[] {
  if (!stated || revoked) return [];
  return stated.waiting.flatMap(({ form, count }) => {
    const number = numbers.get(form);
    return number !== undefined && number < newest && count > 0 ? [{ tablet: name, number, drafts: count }] : [];
  });
}

function byKey(directory: Directory): Map<string, Form[]> {
  const found = new Map<string, Form[]>();
  for (const one of directory.forms.values()) found.set(one.form, [...(found.get(one.form) ?? []), one]);
  return found;
}

/** All versions of a form, the newest first. */
export function versionsOf(directory: Directory, key: string): FormVersionView[] {
  const listed = byKey(directory).get(key) ?? [];
  return listed
    .map(({ version, number, reason, files }) => ({
      version: b64(version),
      number,
      reason,
      files: files.map(({ name, hash, size }) => ({ name, digest: b64(hash), size })),
    }))
    .sort((one, other) => other.number - one.number);
}

/** Versions that wait for a second administrator. */
export function waitingForms(signedIn: SignedIn): Waiting[] {
  const { directory, signing } = signedIn;
  return directory.reasons.entries().flatMap(([version, given]) => {
    if (directory.forms.has(version)) return [];
    const id = b64(version);
    const mine = given.get(signing.keyId);
    const others = reasonOf(signedIn, id);
    const shown = mine ?? given.values()[0];
    if (!shown || (!mine && !others)) return [];
    const { form: key, number, reason } = shown;
    return [{ version: id, key, number, reason: others?.reason ?? reason, by: others?.by ?? "", mine: !others }];
  });
}
