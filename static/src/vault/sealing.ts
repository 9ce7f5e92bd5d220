/**
 * Sealing: a draft becomes a submission that this tablet cannot read any more.
 *
 * All bytes are made first: parts, entry, signature, head, people rows, labels. Then one strict transaction puts them and
 * deletes the draft, so that a `kill -9` leaves the draft or the submission, never both and never neither. The log's
 * place is looked at again inside it: if another window sealed meanwhile, everything is made anew on the new place.
 */
import type { SealedAttachment } from "../sync/attachments.ts";
import { nowMs } from "../sync/clock.ts";
import type { Signed } from "../sync/entry.ts";
import { b64, unb64 } from "../sync/ids.ts";
import type { JsonMap } from "../sync/json.ts";
import type { LogState } from "../sync/log.ts";
import { Problem } from "../sync/problems.ts";
import { type SealedObject, type SealedPart, sealSubmission } from "../sync/seal.ts";
import { type Context, needEnrolled, needKeys } from "./context.ts";
import { type DraftRecord, type EntryRow, fact, piecesOf, place, write } from "./database.ts";
import type { Drafts } from "./drafts.ts";
import { later } from "./loading.ts";
import { advance, signHead, type Writable, writableLog } from "./logs.ts";
import { sealLabels } from "./outbox.ts";
import { type Group, type Page, sealPage } from "./people.ts";
import { vaultProblem } from "./problems.ts";
import type { Payload, Sealed, SealLabels } from "./types.ts";

interface Made {
  readonly next: LogState;
  readonly row: EntryRow;
  readonly parts: readonly SealedPart[];
  readonly chunks: readonly SealedObject[];
  readonly head: Signed;
  /** Null when it names nobody. */
  readonly page: Page | null;
}

export async function sealDraft(
  context: Context,
  drafts: Drafts,
  draftId: string,
  payloads: readonly Payload[],
  labels: SealLabels,
  continues: string | null,
): Promise<Sealed> {
  await drafts.settle(draftId);
  const draft = await drafts.mine(draftId);
  const attached = await attachmentsOf(context, drafts, draft, payloads);
  for (;;) {
    const before = await writableLog(context);
    const made = await make(context, before, draft, { payloads, attached, labels, continues });
    if (await keep(context, before, made, draft.author)) {
      if (made.page) await context.keys?.people.changed([made.page]);
      drafts.forget(draftId);
      context.changed();
      return { submission: draftId, seq: made.row.seq, sealedAt: made.row.sealedAt };
    }
  }
}

type ByAudience = Readonly<Record<string, readonly SealedAttachment[]>>;

interface Content {
  readonly payloads: readonly Payload[];
  readonly attached: ByAudience;
  readonly labels: SealLabels;
  readonly continues: string | null;
}

/** Sealed once: their keys are their own, and another place in the log changes nothing about them. */
async function attachmentsOf(
  context: Context,
  drafts: Drafts,
  draft: DraftRecord,
  payloads: readonly Payload[],
): Promise<ByAudience> {
  const attached: Record<string, SealedAttachment[]> = {};
  for (const { audience, attachments = [] } of payloads) {
    if (attachments.length === 0) continue;
    const { sealAttachments } = await later();
    attached[audience] = await sealAttachments(context, drafts, draft, attachments);
  }
  return attached;
}

/** Which attachment each chunk is of, in the manifest's order. */
function placesOf(chunks: readonly SealedObject[], attached: ByAudience): number[] {
  const all = Object.values(attached).flat();
  const of = new Map(all.flatMap((one, at) => one.chunks.map(({ id }) => [b64(id), at] as const)));
  return chunks.map(({ id }) => of.get(b64(id)) ?? 0);
}

async function make(
  context: Context,
  before: Writable,
  draft: DraftRecord,
  { payloads, attached, labels, continues }: Content,
): Promise<Made> {
  const { device, directory } = needEnrolled(context);
  const keys = needKeys(context);
  const { vault, signing } = keys;
  const pid = device.programme;
  const time = nowMs();
  const writer = { key: signing, log: before.state, time, offset: (await fact(context.db, "offset")) ?? null };
  const { entry, hash, parts, chunks, next } = await sealSubmission(directory, writer, {
    version: unb64(draft.version),
    submission: unb64(draft.id),
    payloads: byAudience(payloads),
    attachments: attached,
    continues: continues === null ? null : unb64(continues),
    ...(before.after ? { after: before.after } : {}),
  });
  const row: EntryRow = {
    place: place(b64(next.log), next.seq),
    log: next.log,
    seq: next.seq,
    hash,
    bytes: entry.bytes,
    signature: entry.signature,
    submission: draft.id,
    form: draft.form,
    version: draft.version,
    sealedAt: time,
    state: "tablet",
    receiptAt: null,
    safeAt: null,
    problem: null,
    parts: parts.map(({ id, bytes }) => ({ key: b64(id), id, size: bytes.length })),
    chunks: chunks.map(({ id, bytes }) => ({ key: b64(id), id, size: bytes.length, sent: false })),
    sealed: await sealLabels(pid, vault, draft.id, { ...labels, of: placesOf(chunks, attached) }),
  };
  const head = await signHead(context, next, draft.id);
  const part = parts.find((one) => one.audience.startsWith("people@"));
  const group: Group = {
    submission: draft.id,
    form: draft.version,
    log: b64(next.log),
    seq: next.seq,
    hash: b64(hash),
    prev: b64(before.state.hash),
    part: part ? b64(part.id) : null,
    time,
    offset: writer.offset,
    received: null,
    rows: labels.people,
  };
  const page = labels.people.length > 0 ? await sealPage(context, keys, [group]) : null;
  return { next, row, parts, chunks, head, page };
}

function byAudience(payloads: readonly Payload[]): Record<string, JsonMap> {
  const named = Object.fromEntries(payloads.map((one) => [one.audience, one.json as JsonMap]));
  if (Object.keys(named).length !== payloads.length) throw new Problem("wrong_audiences");
  return named;
}

/** False, and nothing written, when the log's place is taken. */
function keep(
  context: Context,
  before: Writable,
  { next, row, parts, chunks, head, page }: Made,
  author: string,
): Promise<boolean> {
  context.ensureOpen();
  const stores = ["logs", "facts", "drafts", "entries", "parts", "heads", "people", "pieces"] as const;
  return write(context.db, [...stores], async (tx) => {
    const draft = await tx.objectStore("drafts").get(row.submission);
    if (!draft) throw vaultProblem("unknown_draft");
    if (draft.author !== author) throw vaultProblem("not_your_draft");
    if (!(await advance(tx.objectStore("logs"), tx.objectStore("facts"), before, next))) return false;
    await Promise.all([
      tx.objectStore("entries").add(row),
      ...[...parts, ...chunks].map(({ id, bytes }) => tx.objectStore("parts").put(bytes, b64(id))),
      tx.objectStore("heads").put({ bytes: head.bytes, signature: head.signature }, b64(next.log)),
      ...(page ? [tx.objectStore("people").put(page.record, page.key)] : []),
      tx.objectStore("drafts").delete(row.submission),
      tx.objectStore("pieces").delete(piecesOf(row.submission)),
    ]);
    return true;
  });
}
