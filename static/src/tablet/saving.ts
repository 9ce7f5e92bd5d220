/**
 * Keeps one draft on disk while somebody types: the truth behind *Saved 14:06*.
 *
 * Rules:
 * - One save at a time; what changed meanwhile is saved next; the last state always wins.
 * - `saved` is told only after the save's promise resolved and nothing newer waits.
 * - A failed save keeps everything in memory, is told, and is tried again at the next change or after a rest.
 */

export interface SaveState {
  kind: "new" | "changing" | "saved" | "failed";
  /** Time of the last save that reached the disk. */
  at: number | null;
  /** Why the last try failed. */
  problem: unknown;
}

export type Settled = "saved" | "slow" | "failed";

export class DraftSaver {
  #save: () => Promise<number>;
  #tell: (state: SaveState) => void;
  #state: SaveState = { kind: "new", at: null, problem: null };
  #dirty = false;
  /** Typed text that was not handed over yet. */
  #resting = false;
  #running: Promise<void> | null = null;

  /** `save` writes the present state and resolves with its time; `tell` hears of every change of `state`. */
  constructor(save: () => Promise<number>, tell: (state: SaveState) => void, savedAt: number | null = null) {
    this.#save = save;
    this.#tell = tell;
    if (savedAt !== null) this.#state = { kind: "saved", at: savedAt, problem: null };
  }

  get state(): SaveState {
    return this.#state;
  }

  /** True while something entered is not on disk. */
  get unsaved(): boolean {
    return this.#dirty || this.#resting || this.#running !== null;
  }

  /** Something was typed that is not handed over yet: *Saved* no longer stands. */
  changing(): void {
    this.#resting = true;
    if (this.#state.kind === "saved" || this.#state.kind === "new") this.#set({ ...this.#state, kind: "changing" });
  }

  /** Something was entered: save it now. */
  touch(): void {
    this.changing();
    this.#resting = false;
    this.#dirty = true;
    this.#running ??= this.#run();
  }

  /** Tries again after a failure. */
  retry(): void {
    if (this.#state.kind === "failed") this.touch();
  }

  /** Waits until all is on disk, a save failed, or `limit` resolved. */
  async settle(limit: Promise<void>): Promise<Settled> {
    if (this.#dirty && !this.#running) this.#running = this.#run();
    if (this.#running) {
      const slow = await Promise.race([this.#running.then(() => false), limit.then(() => true)]);
      if (slow) return "slow";
    }
    return this.#state.kind === "failed" ? "failed" : "saved";
  }

  async #run(): Promise<void> {
    try {
      while (this.#dirty) {
        this.#dirty = false;
        const at = await this.#save();
        const newer = this.#dirty || this.#resting;
        this.#set({ kind: newer ? "changing" : "saved", at, problem: null });
      }
    } catch (problem) {
      this.#dirty = true;
      this.#set({ kind: "failed", at: this.#state.at, problem });
    } finally {
      this.#running = null;
    }
  }

  #set(state: SaveState): void {
    this.#state = state;
    this.#tell(state);
  }
}
