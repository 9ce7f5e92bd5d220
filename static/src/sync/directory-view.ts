/** What others ask the directory: whose key, which epoch, who may read, does it still stand. */
import { type Bytes, equal } from "./bytes.ts";
import type { Form, Invitation, Reason, Service, Site, Store } from "./directory-bodies.ts";
import { mayRead } from "./directory-rules-keys.ts";
import {
  type ListedAudience,
  type ListedDevice,
  type ListedGrant,
  type Person,
  type Reader,
  type Revocation,
  type Signer,
  State,
} from "./directory-state.ts";
import { IdMap } from "./idmap.ts";
import { keyOfLog } from "./ids.ts";
import type { Chain } from "./log.ts";
import { Problem } from "./problems.ts";
import type { SlotKind } from "./slot.ts";

/** Questions to a `State`. Maps are the state's own: read them, never change them. */
export class View {
  readonly pid: Bytes;
  protected state: State;

  protected constructor(pid: Uint8Array) {
    this.state = new State(pid);
    this.pid = this.state.pid;
  }

  /** The programme's name; null before its first entry. */
  get name(): string | null {
    return this.state.programme?.name ?? null;
  }

  /** The public recovery key. Throws `wrong_programme` before the first entry. */
  get recovery(): Bytes {
    if (!this.state.programme) throw new Problem("wrong_programme", { reason: "empty" });
    return this.state.programme.recovery;
  }

  /** The newest record of everybody, by staff id; administrators too. `stands` says whose keys still count. */
  get staff(): IdMap<Person> {
    return this.state.people;
  }

  /** Those who sign the directory now. */
  get administrators(): Person[] {
    return this.state.administrators();
  }

  /** By signing key id, in the order of enrolment. */
  get devices(): IdMap<ListedDevice> {
    return this.state.devices;
  }

  /** By key id. */
  get stores(): IdMap<Store> {
    return this.state.stores;
  }

  get sites(): ReadonlyMap<string, Site> {
    return this.state.sites;
  }

  get services(): readonly Service[] {
    return this.state.services;
  }

  /** By name, epoch 1 first. */
  get audiences(): ReadonlyMap<string, readonly ListedAudience[]> {
    return this.state.audiences;
  }

  /** Without the withdrawn, in the order of the chain. */
  get grants(): ListedGrant[] {
    return this.state.grants.values().filter((one) => !this.state.withdrawn.has(one.hash));
  }

  /** By version. */
  get forms(): IdMap<Form> {
    return this.state.forms;
  }

  /** Given for versions that ask what forms may not ask: by version, then by the key that signed. */
  get reasons(): IdMap<IdMap<Reason>> {
    return this.state.reasons;
  }

  /** By key id. */
  get invitations(): IdMap<Invitation> {
    return this.state.invitations;
  }

  get settings(): ReadonlyMap<string, string | number | boolean | null> {
    return this.state.settings;
  }

  /** Object ids that are gone for ever, with the time of their `erase` (a claim, ms). */
  get erased(): IdMap<number> {
    return this.state.erased;
  }

  /** By key id. */
  get revoked(): IdMap<Revocation> {
    return this.state.revoked;
  }

  get release(): string | null {
    return this.state.release;
  }

  /** Whether this key id is listed and not revoked. */
  stands(key: Uint8Array): boolean {
    return (this.state.signers.has(key) || this.state.readers.has(key)) && !this.state.revoked.has(key);
  }

  /** The holder of a signing key id, revoked or not; undefined when not listed. */
  signer(key: Uint8Array): Signer | undefined {
    return this.state.signers.get(key);
  }

  /** The holder of a reading or work key id, revoked or not; undefined when not listed. */
  reader(key: Uint8Array): Reader | undefined {
    return this.state.readers.get(key);
  }

  /** The device or person that writes this log, revoked or not; undefined when nobody listed does. */
  writer(log: Uint8Array): Signer | undefined {
    const signer = this.state.signers.get(keyOfLog(log));
    return signer && ["device", "staff", "administrator"].includes(signer.kind) ? signer : undefined;
  }

  /** The public key that signs this log's entries, revoked or not; undefined when nobody listed does. */
  keyOfLog(log: Uint8Array): Bytes | undefined {
    return this.writer(log)?.public;
  }

  /** A listed store that was not revoked. A key outside the list is a hint at most (6.5). */
  store(key: Uint8Array): Store | undefined {
    return this.state.revoked.has(key) ? undefined : this.state.stores.get(key);
  }

  /** The public key of a listed store (of that role). Throws `unlisted_store` or `revoked`. */
  storeKey(key: Uint8Array, role?: Store["role"]): Bytes {
    const store = this.state.stores.get(key);
    if (!store || (role !== undefined && store.role !== role)) throw new Problem("unlisted_store");
    if (this.state.revoked.has(key)) throw new Problem("revoked");
    return store.key;
  }

  /** The newest epoch. Throws `not_listed`. */
  current(audience: string): ListedAudience {
    const newest = this.state.audiences.get(audience)?.at(-1);
    if (!newest) throw new Problem("not_listed", { audience });
    return newest;
  }

  /** Key id → epoch, of all epochs. */
  audienceKeys(audience: string): IdMap<number> {
    const keys = new IdMap<number>();
    for (const one of this.state.audiences.get(audience) ?? []) keys.set(one.keyId, one.epoch);
    return keys;
  }

  /** The grants that this reading key id may open. */
  heldBy(reader: Uint8Array): ListedGrant[] {
    return this.grants.filter((one) => equal(one.reader, reader));
  }

  /** Whether a grant of this audience to this reading key would be accepted for its reader. */
  mayHold(reader: Uint8Array, audience: string): boolean {
    const holder = this.state.readers.get(reader);
    return holder !== undefined && !this.state.revoked.has(reader) && mayRead(holder, audience);
  }

  /**
   * Throws `slot_mismatch` unless these are the listed key ids of that person for that kind of slot (a store could hand out keys of its
   * own making), `revoked` when they fell.
   */
  checkSlot(staff: Uint8Array, kind: SlotKind, keys: readonly Uint8Array[]): void {
    const person = this.state.people.get(staff);
    const wanted = kind === "desk" ? [person?.signingId, person?.readingId] : [person?.workId];
    const same = wanted.length === keys.length && wanted.every((id, at) => id && equal(id, keys[at] as Bytes));
    if (!same) throw new Problem("slot_mismatch", { reason: "directory" });
    if (keys.some((key) => this.state.revoked.has(key))) throw new Problem("revoked");
  }

  /**
   * `revoked` for an entry of a revoked key whose chain does not lead up to a cut (6.3), else null. Without a `chain`
   * only the cut's own entry is known to count.
   */
  standing(log: Uint8Array, seq: number, hash: Uint8Array, chain?: Chain): "revoked" | null {
    const revocation = this.state.revoked.get(keyOfLog(log));
    if (!revocation) return null;
    const cut = revocation.cuts.get(log);
    if (!cut || seq > cut.seq) return "revoked";
    const onChain = seq === cut.seq ? cut.hash : chain?.hashOnChain(cut.hash, seq);
    return onChain && equal(onChain, hash) ? null : "revoked";
  }
}
