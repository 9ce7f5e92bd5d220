/**
 * Attachments of drafts: pictures, signatures, sounds and files, on disk before anybody is told that they are saved.
 *
 * Rules:
 * - Each is kept under its draft's key: it goes with the draft when that is handed over, and with it when it is erased.
 * - Keys of `pieces`: `<draft>/<name>` holds type and length, `<draft>/<name>/<place>` the bytes, a chunk's worth each. A
 *   name is random and tells nothing; a file's own name, which may be a person's, is not kept at all.
 * - A changed or moved piece opens nowhere (`broken_record`); what an answer names and is not here is
 *   `attachment_missing`, at the question and before the seal, never a hole in what was sealed.
 */
import { LARGEST, type SealedAttachment, sealAttachment } from "../sync/attachments.ts";
import { concat } from "../sync/bytes.ts";
import { CHUNK } from "../sync/chunk.ts";
import { hex, unb64 } from "../sync/ids.ts";
import { randomBytes } from "../sync/randomness.ts";
import { type Context, needEnrolled } from "./context.ts";
import { type DraftRecord, piecesOf, read, write } from "./database.ts";
import { checkAuthor, type Drafts } from "./drafts.ts";
import { vaultProblem } from "./problems.ts";
import { openBytes, openRecord, sealBytes, sealRecord } from "./records.ts";
import type { Attached } from "./types.ts";

const STORE = "pieces";
/** Bytes of all attachments of one draft: they are sealed in memory together. */
const MOST = LARGEST;
/** Name endings by media type; what is not here is `bin`. */
const ENDINGS: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "audio/webm": "webm",
  "audio/ogg": "ogg",
  "audio/mp4": "m4a",
  "audio/mpeg": "mp3",
  "audio/wav": "wav",
  "application/pdf": "pdf",
};
const TYPE = /^[a-z]{1,20}\/[a-z0-9][a-z0-9.+-]{0,99}$/;

interface Head {
  readonly type: string;
  readonly length: number;
}

/** Resolves with the name when all of it is on disk. Throws `attachments_full`, `storage_full`, `unknown_draft`. */
export async function attach(context: Context, drafts: Drafts, id: string, attached: Attached): Promise<string> {
  const { programme } = needEnrolled(context).device;
  const record = await drafts.mine(id);
  const key = await drafts.key(record);
  const { bytes } = attached;
  const [type = ""] = attached.type.toLowerCase().split(";");
  const head: Head = { type: TYPE.test(type) ? type : "application/octet-stream", length: bytes.length };
  await room(context, drafts, record, bytes.length);
  const name = `${hex(randomBytes(8))}.${ENDINGS[head.type] ?? "bin"}`;
  const made: [string, Uint8Array<ArrayBuffer>][] = [];
  for (let at = 0; at * CHUNK < bytes.length; at++) {
    const place = pieceKey(id, name, at);
    const piece = bytes.subarray(at * CHUNK, (at + 1) * CHUNK);
    made.push([place, await sealBytes(programme, key, STORE, place, piece)]);
  }
  made.push([`${id}/${name}`, await sealRecord(programme, key, STORE, `${id}/${name}`, head)]);
  await write(context.db, ["drafts", STORE], async (tx) => {
    checkAuthor(await tx.objectStore("drafts").get(id), record.author);
    for (const [place, sealed] of made) await tx.objectStore(STORE).put(sealed, place);
  });
  return name;
}

export async function attachment(context: Context, drafts: Drafts, id: string, name: string): Promise<Attached> {
  const record = await drafts.mine(id);
  const { type, length } = await headOf(context, drafts, record, name);
  const pieces: Uint8Array[] = [];
  for (let at = 0; at * CHUNK < length; at++) pieces.push(await pieceOf(context, drafts, record, name, at));
  const bytes = concat(...pieces);
  if (bytes.length !== length) throw vaultProblem("broken_record", { store: STORE });
  return { type, bytes };
}

export async function keepAttachments(
  context: Context,
  drafts: Drafts,
  id: string,
  names: readonly string[],
): Promise<void> {
  const { author } = await drafts.mine(id);
  const kept = new Set(names);
  await write(context.db, ["drafts", STORE], async (tx) => {
    checkAuthor(await tx.objectStore("drafts").get(id), author);
    const keys = await tx.objectStore(STORE).getAllKeys(piecesOf(id));
    for (const key of keys) if (!kept.has(key.split("/")[1] ?? "")) await tx.objectStore(STORE).delete(key);
  });
}

/** The attachments of these names as chunks that only their part opens. Throws `attachment_missing`, `broken_record`. */
export async function sealAttachments(
  context: Context,
  drafts: Drafts,
  record: DraftRecord,
  names: readonly string[],
): Promise<SealedAttachment[]> {
  const { programme } = needEnrolled(context).device;
  const sealed: SealedAttachment[] = [];
  for (const name of new Set(names)) {
    const { type, length } = await headOf(context, drafts, record, name);
    const piece = (at: number): Promise<Uint8Array> => pieceOf(context, drafts, record, name, at);
    sealed.push(await sealAttachment(programme, unb64(record.id), { name, type, length }, piece));
  }
  return sealed;
}

async function room(context: Context, drafts: Drafts, record: DraftRecord, more: number): Promise<void> {
  const keys = await read(() => context.db.getAllKeys(STORE, piecesOf(record.id)));
  const names = new Set(keys.map((key) => key.split("/")[1] ?? ""));
  let all = more;
  for (const name of names) all += (await headOf(context, drafts, record, name)).length;
  if (more < 1 || all > MOST) throw vaultProblem("attachments_full", { limit: MOST });
}

async function headOf(context: Context, drafts: Drafts, record: DraftRecord, name: string): Promise<Head> {
  const { programme } = needEnrolled(context).device;
  const place = `${record.id}/${name}`;
  const sealed = await read(() => context.db.get(STORE, place));
  if (!sealed) throw vaultProblem("attachment_missing");
  return openRecord<Head>(programme, await drafts.key(record), STORE, place, sealed);
}

async function pieceOf(
  context: Context,
  drafts: Drafts,
  record: DraftRecord,
  name: string,
  at: number,
): Promise<Uint8Array> {
  const { programme } = needEnrolled(context).device;
  const place = pieceKey(record.id, name, at);
  const sealed = await read(() => context.db.get(STORE, place));
  if (!sealed) throw vaultProblem("attachment_missing");
  return openBytes(programme, await drafts.key(record), STORE, place, sealed);
}

function pieceKey(draft: string, name: string, at: number): string {
  return `${draft}/${name}/${String(at).padStart(4, "0")}`;
}
