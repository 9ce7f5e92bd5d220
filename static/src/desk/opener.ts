// Opens what this reader may open, in the background: what is being looked at first, then the newest.
// Every part goes through all eight steps of Opening; one that fails a step is kept as that failure, never as answers.
import { type Entry, type PartRef, partsOf, readEntry } from "../sync/entry.ts";
import { IdMap } from "../sync/idmap.ts";
import { b64 } from "../sync/ids.ts";
import type { ReadingKey } from "../sync/keys.ts";
import { type OpenedPart, openSubmission } from "../sync/opening.ts";
import { Problem } from "../sync/problems.ts";
import { readPayload, readQuestion } from "./payload.ts";
import type { Reader } from "./reader.ts";
import type { Decision, Failure, PartState, Submission } from "./records.ts";
import type { SignedIn } from "./session.ts";

/** How many submissions are fetched and opened at a time. */
const AT_ONCE = 4;

export class Opener {
  readonly #signedIn: SignedIn;
  readonly #reader: Reader;
  readonly #changed: () => void;
  #first: string | null = null;
  readonly #busy = new Set<string>();
  readonly #tried = new Set<string>();
  #queue: string[] = [];
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(signedIn: SignedIn, reader: Reader, changed: () => void) {
    this.#signedIn = signedIn;
    this.#reader = reader;
    this.#changed = changed;
  }

  stop(): void {
    this.#stopped = true;
  }

  /** Opens this entry before all others. */
  prefer(hash: string): void {
    this.#first = hash;
  }

  /** Opens whatever still waits, also what came since. What could not be fetched is tried once a run. */
  run(): Promise<void> {
    if (!this.#running) this.#tried.clear();
    this.#fill();
    this.#running ??= this.#workers().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** How many submissions are read as far as this reader may. */
  progress(): { done: number; all: number } {
    const all = [...this.#reader.ledger.submissions.values()];
    return { done: all.filter((one) => !isWaiting(one)).length, all: all.length };
  }

  async #workers(): Promise<void> {
    await Promise.all(Array.from({ length: AT_ONCE }, () => this.#worker()));
  }

  async #worker(): Promise<void> {
    for (let hash = this.#next(); hash !== null && !this.#stopped; hash = this.#next()) {
      this.#busy.add(hash);
      this.#tried.add(hash);
      try {
        await this.#open(hash);
      } finally {
        this.#busy.delete(hash);
      }
      this.#changed();
    }
  }

  #fill(): void {
    const { ledger } = this.#reader;
    const free = (hash: string) => !this.#busy.has(hash) && !this.#tried.has(hash);
    const waiting = [...ledger.submissions.values()].filter((one) => free(one.hash) && isWaiting(one));
    waiting.sort((a, b) => a.received - b.received);
    const questions = ledger.unread().filter((one) => free(one.hash) && this.#mayRead(one));
    // Taken from the end: submissions first, the newest of them first.
    this.#queue = [...questions, ...waiting].map((one) => one.hash);
  }

  #next(): string | null {
    const first = this.#first;
    this.#first = null;
    if (first !== null && this.#queue.includes(first)) {
      this.#queue = this.#queue.filter((hash) => hash !== first);
      return first;
    }
    return this.#queue.pop() ?? null;
  }

  #mayRead(decision: Decision): boolean {
    const change = this.#reader.changes.get(decision.hash);
    return change !== undefined && this.#heldParts(readEntry(change.bytes)).length > 0;
  }

  #heldParts(entry: Entry): PartRef[] {
    return partsOf(entry).filter((ref) => this.#signedIn.held.has(b64(ref.key)));
  }

  async #open(hash: string): Promise<void> {
    const change = this.#reader.changes.get(hash);
    if (!change) return;
    const bytes = new IdMap<Uint8Array>();
    const keys = new IdMap<ReadingKey>();
    const unreached = new Map<string, PartState>();
    for (const ref of this.#heldParts(readEntry(change.bytes))) {
      const held = this.#signedIn.held.get(b64(ref.key));
      if (held) keys.set(ref.key, held.key);
      try {
        bytes.set(ref.id, await this.#fetch(ref.id));
      } catch (problem) {
        unreached.set(b64(ref.id), notFetched(problem));
      }
    }
    const { directory } = this.#signedIn;
    const opened = await openSubmission(directory, change, bytes, keys, this.#reader.chain);
    if (this.#stopped) return;
    const submission = this.#reader.ledger.submissions.get(hash);
    const decision = this.#reader.ledger.decision(hash);
    if (submission) this.#keep(submission, opened.parts, unreached);
    else if (decision)
      keepQuestion(
        decision,
        opened.parts.filter((part) => bytes.has(part.id)),
      );
  }

  #fetch(id: Uint8Array): Promise<Uint8Array> {
    const { line } = this.#signedIn;
    return line.with((token) => line.transport.object(id, token));
  }

  #keep(submission: Submission, opened: readonly OpenedPart[], unreached: ReadonlyMap<string, PartState>): void {
    const byId = new Map(opened.map((part) => [b64(part.id), part]));
    for (const part of submission.parts) {
      if (part.state.is !== "waiting" && part.state.is !== "unreached") continue;
      const missing = unreached.get(part.id);
      const result = byId.get(part.id);
      if (missing) part.state = missing;
      else if (result) part.state = stateOf(result, submission);
      if (part.state.is !== "unreached") this.#reader.parts.set(part.id, part.state);
    }
  }
}

function isWaiting(submission: Submission): boolean {
  if (submission.failure) return false;
  return submission.parts.some((part) => part.state.is === "waiting" || part.state.is === "unreached");
}

function stateOf(part: OpenedPart, submission: Submission): PartState {
  if (part.failed) return { is: "failed", failure: { step: part.failed.number, code: part.failed.problem } };
  const payload = readPayload(part.payload, submission.submission, submission.form);
  return isFailure(payload) ? { is: "failed", failure: payload } : { is: "open", payload };
}

function keepQuestion(decision: Decision, opened: readonly OpenedPart[]): void {
  const [part] = opened;
  if (!part || decision.question?.is === "open") return;
  if (part.failed) {
    decision.question = { is: "failed", failure: { step: part.failed.number, code: part.failed.problem } };
    return;
  }
  const words = readQuestion(part.payload, decision.of);
  decision.question = typeof words === "string" ? { is: "open", words } : { is: "failed", failure: words };
}

function isFailure(value: object): value is Failure {
  return "step" in value && "code" in value;
}

function notFetched(problem: unknown): PartState {
  if (!Problem.is(problem)) throw problem;
  if (problem.code === "erased") return { is: "erased" };
  return { is: "unreached", code: problem.code };
}
