/** What a directory's entries add up to. Nothing here checks: the rules do, and only `Directory` calls them. */
import { type Bytes, equal } from "./bytes.ts";
import type {
  Administrator,
  AudienceEpoch,
  Device,
  Form,
  Grant,
  Invitation,
  Programme,
  Reason,
  Service,
  Site,
  Staff,
  Store,
} from "./directory-bodies.ts";
import type { Entry, Head } from "./entry.ts";
import { IdMap, IdSet } from "./idmap.ts";
import { hex } from "./ids.ts";

/** Who holds a listed signing key. `owner` is the staff id, or for the others the key id itself. */
export interface Signer {
  readonly kind: "root" | "administrator" | "staff" | "device" | "store" | "invitation";
  readonly public: Bytes;
  readonly owner: Bytes;
  readonly site: string | null;
}

/** Who holds a listed reading or work key. `owner` is a staff id or a device's signing key id. */
export interface Reader {
  readonly kind: "recovery" | "staff" | "work" | "device";
  readonly public: Bytes;
  readonly owner: Bytes;
  readonly site: string | null;
}

/** Key ids of a person, null where there is no such key. */
export interface PersonKeys {
  readonly signingId: Bytes | null;
  readonly readingId: Bytes | null;
  readonly workId: Bytes | null;
}
/** The newest record of a person; `administrator` tells the two kinds apart. */
export type Person =
  | (Administrator & PersonKeys & { readonly administrator: true })
  | (Staff & PersonKeys & { readonly administrator: false });

export type ListedDevice = Device & { readonly signingId: Bytes; readonly readingId: Bytes };
export type ListedAudience = AudienceEpoch & { readonly keyId: Bytes };
/** A grant, and the hash and number of its entry. */
export type ListedGrant = Grant & { readonly hash: Bytes; readonly seq: number };

/** A key that fell at directory number `seq`; per log the last entry that counts. */
export interface Revocation {
  readonly seq: number;
  readonly reason: string;
  readonly cuts: IdMap<Head>;
}

/** What a rule is told of the entry it judges. `at` is the judge's own clock, null where it has no say. */
export interface Context {
  readonly entry: Entry;
  readonly hash: Bytes;
  readonly by: Bytes;
  readonly at: number | null;
}

/** Everything listed. Keyed by key id unless the name says otherwise; revoked things stay, and `revoked` says so. */
export class State {
  readonly pid: Bytes;
  programme: Programme | null = null;
  readonly signers = new IdMap<Signer>();
  readonly readers = new IdMap<Reader>();
  /** By staff id, the newest record. */
  readonly people = new IdMap<Person>();
  readonly stores = new IdMap<Store>();
  readonly sites = new Map<string, Site>();
  readonly services: Service[] = [];
  /** Epoch 1 first. */
  readonly audiences = new Map<string, ListedAudience[]>();
  /** By entry hash, also the withdrawn ones. */
  readonly grants = new IdMap<ListedGrant>();
  readonly withdrawn = new IdSet();
  readonly invitations = new IdMap<Invitation>();
  /** Devices that each invitation has let in. */
  readonly used = new IdMap<number>();
  /** By signing key id. */
  readonly devices = new IdMap<ListedDevice>();
  /** By version. */
  readonly forms = new IdMap<Form>();
  /** By version, then by the key that signed; the newest of each. */
  readonly reasons = new IdMap<IdMap<Reason>>();
  readonly settings = new Map<string, string | number | boolean | null>();
  readonly revoked = new IdMap<Revocation>();
  /** Object id → time of the `erase`, ms. */
  readonly erased = new IdMap<number>();
  release: string | null = null;

  constructor(pid: Uint8Array) {
    this.pid = pid.slice() as Bytes;
  }

  /** Whether this signing key signs the directory now: of the newest record, and not revoked. */
  isAdministrator(key: Uint8Array): boolean {
    const signer = this.signers.get(key);
    const person = signer && this.people.get(signer.owner);
    return !!person?.administrator && !!person.signingId && equal(person.signingId, key) && !this.revoked.has(key);
  }

  /** Those who sign now. */
  administrators(): Person[] {
    return this.people.values().filter((one) => one.signingId !== null && this.isAdministrator(one.signingId));
  }

  /** Whether any audience, signer or reader has this key id. */
  isListed(key: Uint8Array): boolean {
    return this.signers.has(key) || this.readers.has(key) || this.isAudienceKey(key);
  }

  isAudienceKey(key: Uint8Array): boolean {
    return [...this.audiences.values()].some((epochs) => epochs.some((one) => equal(one.keyId, key)));
  }

  /** Every listed key id of whoever holds `key`; empty for a key that nobody holds. */
  keysOf(key: Uint8Array): Bytes[] {
    const signer = this.signers.get(key);
    const holder = signer ?? this.readers.get(key);
    if (!holder) return [];
    if (signer && (signer.kind === "store" || signer.kind === "invitation")) return [key as Bytes];
    const all = [...this.signers.entries(), ...this.readers.entries()];
    const owner = hex(holder.owner);
    return all.filter(([, other]) => hex(other.owner) === owner).map(([id]) => id);
  }
}
