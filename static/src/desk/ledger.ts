// Everything that arrived, kept as a set: the order of arrival changes no answer given here (I9).
import { gapsOf, type LogGaps } from "./gaps.ts";
import type { Place } from "./receipts.ts";
import type { Arrived, Decision, Stated, Submission, Word } from "./records.ts";

export class Ledger {
  readonly submissions = new Map<string, Submission>();
  readonly #decisions = new Map<string, Decision>();
  readonly #others = new Map<string, Arrived>();
  /** submission id -> hashes of the entries that claim it */
  readonly #claims = new Map<string, string[]>();
  /** entry hash -> hashes of the decisions on it */
  readonly #decided = new Map<string, Set<string>>();
  /** log -> the highest word of its writer */
  readonly #stated = new Map<string, Stated>();
  /** log -> the highest number that its tablet's end-of-shift code named */
  readonly #words = new Map<string, Word>();
  /** submission id -> hashes of the entries that go on with it */
  readonly #pieces = new Map<string, string[]>();
  /** log -> {seq, hash} that a later log says it continues */
  readonly #continued = new Map<string, number>();
  /** log -> number -> hashes; more than one hash is a fork */
  readonly #numbers = new Map<string, Map<number, Set<string>>>();
  /** log -> last time that anything of it was received */
  readonly #contact = new Map<string, number>();

  has(hash: string): boolean {
    return this.submissions.has(hash) || this.#decisions.get(hash)?.pending === false || this.#others.has(hash);
  }

  addSubmission(entry: Submission): void {
    if (this.has(entry.hash)) return;
    this.submissions.set(entry.hash, entry);
    this.#claims.set(entry.submission, [...(this.#claims.get(entry.submission) ?? []), entry.hash]);
    if (entry.continues) {
      this.#pieces.set(entry.continues, [...(this.#pieces.get(entry.continues) ?? []), entry.hash]);
    }
    this.#count(entry);
  }

  /** A decision signed here counts as pending until it comes back from the centre or its receipt is verified. */
  addDecision(entry: Decision): void {
    const known = this.#decisions.get(entry.hash);
    if (known && !known.pending) return;
    // The question was written here: its words are known before the part comes back.
    const question = known?.question?.is === "open" ? known.question : entry.question;
    this.#decisions.set(entry.hash, { ...entry, question });
    this.#decided.set(entry.of, (this.#decided.get(entry.of) ?? new Set<string>()).add(entry.hash));
    if (!entry.pending) this.#count(entry);
  }

  addOther(entry: Arrived): void {
    if (this.has(entry.hash)) return;
    this.#others.set(entry.hash, entry);
    this.#count(entry);
  }

  /** A verified head statement. An older one never lowers what is owed. */
  addStated(stated: Stated): void {
    this.#seen(stated.log, stated.received);
    const known = this.#stated.get(stated.log);
    const newer = !known || stated.seq > known.seq || (stated.seq === known.seq && stated.time >= known.time);
    if (newer) this.#stated.set(stated.log, stated);
  }

  /** An end-of-shift code that somebody brought. It can raise what is outstanding, never settle it (PROTOCOL 5). */
  addWord(word: Word): void {
    const known = this.#words.get(word.log);
    if (!known || word.seq > known.seq || (word.seq === known.seq && word.time > known.time)) {
      this.#words.set(word.log, word);
    }
  }

  word(log: string): Word | undefined {
    return this.#words.get(log);
  }

  /** Entries that claim this submission id. */
  claims(submission: string): Submission[] {
    return this.#all(this.#claims.get(submission));
  }

  /** Entries that say they go on with this submission. */
  pieces(submission: string): Submission[] {
    return this.#all(this.#pieces.get(submission));
  }

  #all(hashes: readonly string[] = []): Submission[] {
    return hashes.flatMap((hash) => this.submissions.get(hash) ?? []).filter((one) => !one.failure);
  }

  /** `after` in a log's first entry: the writer's word that the older log reached this number. */
  addContinued(log: string, seq: number): void {
    this.#continued.set(log, Math.max(seq, this.#continued.get(log) ?? 0));
  }

  decision(hash: string): Decision | undefined {
    return this.#decisions.get(hash);
  }

  /** All decisions on one submission entry, oldest first by the writers' own times; equal times by hash, the same everywhere. */
  decisionsOn(of: string): Decision[] {
    return [...(this.#decided.get(of) ?? [])]
      .flatMap((hash) => this.#decisions.get(hash) ?? [])
      .filter((one) => !one.failure)
      .sort((a, b) => a.time - b.time || a.seq - b.seq || (a.hash < b.hash ? -1 : 1));
  }

  /** Decisions whose question has not been read. */
  unread(): Decision[] {
    return [...this.#decisions.values()].filter((one) => one.question?.is === "sealed" && !one.failure);
  }

  /** The hash before an entry, or null when it is not here. */
  prevOf(hash: string): string | null {
    const entry = this.submissions.get(hash) ?? this.#decisions.get(hash) ?? this.#others.get(hash);
    return entry?.prev ?? null;
  }

  pending(): Decision[] {
    return [...this.#decisions.values()].filter((one) => one.pending);
  }

  /** Entries that claim the same submission id (never merged: shown as two). */
  twins(entry: Submission): Submission[] {
    const others = (this.#claims.get(entry.submission) ?? []).filter((hash) => hash !== entry.hash);
    return others.flatMap((hash) => this.submissions.get(hash) ?? []).filter((other) => !other.failure);
  }

  /** Submissions that say they replace this one; the word of another key than the one that wrote it does not count. */
  successors(hash: string): Submission[] {
    const key = this.submissions.get(hash)?.writer?.key;
    return [...this.submissions.values()].filter(
      (other) => other.supersedes.includes(hash) && !other.failure && other.writer?.key === key,
    );
  }

  keptApart(): number {
    const all = [...this.submissions.values(), ...this.#decisions.values(), ...this.#others.values()];
    return all.filter((one) => one.failure !== null).length;
  }

  logs(): string[] {
    return [
      ...new Set([...this.#numbers.keys(), ...this.#stated.keys(), ...this.#continued.keys(), ...this.#words.keys()]),
    ].sort();
  }

  stated(log: string): Stated | undefined {
    return this.#stated.get(log);
  }

  gaps(log: string): LogGaps {
    const words = [this.#stated.get(log)?.seq, this.#continued.get(log), this.#words.get(log)?.seq];
    const stated = Math.max(...words.map((seq) => seq ?? 0));
    return gapsOf(this.#numbers.get(log)?.keys() ?? [], stated);
  }

  /** Numbers that were used twice in a log: an alarm for ever (I6). */
  forks(log: string): number[] {
    const numbers = this.#numbers.get(log) ?? new Map<number, Set<string>>();
    return [...numbers].filter(([, hashes]) => hashes.size > 1).map(([seq]) => seq);
  }

  /** The highest entry held of each log that `mine` says: what a revocation of its key lets stand. */
  tips(mine: (log: string) => boolean): Place[] {
    const tips: Place[] = [];
    for (const [log, numbers] of this.#numbers) {
      if (!mine(log)) continue;
      const seq = Math.max(...numbers.keys());
      const [hash] = [...(numbers.get(seq) ?? [])].sort();
      if (hash !== undefined) tips.push({ log, seq, hash });
    }
    return tips;
  }

  lastContact(log: string): number | null {
    return this.#contact.get(log) ?? null;
  }

  #count(entry: Arrived): void {
    // An entry with a bad signature proves nothing about the log it names.
    if (entry.failure?.step === 1) return;
    const numbers = this.#numbers.get(entry.log) ?? new Map<number, Set<string>>();
    this.#numbers.set(entry.log, numbers);
    numbers.set(entry.seq, (numbers.get(entry.seq) ?? new Set<string>()).add(entry.hash));
    this.#seen(entry.log, entry.received);
  }

  #seen(log: string, received: number): void {
    this.#contact.set(log, Math.max(received, this.#contact.get(log) ?? 0));
  }
}
