/** The vectors that happen in the programme of sync/vectors/arrival.json: directories and openings. */
import { compare } from "../../../static/src/sync/bytes.ts";
import { Directory } from "../../../static/src/sync/directory.ts";
import { entryHash, partsOf, readEntry, type Signed } from "../../../static/src/sync/entry.ts";
import { IdMap } from "../../../static/src/sync/idmap.ts";
import { b64, unb64 } from "../../../static/src/sync/ids.ts";
import { ReadingKey } from "../../../static/src/sync/keys.ts";
import { Entries } from "../../../static/src/sync/log.ts";
import { type OpenedEntry, openSubmission } from "../../../static/src/sync/opening.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import type { Arrival, Topic, Vector } from "./running.ts";

interface SignedJson {
  readonly bytes: string;
  readonly signature: string;
}

const signedOf = (one: SignedJson): Signed => ({ bytes: unb64(one.bytes), signature: unb64(one.signature) });

const read = new Map<number, Promise<Directory>>();

/** The programme's directory: its first `length` entries, all when null. A copy for every vector. */
export async function directoryOf(arrival: Arrival, length: number | null): Promise<Directory> {
  const upTo = length ?? arrival.directory.length;
  const chain = arrival.directory.slice(0, upTo).map(signedOf);
  const kept = read.get(upTo) ?? Directory.read(unb64(arrival.programme), chain);
  read.set(upTo, kept);
  return (await kept).copy();
}

async function appended(
  arrival: Arrival,
  given: { directory: number | null; append?: SignedJson[]; at?: number | null },
): Promise<Directory> {
  const directory = await directoryOf(arrival, given.directory);
  for (const one of given.append ?? []) await directory.append(signedOf(one), given.at ?? null);
  return directory;
}

function facts(directory: Directory): unknown {
  const ids = (list: Uint8Array[]): string[] => list.map(b64);
  const audiences = [...directory.audiences].map(([name, epochs]) => [name, ids(epochs.map((one) => one.keyId))]);
  return {
    seq: directory.seq,
    hash: directory.head && b64(directory.head.hash),
    administrators: ids(directory.administrators.map((one) => one.staff)),
    staff: ids(directory.staff.keys()),
    devices: ids(directory.devices.keys()),
    stores: ids(directory.stores.keys()),
    sites: [...directory.sites.keys()],
    audiences: Object.fromEntries(audiences),
    grants: ids(directory.grants.map((one) => one.hash)),
    forms: ids(directory.forms.keys()),
    revoked: ids(directory.revoked.keys().sort(compare)),
    erased: ids(directory.erased.keys()),
    void: ids(directory.void.values().sort(compare)),
  };
}

export const chainTopics: Record<string, Topic> = {
  async directory(given, _vector, arrival) {
    const directory = await directoryOf(arrival, given.directory);
    const before = facts(directory);
    try {
      for (const one of given.append) await directory.append(signedOf(one), given.at);
    } catch (problem) {
      // Refused whole: nothing of the last entry stands (the others of a row do).
      if (given.append.length === 1 && JSON.stringify(facts(directory)) !== JSON.stringify(before)) {
        throw new Error("half applied", { cause: problem });
      }
      throw problem;
    }
    return facts(directory);
  },
  async "directory-view"(given, _vector, arrival) {
    const directory = await appended(arrival, given);
    return directory.checkView({ seq: given.seq, hash: unb64(given.hash) });
  },
  async "directory-compare"(given, _vector, arrival) {
    const seen = await appended(arrival, { directory: given.directory, append: given.seen });
    const shown = await appended(arrival, { directory: given.directory, append: given.shown });
    seen.compare(shown);
    return null;
  },
  async "directory-standing"(given, _vector, arrival) {
    const directory = await appended(arrival, given);
    const held = new Entries();
    for (const one of given.held.map(unb64)) held.add(await entryHash(one), readEntry(one));
    const entry = readEntry(unb64(given.entry));
    return directory.standing(entry.log, entry.seq, await entryHash(unb64(given.entry)), held);
  },
  async "directory-slot"(given, _vector, arrival) {
    const directory = await appended(arrival, given);
    directory.checkSlot(unb64(given.staff), given.kind, given.keys.map(unb64));
    return null;
  },
  async opening(given, vector, arrival) {
    const opened = await openGiven(given, arrival);
    if (vector.problem === undefined) {
      const parts = opened.parts.map(({ audience, payload, failed }) =>
        failed ? { audience, step: failed.number, problem: failed.problem } : { audience, payload },
      );
      return { hash: b64(opened.hash), parts };
    }
    const { audience } = vector;
    const failed =
      audience === null ? opened.failed : opened.parts.find((one) => one.audience === audience && one.failed)?.failed;
    if (audience === null && opened.parts.length > 0) throw new Error("a failed entry showed parts");
    if (!failed || failed.number !== vector["step"]) throw new Error(`failed ${JSON.stringify(failed)}`);
    throw Problem.of(failed.problem);
  },
};

async function openGiven(given: Vector["given"], arrival: Arrival): Promise<OpenedEntry> {
  const directory = await appended(arrival, given);
  const entry = signedOf(given.entry);
  const held = new Entries();
  for (const one of given.held.map(unb64)) held.add(await entryHash(one), readEntry(one));
  const keys = new IdMap<ReadingKey>();
  for (const seed of given.seeds.map(unb64)) {
    const key = await ReadingKey.fromSeed(seed);
    keys.set(key.keyId, key);
  }
  return openSubmission(directory, entry, partsUnderTheirNames(entry, given.parts.map(unb64)), keys, held);
}

/** What a store says the named parts are: in the entry's order, whatever the bytes. */
function partsUnderTheirNames(signed: Signed, parts: Uint8Array[]): IdMap<Uint8Array> {
  const named = new IdMap<Uint8Array>();
  try {
    partsOf(readEntry(signed.bytes)).forEach((ref, at) => {
      named.set(ref.id, parts[at] as Uint8Array);
    });
  } catch {
    // An entry that cannot be read names nothing.
  }
  return named;
}
