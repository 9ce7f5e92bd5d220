// Reads what the centre has: the directory first, then the feed from its cursor on. Keeps the bytes as they came, so that
// a later directory entry (a revocation, a grant) is judged against everything again: the view never depends on order.
import { entryHash, readEntry } from "../sync/entry.ts";
import { b64, keyOfLog } from "../sync/ids.ts";
import { Entries } from "../sync/log.ts";
import { Problem } from "../sync/problems.ts";
import { type Change, type StatementChange, takeEntry, takeStatement } from "./arrive.ts";
import { Ledger } from "./ledger.ts";
import type { Memory } from "./memory.ts";
import type { PartState, Word } from "./records.ts";
import type { SignedIn } from "./session.ts";
import { openGrants, readDirectory } from "./sign-in.ts";

/** Directory entries under which what arrived is judged as before; a grant to this reader shows in what is held. */
const JUDGES_NOTHING = new Set(["confirm", "grant", "invitation", "release", "service", "setting", "site"]);

export class Reader {
  ledger = new Ledger();
  /** by entry hash, as received */
  readonly changes = new Map<string, Change>();
  /** what became of parts, by id: survives a new reading of everything */
  readonly parts = new Map<string, PartState>();
  readonly alarms = new Map<string, Problem>();
  readonly chain = new Entries();
  readonly #statements: StatementChange[] = [];
  readonly #words: Word[];
  readonly #signedIn: SignedIn;
  readonly #memory: Memory;
  #cursor = 0;
  /** the directory's number that everything here was judged under */
  #judged: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(signedIn: SignedIn, memory: Memory) {
    this.#signedIn = signedIn;
    this.#memory = memory;
    this.#judged = signedIn.directory.seq;
    this.#words = memory.words();
    for (const word of this.#words) this.ledger.addWord(word);
  }

  /** One question to the centre, waiting up to `wait` seconds for news. True when more is there already. */
  async round(wait: number, signal: AbortSignal): Promise<boolean> {
    const { line } = this.#signedIn;
    const page = await line.with((token) => line.transport.changes(this.#cursor, wait, token, signal));
    await this.#alone(async () => {
      await this.#followDirectory();
      await this.#take(page.entries);
      for (const statement of page.statements) {
        this.#statements.push(statement);
        await takeStatement(this.ledger, this.#signedIn.directory, statement);
      }
    });
    this.#cursor = page.cursor;
    return page.more;
  }

  /** Reads the directory on, and judges everything again under it when it grew. */
  follow(): Promise<void> {
    return this.#alone(() => this.#followDirectory());
  }

  /** What changes the ledger waits for what changes it now: a new reading must not lose what comes in meanwhile. */
  #alone<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(change);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #followDirectory(): Promise<void> {
    const { line, directory, held } = this.#signedIn;
    await readDirectory(line, directory, this.#memory);
    if (directory.seq === this.#judged) return;
    const fresh = directory.entries().slice(this.#judged);
    this.#judged = directory.seq;
    const opened = held.size;
    for (const problem of await openGrants(this.#signedIn)) this.alarm(problem);
    if (held.size > opened || fresh.some((entry) => !JUDGES_NOTHING.has(entry.kind))) await this.#readAgain();
  }

  async #take(changes: readonly Change[]): Promise<void> {
    let revoked = false;
    for (const change of changes) revoked = (await this.#keep(change)) || revoked;
    // An entry below a cut counts once the chain up to the cut is here: what came before it is judged anew.
    if (revoked) await this.#readAgain();
    else for (const change of changes) await this.#judge(this.ledger, change);
  }

  /** Keeps the bytes before anything is judged; whether the key fell that wrote them. */
  async #keep(change: Change): Promise<boolean> {
    const hash = await entryHash(change.bytes);
    this.changes.set(b64(hash), change);
    try {
      const entry = readEntry(change.bytes);
      this.chain.add(hash, entry);
      // A writer who knew another directory than this one: somebody shows different people different keys (6.2).
      if (entry.directory) this.#signedIn.directory.checkView(entry.directory);
      return this.#signedIn.directory.revoked.has(keyOfLog(entry.log));
    } catch (problem) {
      if (!Problem.is(problem)) throw problem;
      if (problem.code === "split_directory") this.alarm(problem);
      return false;
    }
  }

  async #readAgain(): Promise<void> {
    const ledger = new Ledger();
    for (const pending of this.ledger.pending()) ledger.addDecision(pending);
    for (const change of this.changes.values()) await this.#judge(ledger, change);
    for (const statement of this.#statements) await takeStatement(ledger, this.#signedIn.directory, statement);
    for (const word of this.#words) ledger.addWord(word);
    // Also what was decided while this was reading.
    for (const pending of this.ledger.pending()) ledger.addDecision(pending);
    this.ledger = ledger;
  }

  #judge(ledger: Ledger, change: Change): Promise<void> {
    const { directory, held } = this.#signedIn;
    return takeEntry(ledger, directory, change, this.chain, (ref) => {
      const id = b64(ref.id);
      if (directory.erased.has(ref.id)) return { is: "erased" };
      if (!held.has(b64(ref.key))) return { is: "sealed" };
      return this.parts.get(id) ?? { is: "waiting" };
    });
  }

  /** An end-of-shift code that was brought to this desk. */
  addWord(word: Word): void {
    this.#words.push(word);
    this.#memory.addWord(word);
    this.ledger.addWord(word);
  }

  alarm(problem: Problem): void {
    this.alarms.set(problem.code, problem);
  }
}
