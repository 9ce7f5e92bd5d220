/**
 * Opening (PROTOCOL 7): eight steps, and the first that fails is named. A part without its entry is nobody's answers.
 * Steps 1 and 2 are of the entry, 3 to 8 of each part.
 */
import { type Bytes, equal } from "./bytes.ts";
import type { Directory } from "./directory.ts";
import {
  decisionOf,
  type Entry,
  entryHash,
  type PartRef,
  partsOf,
  readEntry,
  type Signed,
  submissionOf,
  verifyEntry,
} from "./entry.ts";
import type { JsonMap } from "./json.ts";
import { plaintextJson } from "./json.ts";
import { type ReadingKey, sha256 } from "./keys.ts";
import type { Chain } from "./log.ts";
import { checkFraming, decryptPart, unpad } from "./part.ts";
import { Problem } from "./problems.ts";
import { audienceAt } from "./seal.ts";

export const STEPS = [
  "the entry's signature and log",
  "an enrolled key, not beyond a cut",
  "the bytes hash to the id in the manifest",
  "header, entry and manifest agree",
  "exactly the form version's audiences",
  "the key is an epoch of the audience",
  "unwrapped, committed, decrypted",
  "padding and JSON",
] as const;

/** The step (1 to 8) at which opening stopped, and the problem's code. */
export interface Step {
  readonly number: number;
  readonly problem: string;
}

/** A part that an entry names: its payload, or the step that failed. */
export interface OpenedPart {
  readonly audience: string;
  readonly id: Bytes;
  readonly payload: JsonMap | null;
  readonly failed: Step | null;
}

/** An entry and its parts. When `failed` (step 1 or 2) is set nothing of it may be shown as somebody's answers. */
export interface OpenedEntry {
  readonly hash: Bytes;
  readonly entry: Entry | null;
  readonly failed: Step | null;
  readonly parts: readonly OpenedPart[];
}

/** Things by id: an `IdMap`, or whatever else finds them. */
export interface ById<T> {
  get(id: Uint8Array): T | undefined;
}

/**
 * Opens what an entry names. `parts` by object id, as a store gave them under that id; `keys` are the audience keys held,
 * by key id; `chain` for entries of a revoked key before their cut. Never throws for what a stranger wrote.
 */
export async function openSubmission(
  directory: Directory,
  signed: Signed,
  parts: ById<Uint8Array>,
  keys: ById<ReadingKey>,
  chain?: Chain,
): Promise<OpenedEntry> {
  const hash = await entryHash(signed.bytes);
  const { entry, failed } = await openEntry(directory, signed, hash, chain);
  if (entry === null || failed !== null) return { hash, entry, failed, parts: [] };
  const opened = partsOf(entry).map((ref) => openOne(directory, entry, ref, parts.get(ref.id), keys.get(ref.key)));
  return { hash, entry, failed: null, parts: await Promise.all(opened) };
}

/** Steps 1 and 2. */
export async function openEntry(
  directory: Directory,
  signed: Signed,
  hash: Uint8Array,
  chain?: Chain,
): Promise<{ entry: Entry | null; failed: Step | null }> {
  let entry: Entry | null = null;
  let number = 1;
  try {
    entry = readEntry(signed.bytes);
    if (!directory.keyOfLog(entry.log)) number = 2;
    await checkWriter(directory, entry, signed);
    number = 2;
    checkStanding(directory, entry, hash, chain);
    return { entry, failed: null };
  } catch (problem) {
    return { entry, failed: stepOf(number, problem) };
  }
}

/** Step 1: signed by the key that the log id names. A log of an unlisted key fails step 2 (`unknown_device`). */
export async function checkWriter(directory: Directory, entry: Entry, signed: Signed): Promise<void> {
  const publicKey = directory.keyOfLog(entry.log);
  if (!publicKey) throw new Problem("unknown_device");
  if (!(await verifyEntry(publicKey, directory.pid, signed))) throw new Problem("bad_signature");
}

/** Step 2: the key is enrolled and the entry not beyond a cut. */
export function checkStanding(directory: Directory, entry: Entry, hash: Uint8Array, chain?: Chain): void {
  if (directory.standing(entry.log, entry.seq, hash, chain) === "revoked") throw new Problem("revoked");
}

/** Step 3. A part that is not here is `missing_objects`. */
export async function checkHash(part: Uint8Array | undefined, ref: PartRef): Promise<Uint8Array> {
  if (!part) throw new Problem("missing_objects");
  if (part.length !== ref.size || !equal(await sha256(part), ref.id)) throw new Problem("hash_differs");
  return part;
}

/** Step 4: the part is of this log, item, form and audience, and not of another that somebody moved it from. */
export function checkBinding(entry: Entry, ref: PartRef, part: Uint8Array): void {
  const header = checkFraming(part);
  const { item, form } = itemAndForm(entry);
  const own = equal(header.log, entry.log) && same(header.item, item) && same(header.form, form);
  if (!own) throw new Problem("bad_binding");
  if (header.audience !== ref.audience || !equal(header.key, ref.key)) {
    throw new Problem("bad_binding", { reason: "manifest" });
  }
}

/**
 * Step 5: a submission has exactly the form version's audiences, once each. A missing part would tell; a second one for an
 * audience could say something else.
 */
export function checkAudiences(directory: Directory, entry: Entry): void {
  const { form: version } = itemAndForm(entry);
  if (version === null) return;
  const form = directory.forms.get(version);
  const writer = directory.writer(entry.log);
  if (!form || !writer) throw new Problem("wrong_audiences", { reason: "form" });
  const wanted = form.audiences.map((one) => audienceAt(one.audience, writer.site)).sort();
  const named = partsOf(entry).map((one) => one.audience);
  if (named.sort().join() !== wanted.join()) throw new Problem("wrong_audiences");
}

/** Step 6. */
export function checkEpoch(directory: Directory, ref: PartRef): void {
  if (!directory.audienceKeys(ref.audience).has(ref.key)) throw new Problem("wrong_epoch");
}

/** What the headers of the entry's parts must name. */
export function itemAndForm(entry: Entry): { item: Bytes | null; form: Bytes | null } {
  if (entry.kind === "submission") {
    const { submission, form } = submissionOf(entry);
    return { item: submission, form };
  }
  if (entry.kind === "decision") return { item: decisionOf(entry).item, form: null };
  const item = entry.body["item"];
  return { item: item instanceof Uint8Array ? (item as Bytes) : null, form: null };
}

async function openOne(
  directory: Directory,
  entry: Entry,
  ref: PartRef,
  bytes: Uint8Array | undefined,
  key: ReadingKey | undefined,
): Promise<OpenedPart> {
  const { audience, id } = ref;
  let number = 3;
  try {
    const part = await checkHash(bytes, ref);
    number = 4;
    checkBinding(entry, ref, part);
    number = 5;
    checkAudiences(directory, entry);
    number = 6;
    checkEpoch(directory, ref);
    number = 7;
    if (!key) throw new Problem("not_for_you");
    const padded = await decryptPart(directory.pid, part, key);
    number = 8;
    return { audience, id, payload: plaintextJson(unpad(padded)), failed: null };
  } catch (problem) {
    return { audience, id, payload: null, failed: stepOf(number, problem) };
  }
}

/** A `Problem` as a step; anything else is a bug or a browser that cannot, and goes on. */
function stepOf(number: number, problem: unknown): Step {
  if (!(problem instanceof Problem)) throw problem;
  return { number, problem: problem.code };
}

function same(a: Uint8Array | null, b: Uint8Array | null): boolean {
  return a === null || b === null ? a === b : equal(a, b);
}
