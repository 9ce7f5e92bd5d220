// A decision: a signed entry in the reviewer's own log. Accepting says nothing but the hash; the words of a question are
// sealed to the people list of the site, so that its tablets can ask again, and to coordination.
import type { Bytes } from "../sync/bytes.ts";
import { concat, equal } from "../sync/bytes.ts";
import { nowMs } from "../sync/clock.ts";
import { b64, newLogId, unb64 } from "../sync/ids.ts";
import type { JsonMap } from "../sync/json.ts";
import { emptyLog, type LogState } from "../sync/log.ts";
import { Problem } from "../sync/problems.ts";
import { type DecisionInput, sealDecision } from "../sync/seal.ts";
import type { Memory, OwnLog } from "./memory.ts";
import type { Outbox } from "./outbox.ts";
import { howToGoOn } from "./own-log.ts";
import type { Decision, Submission, Verdict } from "./records.ts";
import type { SignedIn } from "./session.ts";

/** Writing waits for every other window of this browser: two must never use one number. */
const LOCK = "esik.desk.log";

export type Asked = { words: string; language: string };

/** Signs a decision and puts it into the outbox; sending is the caller's. `asked` is needed for `returned`. */
export async function decide(
  signedIn: SignedIn,
  memory: Memory,
  outbox: Outbox,
  submission: Submission,
  state: Verdict,
  asked: Asked | null,
): Promise<Decision> {
  return navigator.locks.request(LOCK, async () => {
    const { log, after } = await ownLog(signedIn, memory, outbox);
    const writer = { key: signedIn.signing, log, time: nowMs(), offset: null };
    const input: DecisionInput = {
      of: unb64(submission.hash),
      state,
      payloads: asked ? questionParts(signedIn, submission, asked, writer.time) : {},
    };
    const sealed = await sealDecision(signedIn.directory, writer, after ? { ...input, after } : input);
    const place = { log: b64(log.log), seq: sealed.next.seq, hash: b64(sealed.hash), prev: b64(log.hash) };
    // Remembered before it is sent: after a crash in between this browser starts a new log and never a fork.
    const suffix = b64(log.log.subarray(32));
    memory.setOwnLog(b64(signedIn.signing.keyId), { suffix, seq: place.seq, hash: place.hash });
    outbox.add({ ...place, entry: sealed.entry, parts: sealed.parts.map((part) => part.bytes) });
    return recordOf(signedIn, submission, state, asked, place, writer.time);
  });
}

type OwnState = { log: LogState; after: DecisionInput["after"] | null };

async function ownLog(signedIn: SignedIn, memory: Memory, outbox: Outbox): Promise<OwnState> {
  const { signing } = signedIn;
  const remembered = memory.ownLog(b64(signing.keyId));
  const log = remembered && logOf(signedIn, remembered);
  if (!log) return { log: emptyLog(newLogId(signing.keyId)), after: null };
  const waiting = outbox.waiting.filter((one) => one.log === b64(log));
  const going = howToGoOn(remembered, await centreHead(signedIn, log, outbox), waiting);
  if (going.on) return { log: stateOf(log, going.from), after: null };
  const after = going.after && { log, seq: going.after.seq, hash: unb64(going.after.hash) };
  return { log: emptyLog(newLogId(signing.keyId)), after };
}

/** Asks for the head of the own log while there is a line, so that a decision can be signed when there is none. */
export async function askOwnHead(signedIn: SignedIn, memory: Memory, outbox: Outbox): Promise<void> {
  const remembered = memory.ownLog(b64(signedIn.signing.keyId));
  const log = remembered && logOf(signedIn, remembered);
  if (log) await centreHead(signedIn, log, outbox);
}

function logOf({ signing }: SignedIn, { suffix }: OwnLog): Bytes | null {
  const log = concat(signing.keyId, unb64(suffix));
  return log.length === 40 ? log : null;
}

async function centreHead({ line }: SignedIn, log: Bytes, outbox: Outbox): Promise<{ seq: number; hash: string }> {
  try {
    const { logs } = await line.transport.have([log], []);
    const head = logs.find((one) => equal(one.log, log));
    const there = head ? { seq: head.seq, hash: b64(head.hash) } : { seq: 0, hash: "" };
    outbox.heads.set(b64(log), there);
    return there;
  } catch (problem) {
    const heard = outbox.heads.get(b64(log));
    if (heard && Problem.is(problem, "no_network")) return heard;
    throw problem;
  }
}

function stateOf(log: Bytes, from: OwnLog): LogState {
  return { log, seq: from.seq, hash: unb64(from.hash) };
}

function questionParts(
  { staff, name, directory }: SignedIn,
  submission: Submission,
  { words, language }: Asked,
  at: number,
): Record<string, JsonMap> {
  const opened = submission.parts.map((part) => part.state).find((state) => state.is === "open");
  const about = opened?.is === "open" ? opened.payload : null;
  const payload: JsonMap = {
    v: 1,
    of: submission.hash,
    submission: submission.submission,
    card: about?.card ?? null,
    cards: about?.subject.cards ?? [],
    staff: { id: b64(staff), name },
    asked_at: at,
    language,
    question: words,
  };
  const site = submission.writer?.is === "device" ? submission.writer.site : null;
  const readers = [...(site ? [`people@${site}`] : []), "coordination"];
  const listed = readers.filter((audience) => directory.audiences.has(audience));
  return Object.fromEntries(listed.map((audience) => [audience, { ...payload, audience }]));
}

function recordOf(
  signedIn: SignedIn,
  submission: Submission,
  state: Verdict,
  asked: Asked | null,
  place: { log: string; seq: number; hash: string; prev: string },
  time: number,
): Decision {
  return {
    ...place,
    kind: "decision",
    time,
    received: time,
    remark: null,
    writer: { is: "staff", key: b64(signedIn.signing.keyId), staff: b64(signedIn.staff), name: signedIn.name },
    failure: null,
    of: submission.hash,
    state,
    item: "",
    question: asked ? { is: "open", words: asked.words } : null,
    pending: true,
  };
}
