/** A made-up programme for tests of the vault. It survives a dead browser as JSON, which the test keeps. */
import { Directory } from "../../../static/src/sync/directory.ts";
import { DirectoryDraft } from "../../../static/src/sync/directory-write.ts";
import type { Signed } from "../../../static/src/sync/entry.ts";
import { b64, madeId, sha256, unb64 } from "../../../static/src/sync/ids.ts";
import { ReadingKey, SigningKey } from "../../../static/src/sync/keys.ts";
import { writeLink } from "../../../static/src/sync/link.ts";
import { randomBytes } from "../../../static/src/sync/randomness.ts";
import { COST, deriveSlot, sealSlot } from "../../../static/src/sync/slot.ts";
import { derive } from "../../../static/src/vault/argon.ts";

type Bytes = Uint8Array<ArrayBuffer>;
export interface Kept {
  bytes: string;
  signature: string;
}

export interface World {
  programme: string;
  chain: Kept[];
  store: string;
  /** A relay that the directory lists too. */
  relay: string;
  /** Signs the directory. */
  admin: string;
  /** Staff id of who keeps the people key. */
  steward: string;
  link: string;
  form: string;
  /** The seeds of the site's people key, epoch 1 first. */
  people: string[];
  staff: { id: string; name: string; passphrase: string }[];
  slots: Record<string, string>;
  /** What the store holds: entries by hash, objects by id. */
  entries: Record<string, Kept>;
  objects: Record<string, string>;
  heads: Kept[];
}

export const PEOPLE = "people@arrival";
const AUDIENCES = ["coordination", "family"];
const BUCKET = 4096;
export const kept = ({ bytes, signature }: Signed): Kept => ({ bytes: b64(bytes), signature: b64(signature) });
export const signedOf = ({ bytes, signature }: Kept): Signed => ({ bytes: unb64(bytes), signature: unb64(signature) });

/**
 * Root, an administrator, two intake workers who unlock tablets, one form for three audiences, one invitation that admits
 * `count` tablets for `lasts` milliseconds.
 */
export async function found(count = 1, lasts = 365 * 24 * 3600 * 1000): Promise<World> {
  const [root, admin, store, relay, invitation] = await Promise.all([0, 1, 2, 3, 4].map(() => SigningKey.generate()));
  if (!root || !admin || !store || !relay || !invitation) throw new Error("keys");
  const [recovery, reading] = [await ReadingKey.generate(), await ReadingKey.generate()];
  const now = Date.now();
  const steward = madeId();
  const draft = await DirectoryDraft.on(new Directory(root.key.keyId), admin.key, now);
  await draft.write("programme", { name: "Practice", root: root.key.public, recovery: recovery.public }, root.key);
  const person = { staff: steward, name: "Gulnara", site: "arrival", stations: [] };
  const desk = { signing: admin.key.public, reading: reading.public, work: null };
  await draft.write("administrator", { ...person, ...desk }, root.key);
  await draft.write("site", { site: "arrival", name: "Arrival hall", role: "arrival" });
  await draft.write("store", { key: store.key.public, role: "centre", name: "centre" });
  await draft.write("store", { key: relay.key.public, role: "relay", name: "laptop" });
  const people = await ReadingKey.generate();
  await draft.epoch(PEOPLE, people, steward, []);
  for (const audience of AUDIENCES) {
    await draft.write("audience", { audience, epoch: 1, key: (await ReadingKey.generate()).public, steward });
  }
  const form = randomBytes(32);
  const audiences = ["people", "coordination", "family"].map((audience) => ({ audience, bucket: BUCKET }));
  await draft.write("form", { form: "registration", number: 1, version: form, audiences, files: [] });
  const { staff, slots } = await hire(root.key.keyId, draft);
  const end = now + lasts;
  await draft.write("invitation", { key: invitation.key.public, site: "arrival", end, count, name: "T-01" });
  const { directory } = draft;
  if (!directory.head) throw new Error("no head");
  return {
    programme: b64(root.key.keyId),
    chain: directory.since(0).map(kept),
    store: b64(store.pkcs8),
    relay: b64(relay.pkcs8),
    admin: b64(admin.pkcs8),
    steward: b64(steward),
    link: writeLink(root.key.keyId, directory.head, invitation.pkcs8),
    form: b64(form),
    people: [b64(people.seed)],
    staff,
    slots,
    entries: {},
    objects: Object.fromEntries(
      await Promise.all(draft.objects.map(async (one) => [b64(await sha256(one)), b64(one)])),
    ),
    heads: [],
  };
}

/** Staff entries and tablet slots for more people. */
export async function hire(
  pid: Bytes,
  draft: DirectoryDraft,
  names = ["Aigerim", "Daniyar"],
): Promise<Pick<World, "staff" | "slots">> {
  const staff: World["staff"] = [];
  const slots: World["slots"] = {};
  for (const name of names) {
    const id = madeId();
    const work = await ReadingKey.generate();
    const keys = { signing: null, reading: null, work: work.public };
    await draft.write("staff", { staff: id, name, site: "arrival", stations: ["registration"], ...keys });
    const passphrase = `${name.toLowerCase()} lamp river stone`;
    const { wrap } = await deriveSlot(pid, id, "tablet", passphrase, COST, derive);
    slots[b64(id)] = b64(await sealSlot(pid, id, { kind: "tablet", work }, COST, wrap));
    staff.push({ id: b64(id), name, passphrase });
  }
  return { staff, slots };
}
