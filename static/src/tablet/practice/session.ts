/**
 * A session to learn on: what the vault's session does, wholly in memory, with a made-up family.
 *
 * Rules:
 * - Nothing leaves this object: no storage, no request, no key. Sealing drops the answers there and then; what stays is
 *   the row of its own outbox and what the people list would have learned.
 * - What it gives and takes is copied, as a disk does: a caller's later change reaches nothing here.
 * - After `lock` everything is gone and every call is `locked`.
 * - What only a real shift can do (end it, close the tablet, add a colleague) is `practice_only`.
 */
import { nowMs } from "../../sync/clock.ts";
import { b64, hex, madeId } from "../../sync/ids.ts";
import { Problem } from "../../sync/problems.ts";
import { randomBytes } from "../../sync/randomness.ts";
import { draftRow } from "../../vault/draft-row.ts";
import type {
  Attached,
  DraftRow,
  DraftState,
  Hand,
  Mark,
  OpenDraft,
  OutboxRow,
  Payload,
  PersonHere,
  Sealed,
  SealLabels,
  Session,
  ShiftHead,
} from "../../vault/index.ts";
import { type Merged, mergePeople, type Said } from "../../vault/merging.ts";
import { COLLEAGUES, LOG, madeUp } from "./family.ts";

/** This session's own codes; `unknown_draft` and the like are the vault's. */
export const PRACTICE_CODES = ["practice_only"] as const;

interface Kept {
  readonly id: string;
  readonly form: string;
  readonly version: string;
  readonly begun: number;
  author: string;
  savedAt: number | null;
  state: DraftState | null;
  hands: Hand[];
  readonly attached: Map<string, Attached>;
}

interface Memory {
  readonly drafts: Map<string, Kept>;
  readonly said: Said[];
  readonly outbox: OutboxRow[];
  marks: Mark[];
  merged: Merged | null;
}

export class PracticeSession implements Session {
  readonly staff: { id: string; name: string };
  #memory: Memory | null;

  /** `staff` = whoever practises; `now` in ms: when the made-up morning is over. */
  constructor(staff: { id: string; name: string }, now = nowMs()) {
    this.staff = { ...staff };
    this.#memory = { drafts: new Map(), said: madeUp(now), outbox: [], marks: [], merged: null };
  }

  async newDraft({ form, version }: { form: string; version: string }): Promise<DraftRow> {
    const { drafts } = this.#here();
    const id = b64(madeId());
    const made: Kept = {
      id,
      form,
      version,
      begun: nowMs(),
      author: this.staff.id,
      savedAt: null,
      state: null,
      hands: [],
      attached: new Map(),
    };
    drafts.set(id, made);
    return rowOf(made);
  }

  async drafts(): Promise<DraftRow[]> {
    const own = [...this.#here().drafts.values()].filter((one) => one.author === this.staff.id);
    return own.map(rowOf).sort((one, other) => (other.savedAt ?? other.begun) - (one.savedAt ?? one.begun));
  }

  async openDraft(id: string): Promise<OpenDraft> {
    const draft = this.#mine(id);
    return { ...rowOf(draft), state: structuredClone(draft.state) };
  }

  async saveDraft(id: string, state: DraftState): Promise<number> {
    const draft = this.#mine(id);
    draft.state = structuredClone(state);
    draft.savedAt = nowMs();
    return draft.savedAt;
  }

  async discardDraft(id: string): Promise<void> {
    this.#here().drafts.delete(this.#mine(id).id);
  }

  async attach(draftId: string, { type, bytes }: Attached): Promise<string> {
    const name = `${hex(randomBytes(8))}.bin`;
    this.#mine(draftId).attached.set(name, { type, bytes: bytes.slice() });
    return name;
  }

  async attachment(draftId: string, name: string): Promise<Attached> {
    const found = this.#mine(draftId).attached.get(name);
    if (!found) throw Problem.of("attachment_missing");
    return { ...found };
  }

  async keepAttachments(draftId: string, names: readonly string[]): Promise<void> {
    const { attached } = this.#mine(draftId);
    for (const name of attached.keys()) if (!names.includes(name)) attached.delete(name);
  }

  /** Practised: the draft is gone, the answers with it; `payloads` are looked at and dropped. */
  async seal(draftId: string, payloads: readonly Payload[], labels: SealLabels): Promise<Sealed> {
    const memory = this.#here();
    const { form, version } = this.#mine(draftId);
    if (new Set(payloads.map((one) => one.audience)).size !== payloads.length) throw new Problem("wrong_audiences");
    const at = nowMs();
    const seq = memory.outbox.length + 1;
    const { title, card, name, people } = structuredClone(labels);
    const said = { submission: draftId, form, log: LOG, here: true, device: null, state: "tablet" as const };
    memory.said.push({ ...said, seq: memory.said.length + 1, at, rows: people });
    memory.merged = null;
    memory.outbox.unshift({
      submission: draftId,
      seq,
      form,
      version,
      sealedAt: at,
      state: "tablet",
      receiptAt: null,
      problem: null,
      attachments: null,
      title,
      card,
      name,
    });
    memory.drafts.delete(draftId);
    return { submission: draftId, seq, sealedAt: at };
  }

  async handOver(draftId: string, staffId: string): Promise<void> {
    const draft = this.#mine(draftId);
    if (staffId === this.staff.id) return;
    if (!COLLEAGUES.some((one) => one.id === staffId)) throw Problem.of("unknown_colleague");
    draft.hands = [...draft.hands, { ...this.staff, at: nowMs() }];
    draft.author = staffId;
  }

  async outbox(): Promise<OutboxRow[]> {
    return structuredClone(this.#here().outbox);
  }

  async people(): Promise<readonly PersonHere[]> {
    return this.#merged().people;
  }

  async person(card: string): Promise<PersonHere | null> {
    return this.#merged().byCode.get(card) ?? null;
  }

  async marks(): Promise<Mark[]> {
    return structuredClone(this.#here().marks);
  }

  async mark(one: Omit<Mark, "id" | "at" | "by">): Promise<Mark> {
    const mark: Mark = { ...one, id: b64(madeId()), at: nowMs(), by: { ...this.staff } };
    this.#here().marks.push(mark);
    return { ...mark };
  }

  async unmark(id: string): Promise<void> {
    const memory = this.#here();
    memory.marks = memory.marks.filter((one) => one.id !== id);
  }

  async addColleague(): Promise<{ id: string; passphrase: string }> {
    throw this.#only();
  }

  async head(): Promise<ShiftHead> {
    throw this.#only();
  }

  async close(): Promise<void> {
    throw this.#only();
  }

  async lock(): Promise<void> {
    this.#memory = null;
  }

  #only(): Problem {
    this.#here();
    return Problem.of("practice_only");
  }

  #merged(): Merged {
    const memory = this.#here();
    memory.merged ??= mergePeople(memory.said);
    return memory.merged;
  }

  #here(): Memory {
    if (this.#memory === null) throw Problem.of("locked");
    return this.#memory;
  }

  #mine(id: string): Kept {
    const draft = this.#here().drafts.get(id);
    if (!draft) throw Problem.of("unknown_draft");
    if (draft.author !== this.staff.id) throw Problem.of("not_your_draft");
    return draft;
  }
}

const rowOf = (draft: Kept): DraftRow => draftRow(draft, draft.state, draft.hands);
