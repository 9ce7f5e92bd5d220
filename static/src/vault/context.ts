/** What the vault's concerns share, and nothing else: database, line, directory, and the keys while unlocked. */
import type { Directory } from "../sync/directory.ts";
import type { Head } from "../sync/entry.ts";
import type { IdMap } from "../sync/idmap.ts";
import type { ReadingKey, SigningKey } from "../sync/keys.ts";
import type { Transport } from "../sync/transport.ts";
import type { Database, DeviceRow } from "./database.ts";
import type { PeopleList } from "./people.ts";
import { vaultProblem } from "./problems.ts";

/** In memory only, from unlock to lock. */
export interface Keys {
  /** b64 staff id. */
  readonly staff: string;
  readonly staffName: string;
  readonly work: ReadingKey;
  readonly vault: CryptoKey;
  /** The same key's bytes, to seal it to staff who are added later. */
  readonly vaultBytes: Uint8Array<ArrayBuffer>;
  readonly signing: SigningKey;
  readonly reading: ReadingKey;
  /** The people list, opened. */
  readonly people: PeopleList;
  /** The site's people keys out of this tablet's grants, by key id. */
  readonly site: IdMap<ReadingKey>;
}

/** An enrolled tablet: its identity and the directory as verified from the pinned programme. */
export interface Enrolled {
  readonly device: DeviceRow;
  readonly directory: Directory;
}

export interface Context {
  readonly db: Database;
  readonly transport: Transport;
  readonly release: string;
  /** What *Ready for offline* said last; told in the head statement. */
  ready: boolean;
  /** Null until enrolled. */
  enrolled: Enrolled | null;
  keys: Keys | null;
  /** Problems if another window took over or the storage is gone. */
  ensureOpen(): void;
  changed(): void;
}

export function needEnrolled(context: Context): Enrolled {
  if (!context.enrolled) throw vaultProblem("not_enrolled");
  return context.enrolled;
}

export function needKeys(context: Context): Keys {
  if (!context.keys) throw vaultProblem("locked");
  return context.keys;
}

/** The head that a writer claims to know; an enrolled tablet's directory is never empty. */
export function needHead(directory: Directory): Head {
  if (!directory.head) throw vaultProblem("not_enrolled");
  return directory.head;
}
