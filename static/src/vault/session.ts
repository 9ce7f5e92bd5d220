/** One person's unlocked hours: every call first makes sure that these are still the keys in memory. */
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { read } from "./database.ts";
import { Drafts } from "./drafts.ts";
import { listOutbox } from "./outbox.ts";
import { openPeople } from "./people.ts";
import { vaultProblem } from "./problems.ts";
import { sealDraft } from "./sealing.ts";
import type {
  DraftRow,
  DraftState,
  OpenDraft,
  OutboxRow,
  Payload,
  PersonHere,
  Sealed,
  SealLabels,
  Session,
} from "./types.ts";

export class UnlockedSession implements Session {
  readonly staff: { id: string; name: string };
  readonly #context: Context;
  #keys: Keys | null;
  readonly #drafts: Drafts;
  #sealing: Promise<unknown> = Promise.resolve();

  constructor(context: Context, keys: Keys) {
    this.#context = context;
    this.#keys = keys;
    this.#drafts = new Drafts(context);
    this.staff = { id: keys.staff, name: keys.staffName };
  }

  async newDraft({ form, version }: { form: string; version: string }): Promise<DraftRow> {
    this.#ensure();
    return this.#drafts.begin(form, version);
  }

  async drafts(): Promise<DraftRow[]> {
    this.#ensure();
    return this.#drafts.list();
  }

  async openDraft(id: string): Promise<OpenDraft> {
    this.#ensure();
    return this.#drafts.open(id);
  }

  async saveDraft(id: string, state: DraftState): Promise<number> {
    this.#ensure();
    return this.#drafts.save(id, state);
  }

  async discardDraft(id: string): Promise<void> {
    this.#ensure();
    return this.#drafts.discard(id);
  }

  /** Seals wait for each other: each needs the place after the one before. */
  seal(draftId: string, payloads: readonly Payload[], labels: SealLabels): Promise<Sealed> {
    const sealed = this.#sealing.then(() => {
      this.#ensure();
      return sealDraft(this.#context, this.#drafts, draftId, payloads, labels);
    });
    this.#sealing = sealed.catch(() => undefined);
    return sealed;
  }

  async outbox(): Promise<OutboxRow[]> {
    this.#ensure();
    return listOutbox(this.#context);
  }

  async people(): Promise<PersonHere[]> {
    const { vault } = this.#ensure();
    const { db } = this.#context;
    const [keys, records] = await read(() => Promise.all([db.getAllKeys("people"), db.getAll("people")]));
    const rows = keys.map((key, at): [string, Uint8Array] => [key, records[at] as Uint8Array]);
    return openPeople(needEnrolled(this.#context).device.programme, vault, rows);
  }

  async lock(): Promise<void> {
    await Promise.all([this.#drafts.settle(), this.#sealing]);
    const here = this.#keys !== null && this.#context.keys === this.#keys;
    this.drop();
    if (!here) return;
    this.#context.keys = null;
    this.#context.changed();
  }

  /** Lets every key go at once: whoever still holds this session holds nothing. */
  drop(): void {
    this.#keys = null;
    this.#drafts.forgetAll();
  }

  #ensure(): Keys {
    this.#context.ensureOpen();
    if (this.#keys === null || this.#context.keys !== this.#keys) throw vaultProblem("locked");
    return this.#keys;
  }
}
