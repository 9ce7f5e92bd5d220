/**
 * What a receipt settles, and what `have` unsettles (PROTOCOL 5.1, 9). Pure: the courier verifies and keeps.
 *
 *   state   | receipt, relay | receipt, centre | relay has not | centre has not
 *   tablet  | carried        | safe            | tablet        | tablet
 *   carried | carried        | safe            | tablet        | carried
 *   safe    | safe           | safe            | safe          | tablet
 *   removed | removed        | removed         | removed       | removed, and an alarm
 *
 * `carried` stays when the centre has it not: that is what carried means.
 */
import { equal } from "../sync/bytes.ts";
import type { Receipt } from "../sync/statement.ts";
import type { DeliveryState } from "./types.ts";

export type Role = "centre" | "relay";

/** One own entry, as far as receipts are concerned. */
export interface Link {
  readonly seq: number;
  readonly hash: Uint8Array;
}

const AFTER_RECEIPT: Record<DeliveryState, Record<Role, DeliveryState>> = {
  tablet: { relay: "carried", centre: "safe" },
  carried: { relay: "carried", centre: "safe" },
  safe: { relay: "safe", centre: "safe" },
  removed: { relay: "removed", centre: "removed" },
};

const AFTER_ABSENCE: Record<DeliveryState, Record<Role, DeliveryState>> = {
  tablet: { relay: "tablet", centre: "tablet" },
  carried: { relay: "tablet", centre: "carried" },
  safe: { relay: "safe", centre: "tablet" },
  removed: { relay: "removed", centre: "removed" },
};

export function afterReceipt(state: DeliveryState, role: Role): DeliveryState {
  return AFTER_RECEIPT[state][role];
}

export function afterAbsence(state: DeliveryState, role: Role): DeliveryState {
  return AFTER_ABSENCE[state][role];
}

/**
 * Those of `chain` (own entries of the receipt's log) that a verified receipt settles. None when its hash is not ours at
 * that number: then it speaks of another chain, a copied profile's, and ours is not there yet.
 */
export function settled<L extends Link>(
  chain: readonly L[],
  receipt: Pick<Receipt, "seq" | "hash" | "contiguous">,
): L[] {
  const ours = chain.some((link) => link.seq === receipt.seq && equal(link.hash, receipt.hash));
  if (!ours) return [];
  const upTo = Math.min(receipt.contiguous, receipt.seq);
  return chain.filter((link) => link.seq <= upTo || link.seq === receipt.seq);
}

/** Whether a store of this role still wants the entry. */
export function isPending(state: DeliveryState, role: Role): boolean {
  return state === "tablet" || (state === "carried" && role === "centre");
}
