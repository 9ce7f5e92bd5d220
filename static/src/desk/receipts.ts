// Which entries a centre's receipt settles. `prev` commits, so a receipt without holes settles the whole chain below it.

import type { Signed } from "../sync/entry.ts";
import { b64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import { type Receipt, type StoreList, verifyReceipt } from "../sync/statement.ts";

export type Place = { log: string; seq: number; hash: string };

/** Whether `receipt` says that `entry` is held durably. `prevOf` knows the hash before a hash, or null. */
export function settles(
  receipt: Pick<Receipt, "log" | "seq" | "hash" | "contiguous">,
  entry: Place,
  prevOf: (hash: string) => string | null,
): boolean {
  if (b64(receipt.log) !== entry.log || receipt.seq < entry.seq) return false;
  let hash: string | null = b64(receipt.hash);
  if (receipt.seq === entry.seq) return hash === entry.hash;
  if (receipt.contiguous !== receipt.seq) return false;
  for (let seq = receipt.seq; seq > entry.seq && hash !== null; seq--) hash = prevOf(hash);
  return hash === entry.hash;
}

/** The receipts among `signed` that verify with a listed centre's key. Throws for none of them: they just do not count. */
export async function centreReceipts(
  pid: Uint8Array,
  stores: StoreList,
  signed: readonly Signed[],
): Promise<Receipt[]> {
  const good: Receipt[] = [];
  for (const one of signed) {
    try {
      const { receipt, role } = await verifyReceipt(pid, stores, one);
      if (role === "centre") good.push(receipt);
    } catch (problem) {
      if (!Problem.is(problem)) throw problem;
    }
  }
  return good;
}
