// The desk at work: follows the centre, opens what it may, keeps decisions going. No DOM; `changed` asks for a new picture.
// `stop` drops the keys: everything that was opened goes with this object.
import type { CompiledForm } from "../form/index.ts";
import { nowMs } from "../sync/clock.ts";
import { b64, unb64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import { randomBytes } from "../sync/randomness.ts";
import { newestVersions } from "./arrivals.ts";
import { Attachments } from "./attachments.ts";
import { confirmDirectory } from "./confirm.ts";
import { type Asked, askOwnHead, decide } from "./decide.ts";
import type { Memory } from "./memory.ts";
import { Opener } from "./opener.ts";
import type { Outbox } from "./outbox.ts";
import { Reader } from "./reader.ts";
import { centreReceipts, settles } from "./receipts.ts";
import type { Verdict } from "./records.ts";
import type { SignedIn } from "./session.ts";

const LONG_POLL_S = 25;
/** While somebody stands here with a new tablet: what it enrols does not wake a long-poll. */
const HURRY_S = 2;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export class Work {
  readonly signedIn: SignedIn;
  readonly reader: Reader;
  readonly opener: Opener;
  readonly attachments: Attachments;
  readonly forms = new Map<string, CompiledForm>();
  /** hashes of submissions that this person looked at in this window */
  readonly opened: Set<string>;
  /** hashes whose receipt by a listed centre was verified */
  readonly safe = new Set<string>();
  /** the first reading is under way */
  reading = true;
  away: number | null = null;
  readonly #memory: Memory;
  readonly #outbox: Outbox;
  readonly #changed: () => void;
  readonly #stop = new AbortController();
  /** somebody waits for what the directory brings */
  hurry: () => boolean = () => false;
  readonly #askedForms = new Set<string>();

  constructor(signedIn: SignedIn, memory: Memory, outbox: Outbox, changed: () => void, opened = new Set<string>()) {
    this.signedIn = signedIn;
    this.opened = opened;
    this.reader = new Reader(signedIn, memory);
    this.#memory = memory;
    this.#outbox = outbox;
    this.#changed = changed;
    this.opener = new Opener(signedIn, this.reader, changed);
    this.attachments = new Attachments(signedIn, this.reader, changed);
  }

  async run(): Promise<void> {
    let pause = FIRST_PAUSE_MS;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#round();
        pause = FIRST_PAUSE_MS;
      } catch (problem) {
        if (this.#stop.signal.aborted) return;
        this.note(problem);
        this.#changed();
        await this.#rest(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      }
    }
  }

  stop(): void {
    this.#stop.abort();
    this.opener.stop();
    this.attachments.drop();
    this.signedIn.held.clear();
  }

  /** Somebody looks at this submission: open it first, and ask for its receipt. */
  async look(hash: string): Promise<void> {
    if (this.opened.has(hash) && this.safe.has(hash)) return;
    this.opened.add(hash);
    this.opener.prefer(hash);
    this.#openAll();
    await this.#askReceipt(hash).catch((problem: unknown) => this.note(problem));
    this.#changed();
  }

  async decide(hash: string, state: Verdict, asked: Asked | null): Promise<void> {
    const submission = this.reader.ledger.submissions.get(hash);
    if (!submission) return;
    const decision = await decide(this.signedIn, this.#memory, this.#outbox, submission, state, asked);
    this.reader.ledger.addDecision(decision);
    this.#changed();
    await this.#send().catch((problem: unknown) => this.note(problem));
    this.#changed();
  }

  async #round(): Promise<void> {
    const more = await this.reader.round(this.#wait(), this.#stop.signal);
    this.away = null;
    if (this.reading && !more) {
      this.reading = false;
      this.#changed();
      await askOwnHead(this.signedIn, this.#memory, this.#outbox);
    }
    await confirmDirectory(this.signedIn, nowMs());
    this.#outbox.settle([...this.reader.changes.keys()]);
    this.#openAll();
    this.#changed();
    await this.#send();
  }

  /** Reads the directory on now, without waiting for the feed: after something was signed here. */
  async follow(): Promise<void> {
    await this.reader.follow();
    this.#openAll();
    this.#changed();
  }

  #wait(): number {
    if (this.reading || this.#outbox.waiting.length > 0) return 0;
    return this.hurry() ? HURRY_S : LONG_POLL_S;
  }

  async #send(): Promise<void> {
    if (this.#outbox.waiting.length === 0) return;
    const { line, pid, directory } = this.signedIn;
    const settled = await this.#outbox.push(line.transport, pid, directory);
    for (const hash of settled) {
      const decision = this.reader.ledger.decision(hash);
      if (decision) this.reader.ledger.addDecision({ ...decision, pending: false });
    }
    if (settled.length > 0) this.#changed();
  }

  #openAll(): void {
    this.opener.run().catch((problem: unknown) => this.note(problem));
    for (const { form } of this.reader.ledger.submissions.values()) this.#askForm(form);
    // The plan is in the newest forms, also when nothing of them has arrived.
    for (const version of newestVersions(this.signedIn.directory)) this.#askForm(version);
  }

  #askForm(version: string): void {
    if (this.#askedForms.has(version) || !this.signedIn.directory.forms.has(unb64(version))) return;
    this.#askedForms.add(version);
    this.signedIn.line.centre
      .form(version)
      .then((form) => {
        this.forms.set(version, form);
        this.#changed();
      })
      .catch((problem: unknown) => {
        this.#askedForms.delete(version);
        this.note(problem);
      });
  }

  async #askReceipt(hash: string): Promise<void> {
    const entry = this.reader.ledger.submissions.get(hash);
    if (!entry || entry.failure) return;
    const { line, pid, directory } = this.signedIn;
    const signed = await line.transport.receipts(unb64(entry.log), entry.seq - 1);
    const receipts = await centreReceipts(pid, directory, signed);
    const prevOf = (one: string) => this.reader.ledger.prevOf(one);
    if (receipts.some((receipt) => settles(receipt, entry, prevOf))) this.safe.add(hash);
  }

  /** Tells a problem on every page; no answer from the centre is a state of its own. */
  note(problem: unknown): void {
    if (Problem.is(problem, "no_network")) this.away ??= nowMs();
    else this.reader.alarm(Problem.is(problem) ? problem : Problem.of("internal", { name: String(problem) }));
  }

  #rest(pause: number): Promise<void> {
    const [jitter = 0] = randomBytes(1);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause * (1 + jitter / 512));
      this.#stop.signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}

/** The key id that a log begins with, both base64url. */
export function keyOf(log: string): string {
  return b64(unb64(log).slice(0, 32));
}
