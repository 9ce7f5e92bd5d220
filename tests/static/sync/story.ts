/**
 * A tablet and a reviewer, in TypeScript alone, against a real store: enrol, seal, push, settle by receipt, read the feed,
 * fetch, open. What the vault and the desk do with screens and disks around it.
 */

import { writeBundle } from "../../../static/src/sync/bundle.ts";
import type { Bytes } from "../../../static/src/sync/bytes.ts";
import { Directory } from "../../../static/src/sync/directory.ts";
import { deviceBody, directoryEntry } from "../../../static/src/sync/directory-write.ts";
import { partsOf, readEntry } from "../../../static/src/sync/entry.ts";
import { openGrant } from "../../../static/src/sync/grant.ts";
import { IdMap } from "../../../static/src/sync/idmap.ts";
import { madeId, newLogId, unb64 } from "../../../static/src/sync/ids.ts";
import type { JsonMap } from "../../../static/src/sync/json.ts";
import { keyId, ReadingKey, SigningKey } from "../../../static/src/sync/keys.ts";
import { readLink } from "../../../static/src/sync/link.ts";
import { emptyLog } from "../../../static/src/sync/log.ts";
import { openSubmission } from "../../../static/src/sync/opening.ts";
import type { Problem } from "../../../static/src/sync/problems.ts";
import { type Sealed, sealSubmission } from "../../../static/src/sync/seal.ts";
import { verifyReceipt, writeHead } from "../../../static/src/sync/statement.ts";
import { httpTransport, type Session, type Transport } from "../../../static/src/sync/transport.ts";

const NOW = 1_700_000_000_000;

/** What the story tells, for Python to compare. */
export interface Told {
  readonly role: string;
  readonly contiguous: number;
  readonly state: string | undefined;
  readonly again: string | undefined;
  readonly missing: number;
  readonly headOnCentre: number | undefined;
  readonly opened: Record<string, unknown>;
  /** Parts that the store would not give to the reviewer, by audience. */
  readonly refused: Record<string, string>;
  readonly statements: number;
}

async function directoryOf(transport: Transport, pid: Bytes, session: Session): Promise<Directory> {
  return Directory.read(pid, (await transport.directory(0, session)).entries);
}

export async function tell(
  origin: string,
  fragment: string,
  payloads: Record<string, JsonMap>,
  reviewer: { signing: string; reading: string },
): Promise<Told> {
  const transport = httpTransport(origin);
  const link = readLink(fragment);
  const pid = link.programme;
  const store = await keyId((await transport.hello()).store);
  const tablet = await enrolled(transport, link, store);

  const [version] = tablet.directory.forms.keys();
  const writer = { key: tablet.signing, log: emptyLog(newLogId(tablet.signing.keyId)), time: NOW, offset: null };
  const submission = madeId();
  const input = { version: version as Bytes, submission, payloads };
  const sealed = await sealSubmission(tablet.directory, writer, input);
  const bundle = await bundleOf(pid, tablet.directory, tablet.signing, sealed);
  const answer = await transport.pushBundle(bundle);
  const again = await transport.pushBundle(bundle);
  const [signed] = answer.receipts;
  if (!signed) throw new Error("no receipt");
  const { role, receipt } = await verifyReceipt(pid, tablet.directory, signed);
  const have = await transport.have([writer.log.log], [sealed.hash, ...sealed.parts.map((part) => part.id)]);

  return {
    role,
    contiguous: receipt.contiguous,
    state: answer.entries[0]?.state,
    again: again.entries[0]?.state,
    missing: have.missing.length,
    headOnCentre: have.logs[0]?.seq,
    ...(await reviewed(transport, pid, store, reviewer)),
  };
}

async function enrolled(
  transport: Transport,
  link: ReturnType<typeof readLink>,
  store: Bytes,
): Promise<{ directory: Directory; signing: SigningKey }> {
  const invitation = await SigningKey.fromPkcs8(link.invitation);
  const session = await transport.session(link.programme, store, invitation);
  const directory = await directoryOf(transport, link.programme, session);
  if (directory.checkView(link.head) !== "seen") throw new Error("the pinned head is not in the chain");
  const site = directory.invitations.get(invitation.keyId)?.site ?? "";
  const { key: signing } = await SigningKey.generate();
  const reading = await ReadingKey.generate();
  const device = { name: "T-07", site, signing, reading, invitation: invitation.keyId };
  const entry = await directoryEntry(directory, invitation, "device", await deviceBody(directory.pid, device), NOW);
  await directory.append(entry);
  const answer = await transport.pushBundle(writeBundle({ directory: [entry] }));
  if (answer.directory[0]?.problem !== null) throw new Error(`not enrolled: ${answer.directory[0]?.problem}`);
  return { directory, signing };
}

async function bundleOf(pid: Bytes, directory: Directory, signing: SigningKey, sealed: Sealed): Promise<Bytes> {
  if (!directory.head) throw new Error("no directory");
  const place = { log: sealed.next.log, seq: sealed.next.seq, hash: sealed.next.hash, directory: directory.head };
  const about = { time: NOW, release: "test", epochs: [], ready: true, drafts: [] };
  const head = await writeHead(pid, signing, { ...place, ...about });
  const parts = sealed.parts.map((part) => part.bytes);
  return writeBundle({ entries: [sealed.entry], statements: [{ kind: "head", ...head }], parts });
}

async function reviewed(
  transport: Transport,
  pid: Bytes,
  store: Bytes,
  reviewer: { signing: string; reading: string },
): Promise<Pick<Told, "opened" | "refused" | "statements">> {
  const signing = await SigningKey.fromPkcs8(unb64(reviewer.signing));
  const reading = await ReadingKey.fromSeed(unb64(reviewer.reading));
  const session = await transport.session(pid, store, signing);
  const directory = await directoryOf(transport, pid, session);
  const keys = new IdMap<ReadingKey>();
  for (const grant of directory.heldBy(reading.keyId)) {
    const listed = directory.audiences.get(grant.audience)?.[grant.epoch - 1];
    if (!listed) throw new Error("a grant of nothing");
    const object = await transport.object(grant.object, session);
    keys.set(listed.keyId, await openGrant(pid, grant.audience, grant.epoch, listed.keyId, reading, object));
  }
  const changes = await transport.changes(0, 0, session);
  const change = changes.entries.find((one) => readEntry(one.bytes).kind === "submission");
  if (!change) throw new Error("nothing arrived");
  const parts = new IdMap<Bytes>();
  const refused: [string, string][] = [];
  for (const ref of partsOf(readEntry(change.bytes))) {
    const given = await transport.object(ref.id, session).catch((problem: Problem) => problem.code);
    if (typeof given !== "string") parts.set(ref.id, given);
    else refused.push([ref.audience, given]);
  }
  const { failed, parts: opened } = await openSubmission(directory, change, parts, keys);
  if (failed) throw new Error(failed.problem);
  const seen = opened.map((part) => [part.audience, part.payload ?? part.failed?.problem]);
  const statements = changes.statements.length;
  return { opened: Object.fromEntries(seen), refused: Object.fromEntries(refused), statements };
}
