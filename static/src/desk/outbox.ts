// Decisions that were signed here and wait for the centre's receipt. Kept in memory: signed bytes and sealed parts only,
// so they outlast a lock. Nothing leaves this list before a verified receipt of a listed centre names it.
import { writeBundle } from "../sync/bundle.ts";
import type { Bytes } from "../sync/bytes.ts";
import type { Signed } from "../sync/entry.ts";
import { Problem } from "../sync/problems.ts";
import type { StoreList } from "../sync/statement.ts";
import type { Transport } from "../sync/transport.ts";
import { centreReceipts, type Place, settles } from "./receipts.ts";

export type Sending = Place & { entry: Signed; parts: readonly Bytes[]; prev: string };

export class Outbox {
  /** log -> its head at the centre as last heard: what holds while the centre does not answer */
  readonly heads = new Map<string, { seq: number; hash: string }>();
  #waiting: Sending[] = [];

  get waiting(): readonly Sending[] {
    return this.#waiting;
  }

  add(sending: Sending): void {
    this.#waiting.push(sending);
  }

  /** Sends all that waits. Returns the hashes that a centre's receipt settled; what it refused is thrown by its code. */
  async push(transport: Transport, pid: Uint8Array, stores: StoreList): Promise<string[]> {
    const sent = [...this.#waiting];
    if (sent.length === 0) return [];
    const bundle = writeBundle({ entries: sent.map((one) => one.entry), parts: sent.flatMap((one) => one.parts) });
    const answer = await transport.pushBundle(bundle);
    const receipts = await centreReceipts(pid, stores, answer.receipts);
    const prevs = new Map(sent.map((one) => [one.hash, one.prev]));
    const settled = sent.filter((one) =>
      receipts.some((receipt) => settles(receipt, one, (hash) => prevs.get(hash) ?? null)),
    );
    for (const { log, seq, hash } of settled) this.heads.set(log, { seq, hash });
    this.settle(settled.map((one) => one.hash));
    const refused = answer.entries.find((one) => one.problem !== null);
    if (refused?.problem) throw Problem.of(refused.problem);
    return settled.map((one) => one.hash);
  }

  /** Takes out what is known to be at the centre: it came back in the feed, or its receipt was verified. */
  settle(hashes: readonly string[]): void {
    const gone = new Set(hashes);
    this.#waiting = this.#waiting.filter((one) => !gone.has(one.hash));
  }
}
