/** Writing directory entries: on top of a head, signed by whoever may. */
import { writeBundle } from "./bundle.ts";
import type { Bytes } from "./bytes.ts";
import type { Directory } from "./directory.ts";
import { deviceProof } from "./directory-rules-people.ts";
import { entryHash, type Signed, writeEntry, ZERO_HASH } from "./entry.ts";
import { sealGrant } from "./grant.ts";
import { directoryLog } from "./ids.ts";
import { keyId, type ReadingKey, type SigningKey, sha256 } from "./keys.ts";
import { Problem } from "./problems.ts";
import type { WireMap } from "./wire.ts";

/** The next entry of the chain, signed by `key`; `append` judges it. */
export function directoryEntry(
  directory: Directory,
  key: SigningKey,
  kind: string,
  body: WireMap,
  at: number,
): Promise<Signed> {
  const place = { log: directoryLog(directory.pid), seq: directory.seq + 1, prev: directory.head?.hash ?? ZERO_HASH };
  const claims = { time: at, offset: null, directory: null };
  return writeEntry(directory.pid, key, { ...place, kind, body, ...claims, by: key.keyId });
}

/**
 * Several entries in a row on top of a directory, tried on a copy: nothing is appended until a store does. After
 * `directory_moved`, start a new draft on the new head and write again.
 */
export class DirectoryDraft {
  /** The copy, with what was written so far. */
  readonly directory: Directory;
  readonly entries: Signed[] = [];
  readonly #key: SigningKey;
  readonly #at: number;

  /** Objects that the entries name: the grants'. */
  readonly objects: Bytes[] = [];

  private constructor(directory: Directory, key: SigningKey, at: number) {
    this.directory = directory;
    this.#key = key;
    this.#at = at;
  }

  static async on(directory: Directory, key: SigningKey, at: number): Promise<DirectoryDraft> {
    return new DirectoryDraft(await directory.copy(), key, at);
  }

  /** Writes and checks one more; its hash. Throws what a store would. */
  async write(kind: string, body: WireMap, key: SigningKey = this.#key): Promise<Bytes> {
    const signed = await directoryEntry(this.directory, key, kind, body, this.#at);
    await this.directory.append(signed, this.#at);
    this.entries.push(signed);
    return entryHash(signed.bytes);
  }

  /**
   * Gives the audience's `key` of that epoch to the holder of the public key `reader`; the entry's hash. Throws
   * `swapped_key` when `key` is not the listed one.
   */
  async grant(audience: string, epoch: number, key: ReadingKey, reader: Uint8Array): Promise<Bytes> {
    if (this.directory.audienceKeys(audience).get(key.keyId) !== epoch) {
      throw new Problem("swapped_key", { audience, epoch });
    }
    const object = await sealGrant(this.directory.pid, audience, epoch, key, reader);
    this.objects.push(object);
    const [id, readerId] = await Promise.all([sha256(object), keyId(reader)]);
    return this.write("grant", { audience, epoch, reader: readerId, object: id, size: object.length });
  }

  /** A new epoch with its grants, recovery's first; its number. `steward` is a staff id, `readers` are public keys. */
  async epoch(audience: string, key: ReadingKey, steward: Uint8Array, readers: readonly Uint8Array[]): Promise<number> {
    const epoch = (this.directory.audiences.get(audience)?.length ?? 0) + 1;
    await this.write("audience", { audience, epoch, key: key.public, steward });
    for (const reader of [this.directory.recovery, ...readers]) await this.grant(audience, epoch, key, reader);
    return epoch;
  }

  /** What to push: the entries and the grants that they name, in one bundle or nothing. */
  bundle(): Bytes {
    return writeBundle({ directory: this.entries, chunks: this.objects });
  }
}

/** The body of a `device` with its proof; `invitation` is the invitation's key id. */
export async function deviceBody(
  pid: Uint8Array,
  device: { name: string; site: string; signing: SigningKey; reading: ReadingKey; invitation: Uint8Array },
): Promise<WireMap> {
  const { name, site, signing, reading, invitation } = device;
  const proof = await signing.sign("esik/1/device", pid, await deviceProof(signing.public, reading.public, invitation));
  return { name, site, signing: signing.public, reading: reading.public, invitation, proof };
}
