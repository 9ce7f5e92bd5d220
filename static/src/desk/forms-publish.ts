// Publishing a form from the desk: the centre compiled it, this desk looks at what it signs, sends the bytes, and signs.
// First the bytes, then the entry: what is cut off between leaves bytes that nobody names, never a form that nobody has.
import { type Bytes, equal } from "../sync/bytes.ts";
import { b64, sha256, unb64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import type { WireMap } from "../sync/wire.ts";
import { act } from "./directory-acts.ts";
import type { Checked, FormsCentre } from "./forms-centre.ts";
import type { SignedIn } from "./session.ts";

const COMPILED = "compiled.json";
const SOURCE = "source/";

/** A form version that this desk has looked at: what the entry says, and all its bytes. */
export type Version = { version: Bytes; body: WireMap; files: Bytes[]; key: string; number: number };

type Compiled = {
  key: string;
  number: number;
  audiences: { audience: string; bucket: number }[];
  source: Record<string, string>;
};

/**
 * What the desk would sign, worked out from the bytes themselves. Throws `hash_differs` when the version is not theirs or
 * a file is not what was brought: the centre compiles, it does not say what was compiled.
 */
export async function versionOf(checked: Checked, brought: ReadonlyMap<string, Bytes>): Promise<Version> {
  const compiled = checked.files.get(COMPILED);
  if (!compiled) throw new Problem("missing_objects");
  const version = await sha256(compiled);
  if (b64(version) !== checked.version) throw new Problem("hash_differs", { file: COMPILED });
  const { key, number, audiences, source } = JSON.parse(new TextDecoder().decode(compiled)) as Compiled;
  for (const [name, data] of brought) {
    const kept = checked.files.get(`${SOURCE}${name}`);
    const digest = b64(await sha256(data));
    if (!kept || !equal(kept, data) || source[name] !== digest) throw new Problem("hash_differs", { file: name });
  }
  const names = [...checked.files.keys()].sort();
  const listed = await Promise.all(
    names.map(async (name) => {
      const data = checked.files.get(name) as Bytes;
      return { name, hash: await sha256(data), size: data.length };
    }),
  );
  const parts = audiences.map(({ audience, bucket }) => ({ audience, bucket }));
  const body: WireMap = { form: key, number, version, audiences: parts, files: listed };
  return { version, body, files: [...checked.files.values()], key, number };
}

/** Sends all bytes, which the centre keeps by their digests. Safe to repeat. */
export async function send({ line }: SignedIn, centre: FormsCentre, { files }: Version): Promise<void> {
  for (const data of files) await line.with((token) => centre.keep(data, token));
}

/** Signs the version into the directory; with the `reason` of a second administrator where it has one. Safe to repeat. */
export async function publish(signedIn: SignedIn, one: Version, reason: string | null, now: number): Promise<void> {
  await act(signedIn, now, async (draft, directory) => {
    if (directory.forms.has(one.version)) return;
    await draft.write("form", reason === null ? one.body : { ...one.body, reason });
  });
}

/** Signs why it may ask what forms may not ask; another administrator publishes it. Safe to repeat. */
export async function giveReason(signedIn: SignedIn, one: Version, reason: string, now: number): Promise<void> {
  const { key: form, number, version } = one;
  await act(signedIn, now, async (draft, directory) => {
    const mine = directory.reasons.get(version)?.get(signedIn.signing.keyId);
    if (mine?.reason === reason) return;
    await draft.write("reason", { form, number, version, reason });
  });
}

/** The reason that somebody else signed for a version, and who, or null. */
export function reasonOf({ directory, staff }: SignedIn, version: string): { reason: string; by: string } | null {
  for (const [key, { reason }] of directory.reasons.get(unb64(version))?.entries() ?? []) {
    const signer = directory.signer(key);
    const person = signer && directory.staff.get(signer.owner);
    if (signer && person && !equal(signer.owner, staff) && directory.stands(key)) return { reason, by: person.name };
  }
  return null;
}
