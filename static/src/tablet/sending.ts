/** Delivery in the background and by hand, and what the outbox shows of it. Every figure comes from the vault. */
import { nowMs } from "../sync/clock.ts";
import { failure } from "../ui/problem.ts";
import type { Delivered } from "../vault/index.ts";
import type { App } from "./app.ts";
import { keepForms } from "./form-cache.ts";

export class Sending {
  readonly #app: App;
  /** After each round that reached the centre: a newer release may have become whole. */
  readonly #reached: () => Promise<void>;
  #syncing: { now(): void; stop(): void } | null = null;

  constructor(app: App, reached: () => Promise<void>) {
    this.#app = app;
    this.#reached = reached;
  }

  /** From enrolment on, locked or not: what was signed needs no key to travel. */
  start(): void {
    this.#syncing ??= this.#app.vault.keepSyncing((result) => {
      void this.#round(result).catch((thrown: unknown) => {
        this.#app.model.delivery = failure(thrown);
      });
    });
  }

  stop(): void {
    this.#syncing?.stop();
    this.#syncing = null;
  }

  now(): void {
    this.#syncing?.now();
  }

  async #round(result: Delivered | { problem: string }): Promise<void> {
    if (!this.#app.open) return;
    const failed = "problem" in result;
    this.#app.model.delivery = failed ? { code: result.problem } : null;
    await this.refresh();
    if (!failed) await this.#arrived();
  }

  /** What the centre told may name new forms; a newer release may be whole with them. */
  async #arrived(): Promise<void> {
    await keepForms(this.#app.vault, this.#app.model.release);
    await this.#reached();
  }

  /** Figures everywhere, rows where they are on the screen. */
  async refresh(): Promise<void> {
    await this.#app.refresh();
    if (this.#app.model.state === "outbox" && this.#app.vault.session()) await this.rows();
  }

  async rows(): Promise<void> {
    this.#app.model.outbox = { ...this.#app.model.outbox, rows: await this.#app.session.outbox() };
    this.#app.paint();
  }

  async open(): Promise<void> {
    await this.#app.attempt("open", async () => {
      await this.rows();
      this.#app.go("outbox");
    });
  }

  /** *Send now*: the answer is shown whatever it is. */
  async byHand(): Promise<void> {
    const { model } = this.#app;
    const sent = await this.#app.attempt("send", async () => {
      try {
        const { sent: n } = await this.#app.vault.push();
        model.delivery = null;
        await this.refresh();
        model.notice = n > 0 ? { kind: "sent", at: nowMs(), n } : { kind: "nothing_to_send", at: nowMs() };
      } catch (thrown) {
        model.delivery = failure(thrown);
        throw thrown;
      }
    });
    if (sent) await this.#arrived().catch((thrown: unknown) => this.#app.tell(thrown));
    else await this.refresh();
  }
}
