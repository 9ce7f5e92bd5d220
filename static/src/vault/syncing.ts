/** The loop of deliveries: now, then every minute, longer and longer apart while it fails, never two at once. */
import { Problem } from "../sync/problems.ts";
import { randomBytes } from "../sync/randomness.ts";
import { pause } from "./delivery.ts";
import type { Delivered } from "./types.ts";

export interface Syncing {
  /** Tries at once: after a seal, at unlock, when the network is back. */
  now(): void;
  stop(): void;
}

export function startSyncing(
  push: () => Promise<Delivered>,
  onRound: (result: Delivered | { problem: string }) => void,
): Syncing {
  let failures = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running = false;
  let again = false;
  let stopped = false;

  async function round(): Promise<void> {
    running = true;
    again = false;
    let result: Delivered | { problem: string };
    try {
      result = await push();
      failures = 0;
    } catch (cause) {
      failures += 1;
      result = { problem: Problem.is(cause) ? cause.code : "storage_failed" };
    }
    running = false;
    if (stopped) return;
    onRound(result);
    const chance = (randomBytes(1)[0] ?? 0) / 256;
    timer = setTimeout(round, again ? 0 : pause(failures, chance));
  }

  function now(): void {
    if (stopped) return;
    // What is asked for while a round runs may have come too late for it.
    if (running) {
      again = true;
      return;
    }
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(round, 0);
  }

  now();
  return {
    now,
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
    },
  };
}
