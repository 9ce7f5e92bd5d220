/** Wires the vault once, visibly. */
import { dutyOf } from "../sync/duty.ts";
import { httpTransport, type Transport } from "../sync/transport.ts";
import { alarms } from "./alarms.ts";
import { dropColleagues, workers } from "./colleagues.ts";
import { type Context, type Enrolled, needEnrolled } from "./context.ts";
import { Courier } from "./courier.ts";
import { type Database, openDatabase, read } from "./database.ts";
import { enrol } from "./enrolment.ts";
import { fetchForm, formsOf } from "./forms.ts";
import { loadDirectory } from "./keeping.ts";
import { later } from "./loading.ts";
import { takeLock } from "./lock.ts";
import { keepHead } from "./logs.ts";
import { markEnrolled } from "./marker.ts";
import { countStates, removeSafe } from "./outbox.ts";
import { vaultProblem } from "./problems.ts";
import { UnlockedSession } from "./session.ts";
import { statusOf } from "./status.ts";
import { type Syncing, startSyncing } from "./syncing.ts";
import type {
  Colleague,
  Delivered,
  DutyContact,
  EnrolStep,
  FormVersion,
  OpenOptions,
  Session,
  Status,
  StorageReport,
  Vault,
  VaultEvents,
} from "./types.ts";
import { openKeys } from "./unlock.ts";

/** Throws `open_elsewhere`, `storage_failed`, `storage_full`; a directory that does not verify any more: its problem. */
export async function openVault(options: OpenOptions & { transport?: Transport } = {}): Promise<Vault> {
  const { takeOver = false, release = "", transport = httpTransport() } = options;
  let vault: OpenVault | null = null;
  const giveBack = await takeLock(takeOver, () => vault?.lose("open_elsewhere"));
  try {
    const db = await openDatabase(() => vault?.lose("storage_gone"));
    vault = new OpenVault(db, transport, release, giveBack);
    await vault.load();
    return vault;
  } catch (cause) {
    await giveBack();
    throw cause;
  }
}

class OpenVault implements Vault, Context {
  readonly db: Database;
  readonly transport: Transport;
  readonly release: string;
  ready = false;
  enrolled: Enrolled | null = null;
  keys: Context["keys"] = null;
  readonly #courier: Courier;
  readonly #giveBack: () => Promise<void>;
  readonly #listeners = new Map<keyof VaultEvents, Set<() => void>>();
  readonly #forms = new Map<string, Promise<unknown>>();
  #session: UnlockedSession | null = null;
  #lost: "open_elsewhere" | "storage_gone" | null = null;

  constructor(db: Database, transport: Transport, release: string, giveBack: () => Promise<void>) {
    this.db = db;
    this.transport = transport;
    this.release = release;
    this.#giveBack = giveBack;
    this.#courier = new Courier(this);
  }

  async load(): Promise<void> {
    const device = await read(() => this.db.get("device", "device"));
    if (device?.state !== "enrolled") return;
    const directory = await loadDirectory(this.db, device.programme);
    if (!directory) return;
    this.enrolled = { device, directory };
    markEnrolled();
  }

  async status(): Promise<Status> {
    this.ensureOpen();
    return statusOf(this);
  }

  async enrol(fragment: string, onProgress: (step: EnrolStep) => void = () => undefined): Promise<void> {
    this.ensureOpen();
    await enrol(this, fragment, onProgress);
    markEnrolled();
    this.changed();
  }

  async unlock(staffId: string, passphrase: string): Promise<Session> {
    this.ensureOpen();
    await this.#session?.lock();
    const keys = await openKeys(this, staffId, passphrase);
    this.ensureOpen();
    this.keys = keys;
    this.#session = new UnlockedSession(this, keys);
    await keepHead(this);
    this.changed();
    return this.#session;
  }

  session(): Session | null {
    return this.keys ? this.#session : null;
  }

  async wipe(): Promise<void> {
    this.ensureOpen();
    const session = this.#session;
    session?.drop();
    this.keys = null;
    this.#session = null;
    this.changed();
    await session?.settled();
    await (await later()).wipeNames(this);
  }

  duty(): DutyContact[] {
    const { device, directory } = needEnrolled(this);
    return dutyOf(directory.services, device.site);
  }

  async colleagues(): Promise<Colleague[]> {
    this.ensureOpen();
    const all = await workers(this, needEnrolled(this));
    return all.map(({ id, name, stations, ready, added }) => ({ id, name, stations, ready, added }));
  }

  settings(): Record<string, string | number | boolean | null> {
    return Object.fromEntries(needEnrolled(this).directory.settings);
  }

  async push(): Promise<Delivered> {
    const sent = await this.#courier.round();
    await removeSafe(this, 0);
    await dropColleagues(this);
    this.changed();
    const [counts, raised] = await Promise.all([countStates(this.db), alarms(this.db)]);
    return { sent, counts, alarms: raised };
  }

  keepSyncing(onRound: (result: Delivered | { problem: string }) => void = () => undefined): Syncing {
    return startSyncing(() => this.push(), onRound);
  }

  async forms(): Promise<FormVersion[]> {
    const enrolled = needEnrolled(this);
    return formsOf(enrolled, await read(() => this.db.getAll("drafts")));
  }

  compiledForm(version: string): Promise<unknown> {
    const known = this.#forms.get(version);
    if (known) return known;
    const form = fetchForm(version);
    this.#forms.set(version, form);
    form.catch(() => this.#forms.delete(version));
    return form;
  }

  async removeSafe(days = 0): Promise<number> {
    this.ensureOpen();
    const removed = await removeSafe(this, days);
    if (removed > 0) this.changed();
    return removed;
  }

  async storage(): Promise<StorageReport> {
    const persistent = await navigator.storage.persisted();
    const { usage, quota } = await navigator.storage.estimate();
    const free = quota === undefined || usage === undefined ? null : quota - usage;
    return { persistent, used: usage ?? null, free };
  }

  requestPersistence(): Promise<boolean> {
    return navigator.storage.persist();
  }

  noteReady(ready: boolean): void {
    this.ready = ready;
  }

  on(event: keyof VaultEvents, listener: () => void): () => void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  changed(): void {
    this.#emit("changed");
  }

  ensureOpen(): void {
    if (this.#lost) throw vaultProblem(this.#lost);
  }

  /** Another window has the vault, or the browser took the storage: keys go at once, nothing works any more. */
  lose(why: "open_elsewhere" | "storage_gone"): void {
    this.#lost ??= why;
    this.keys = null;
    this.#session?.drop();
    this.#session = null;
    this.db.close();
    void this.#giveBack();
    this.#emit(why === "open_elsewhere" ? "taken" : "gone");
  }

  async close(): Promise<void> {
    await this.#session?.lock();
    this.db.close();
    await this.#giveBack();
  }

  #emit(event: keyof VaultEvents): void {
    for (const listener of this.#listeners.get(event) ?? []) listener();
  }
}
