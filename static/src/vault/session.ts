/** One person's unlocked hours: every call first makes sure that these are still the keys in memory. */
import type { Context, Keys } from "./context.ts";
import { Drafts } from "./drafts.ts";
import { later } from "./loading.ts";
import { listOutbox } from "./outbox.ts";
import { vaultProblem } from "./problems.ts";
import { sealDraft } from "./sealing.ts";
import type {
  Attached,
  DraftRow,
  DraftState,
  Mark,
  OpenDraft,
  OutboxRow,
  Payload,
  PersonHere,
  Sealed,
  SealLabels,
  Session,
  ShiftHead,
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

  async attach(draftId: string, attached: Attached): Promise<string> {
    const { attach } = await later();
    this.#ensure();
    return attach(this.#context, this.#drafts, draftId, attached);
  }

  async attachment(draftId: string, name: string): Promise<Attached> {
    const { attachment } = await later();
    this.#ensure();
    return attachment(this.#context, this.#drafts, draftId, name);
  }

  async keepAttachments(draftId: string, names: readonly string[]): Promise<void> {
    const { keepAttachments } = await later();
    this.#ensure();
    return keepAttachments(this.#context, this.#drafts, draftId, names);
  }

  /** Seals wait for each other: each needs the place after the one before. */
  seal(
    draftId: string,
    payloads: readonly Payload[],
    labels: SealLabels,
    links: { continues?: string | null } = {},
  ): Promise<Sealed> {
    const sealed = this.#sealing.then(() => {
      this.#ensure();
      return sealDraft(this.#context, this.#drafts, draftId, payloads, labels, links.continues ?? null);
    });
    this.#sealing = sealed.catch(() => undefined);
    return sealed;
  }

  async handOver(draftId: string, staffId: string): Promise<void> {
    const { handOver } = await later();
    return handOver(this.#context, this.#ensure(), this.#drafts, draftId, staffId);
  }

  async outbox(): Promise<OutboxRow[]> {
    this.#ensure();
    return listOutbox(this.#context);
  }

  async people(): Promise<readonly PersonHere[]> {
    const keys = this.#ensure();
    return (await keys.people.merged(this.#context, keys)).people;
  }

  async person(card: string): Promise<PersonHere | null> {
    const keys = this.#ensure();
    return (await keys.people.merged(this.#context, keys)).byCode.get(card) ?? null;
  }

  async marks(): Promise<Mark[]> {
    const { listMarks } = await later();
    return listMarks(this.#context, this.#ensure());
  }

  async mark(one: Omit<Mark, "id" | "at" | "by">): Promise<Mark> {
    const { addMark } = await later();
    return addMark(this.#context, this.#ensure(), one);
  }

  async unmark(id: string): Promise<void> {
    const { removeMark } = await later();
    this.#ensure();
    return removeMark(this.#context, id);
  }

  async addColleague(name: string, stations: readonly string[]): Promise<{ id: string; passphrase: string }> {
    const { addColleague } = await later();
    return addColleague(this.#context, this.#ensure(), name, stations);
  }

  async head(): Promise<ShiftHead> {
    const { shiftHead } = await later();
    await this.#sealing;
    return shiftHead(this.#context, this.#ensure());
  }

  async close(): Promise<void> {
    const { closeTablet } = await later();
    await Promise.all([this.#drafts.settle(), this.#sealing]);
    await closeTablet(this.#context, this.#ensure());
    await this.lock();
  }

  async lock(): Promise<void> {
    await Promise.all([this.#drafts.settle(), this.#sealing]);
    const here = this.#keys !== null && this.#context.keys === this.#keys;
    this.drop();
    if (!here) return;
    this.#context.keys = null;
    this.#context.changed();
  }

  /** Until the seals that were asked for have ended, one way or the other. */
  async settled(): Promise<void> {
    await this.#sealing;
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
