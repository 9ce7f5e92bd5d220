/**
 * When unsent work must be carried now, as a decision: figures in, a reason out.
 *
 * Rules: pure; only what is nowhere else counts; a battery that the browser does not tell of warns of nothing.
 */
import type { Status } from "../vault/index.ts";

export interface Battery {
  /** 0 to 100. */
  percent: number;
  charging: boolean;
}

/** When the programme's `carry_minutes` says nothing. */
const CARRY_MINUTES = 40;
const LOW = 20;
const MINUTE = 60_000;

export type Carry = "age" | "battery";

/** Why somebody must carry what is only here, or null. `setting` = the programme's `carry_minutes`. */
export function carryNow(status: Status, battery: Battery | null, setting: unknown, now: number): Carry | null {
  if (status.counts.tablet === 0) return null;
  const age = unsentFor(status, now);
  const minutes = typeof setting === "number" && setting > 0 ? setting : CARRY_MINUTES;
  if (age !== null && age > minutes * MINUTE) return "age";
  return battery && !battery.charging && battery.percent < LOW ? "battery" : null;
}

/** How long the oldest submission has been on this tablet alone, in ms; null when none is. */
export function unsentFor(status: Status, now: number): number | null {
  return status.oldestUnsent === null ? null : Math.max(now - status.oldestUnsent, 0);
}
