// What comes in the feed becomes a record: steps 1 and 2 of Opening for entries, the signature for head statements.
import { equal } from "../sync/bytes.ts";
import type { Directory } from "../sync/directory.ts";
import { decisionOf, type Entry, entryHash, type PartRef, submissionOf } from "../sync/entry.ts";
import { b64, keyOfLog } from "../sync/ids.ts";
import type { Chain } from "../sync/log.ts";
import { openEntry } from "../sync/opening.ts";
import { Problem } from "../sync/problems.ts";
import { readHead, verifyHead } from "../sync/statement.ts";
import type { Changes } from "../sync/transport.ts";
import type { Ledger } from "./ledger.ts";
import type { Arrived, Decision, Failure, PartSeen, PartState, Submission, Writer } from "./records.ts";

export type Change = Changes["entries"][number];
export type StatementChange = Changes["statements"][number];

/** Looks up what is known of a part: opened already, sealed to others, or still to be opened. */
export type PartStateOf = (ref: PartRef) => PartState;

/** Puts an entry into the ledger; `chain` knows the entries of revoked keys. Never throws for what a stranger wrote. */
export async function takeEntry(
  ledger: Ledger,
  directory: Directory,
  change: Change,
  chain: Chain,
  stateOf: PartStateOf,
): Promise<void> {
  const hash = await entryHash(change.bytes);
  const { entry, failed } = await openEntry(directory, change, hash, chain);
  const failure = failed ? { step: failed.number, code: failed.problem } : null;
  if (!entry) {
    ledger.addOther(unread(b64(hash), change, failure));
    return;
  }
  if (equal(keyOfLog(entry.log), directory.pid)) return;
  const arrived = arrivedOf(directory, entry, b64(hash), change, failure);
  try {
    addByKind(ledger, arrived, entry, stateOf);
  } catch (problem) {
    ledger.addOther({ ...arrived, failure: arrived.failure ?? failureAt(1, problem) });
  }
}

function addByKind(ledger: Ledger, arrived: Arrived, entry: Entry, stateOf: PartStateOf): void {
  if (entry.kind === "submission") {
    const body = submissionOf(entry);
    const record: Submission = {
      ...arrived,
      kind: "submission",
      submission: b64(body.submission),
      form: b64(body.form),
      supersedes: body.supersedes.map(b64),
      continues: body.continues ? b64(body.continues) : null,
      parts: body.parts.map((ref) => partOf(ref, stateOf)),
    };
    ledger.addSubmission(record);
    noteAfter(ledger, arrived, body.after);
    return;
  }
  if (entry.kind === "decision" && arrived.writer?.is === "staff") {
    const body = decisionOf(entry);
    const record: Decision = {
      ...arrived,
      kind: "decision",
      of: b64(body.of),
      state: body.state,
      item: b64(body.item),
      question: body.parts.length > 0 ? { is: "sealed" } : null,
      pending: false,
    };
    ledger.addDecision(record);
    noteAfter(ledger, arrived, body.after);
    return;
  }
  ledger.addOther(arrived);
}

/** Only the same key's word on its own older log counts: nobody else makes a tablet owe what it never wrote. */
function noteAfter(ledger: Ledger, arrived: Arrived, after: { log: Uint8Array; seq: number } | null): void {
  const own = after !== null && b64(keyOfLog(after.log)) === arrived.writer?.key;
  if (!arrived.failure && own) ledger.addContinued(b64(after.log), after.seq);
}

function partOf(ref: PartRef, stateOf: PartStateOf): PartSeen {
  return { id: b64(ref.id), audience: ref.audience, key: b64(ref.key), size: ref.size, state: stateOf(ref) };
}

function arrivedOf(directory: Directory, entry: Entry, hash: string, change: Change, failure: Failure | null): Arrived {
  return {
    hash,
    log: b64(entry.log),
    seq: entry.seq,
    prev: b64(entry.prev),
    kind: entry.kind,
    time: entry.time,
    received: change.received,
    remark: change.remark,
    writer: writerOf(directory, entry.log),
    failure,
  };
}

export function writerOf(directory: Directory, log: Uint8Array): Writer | null {
  const key = keyOfLog(log);
  const device = directory.devices.get(key);
  if (device) return { is: "device", key: b64(key), name: device.name, site: device.site };
  const signer = directory.writer(log);
  const person = signer ? directory.staff.get(signer.owner) : undefined;
  return signer && person ? { is: "staff", key: b64(key), staff: b64(signer.owner), name: person.name } : null;
}

function unread(hash: string, change: Change, failure: Failure | null): Arrived {
  const { received, remark } = change;
  return { hash, log: "", seq: 0, prev: "", kind: "", time: 0, received, remark, writer: null, failure };
}

/** A head statement counts when its tablet's key signed it; others are left out. Receipts are asked for where needed. */
export async function takeStatement(ledger: Ledger, directory: Directory, change: StatementChange): Promise<void> {
  if (change.kind !== "head") return;
  try {
    const { log } = readHead(change.bytes);
    const key = directory.keyOfLog(log);
    if (!key) return;
    const head = await verifyHead(directory.pid, key, change);
    ledger.addStated({
      log: b64(head.log),
      seq: head.seq,
      hash: b64(head.hash),
      time: head.time,
      received: change.received,
      release: head.release,
      epochs: head.epochs,
      ready: head.ready,
      waiting: head.drafts.map((one) => ({ form: b64(one.form), count: one.count })),
      drafts: head.drafts.reduce((sum, one) => sum + one.count, 0),
    });
  } catch (problem) {
    if (!Problem.is(problem)) throw problem;
  }
}

export function failureAt(step: number, problem: unknown): Failure {
  if (!Problem.is(problem)) throw problem;
  return { step, code: problem.code };
}
