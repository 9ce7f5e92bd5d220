/**
 * Sealing: one payload per audience of a form version becomes the parts and the signed entry of a submission. Everything
 * is bytes before anything is stored, so that storing can be one transaction (PROTOCOL 9).
 */
import { type SealedAttachment, withAttachments } from "./attachments.ts";
import type { Bytes } from "./bytes.ts";
import type { Directory } from "./directory.ts";
import { type PartRef, type Signed, sortedById } from "./entry.ts";
import { madeId } from "./ids.ts";
import { encodeJson, type JsonMap, plaintextJson } from "./json.ts";
import { type SigningKey, sha256 } from "./keys.ts";
import { type LogState, writeNext } from "./log.ts";
import { sealPart } from "./part.ts";
import { Problem } from "./problems.ts";
import type { WireMap } from "./wire.ts";

export type { LogState } from "./log.ts";

/** Who writes, where, and what they claim of time: milliseconds. */
export interface Writer {
  readonly key: SigningKey;
  readonly log: LogState;
  readonly time: number;
  readonly offset: number | null;
}

export interface SealedPart {
  readonly id: Bytes;
  readonly audience: string;
  readonly bytes: Bytes;
}

/** A chunk of an attachment, as the manifest names it. */
export interface SealedObject {
  readonly id: Bytes;
  readonly bytes: Bytes;
}

/** A signed entry, its hash, what it names, and the log after it. Store all of it or nothing. */
export interface Sealed {
  readonly entry: Signed;
  readonly hash: Bytes;
  readonly parts: readonly SealedPart[];
  /** In the manifest's order. */
  readonly chunks: readonly SealedObject[];
  readonly next: LogState;
}

export interface SubmissionInput {
  /** The form version. */
  readonly version: Uint8Array;
  readonly submission: Uint8Array;
  /** By the form's audience names: `people`, `medical`… exactly those. */
  readonly payloads: Readonly<Record<string, JsonMap>>;
  /** By the form's audience names: each is listed in that audience's payload alone. */
  readonly attachments?: Readonly<Record<string, readonly SealedAttachment[]>>;
  readonly supersedes?: readonly Uint8Array[];
  readonly continues?: Uint8Array | null;
  /** Of a log's first entry: the log that it continues. */
  readonly after?: { readonly log: Uint8Array; readonly seq: number; readonly hash: Uint8Array };
}

export interface DecisionInput {
  /** Hash of the entry that is decided. */
  readonly of: Uint8Array;
  readonly state: "accepted" | "returned";
  /** By whole audience name: `people@arrival`, `coordination`. */
  readonly payloads: Readonly<Record<string, JsonMap>>;
  /** Of a log's first entry: the log that it continues. */
  readonly after?: { readonly log: Uint8Array; readonly seq: number; readonly hash: Uint8Array };
}

/** What a form's `people` stands for at a site; other audiences are themselves. */
export function audienceAt(audience: string, site: string | null): string {
  return audience === "people" && site !== null ? `people@${site}` : audience;
}

/** Throws `wrong_audiences` when the payloads are not exactly the form version's, `not_listed`, `too_large`. */
export async function sealSubmission(directory: Directory, writer: Writer, input: SubmissionInput): Promise<Sealed> {
  const { version, submission, payloads, attachments = {} } = input;
  const form = directory.forms.get(version);
  if (!form) throw new Problem("not_listed", { reason: "form" });
  const wanted = form.audiences.map((one) => one.audience);
  if (Object.keys(payloads).sort().join() !== [...wanted].sort().join()) throw new Problem("wrong_audiences");
  if (Object.keys(attachments).some((audience) => !(audience in payloads))) throw new Problem("wrong_audiences");
  const site = directory.writer(writer.log.log)?.site ?? null;
  const plans = form.audiences.map(({ audience, bucket }) => ({
    audience: audienceAt(audience, site),
    bucket,
    payload: withAttachments(payloads[audience] as JsonMap, attachments[audience] ?? []),
  }));
  const { parts, refs } = await sealParts(directory, writer.log, submission, version, plans);
  const chunks = sortedById(
    Object.values(attachments).flatMap((some) =>
      some.flatMap((one) => one.chunks.map(({ id, bytes }) => ({ id, bytes, size: bytes.length }))),
    ),
  );
  const body: WireMap = {
    submission: submission as Bytes,
    form: version as Bytes,
    supersedes: [...(input.supersedes ?? [])],
    continues: input.continues ?? null,
    parts: refs,
    attachments: chunks.map(({ id, size }) => ({ id, size })),
  };
  if (input.after) body["after"] = { log: input.after.log, seq: input.after.seq, hash: input.after.hash };
  return finish(directory, writer, "submission", body, parts, chunks);
}

/** A reviewer's decision; its words are in the parts. */
export async function sealDecision(directory: Directory, writer: Writer, input: DecisionInput): Promise<Sealed> {
  const item = madeId();
  const plans = Object.entries(input.payloads).map(([audience, payload]) => ({ audience, payload, bucket: null }));
  const { parts, refs } = await sealParts(directory, writer.log, item, null, plans);
  const body: WireMap = { of: input.of as Bytes, state: input.state, item, parts: refs, attachments: [] };
  if (input.after) body["after"] = { log: input.after.log, seq: input.after.seq, hash: input.after.hash };
  return finish(directory, writer, "decision", body, parts);
}

interface Plan {
  readonly audience: string;
  readonly payload: JsonMap;
  readonly bucket: number | null;
}

async function sealParts(
  directory: Directory,
  { log }: LogState,
  item: Uint8Array,
  form: Uint8Array | null,
  plans: readonly Plan[],
): Promise<{ parts: SealedPart[]; refs: (PartRef & WireMap)[] }> {
  const sealed = plans.map(async ({ audience, payload, bucket }) => {
    const epoch = directory.current(audience);
    const plaintext = encodeJson(payload);
    plaintextJson(plaintext); // what nobody could read is refused before it is sealed for ever
    const bytes = await sealPart(directory.pid, { log, item, form, audience, key: epoch.key, plaintext, bucket });
    const id = await sha256(bytes);
    return { part: { id, audience, bytes }, ref: { id, audience, key: epoch.keyId, size: bytes.length } };
  });
  const all = await Promise.all(sealed);
  return { parts: all.map((one) => one.part), refs: all.map((one) => one.ref) };
}

async function finish(
  directory: Directory,
  writer: Writer,
  kind: string,
  body: WireMap,
  parts: readonly SealedPart[],
  chunks: readonly SealedObject[] = [],
): Promise<Sealed> {
  const { key, log, time, offset } = writer;
  const head = directory.head;
  if (!head) throw new Problem("wrong_programme", { reason: "empty" });
  const claims = { time, offset, directory: head };
  const { signed, hash, next } = await writeNext(directory.pid, key, log, kind, body, claims);
  return { entry: signed, hash, parts, chunks, next };
}
