/**
 * *Hand over*: a draft becomes a colleague's, sealed to their work key and to recovery. Its giver's key opens it no more;
 * both names stay on it.
 */
import { nowMs } from "../sync/clock.ts";
import { unb64 } from "../sync/ids.ts";
import { workers } from "./colleagues.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import type { Drafts } from "./drafts.ts";
import { vaultProblem } from "./problems.ts";
import { wrapDraftKey } from "./records.ts";

export async function handOver(context: Context, keys: Keys, drafts: Drafts, id: string, to: string): Promise<void> {
  await drafts.settle(id);
  const record = await drafts.mine(id);
  if (to === keys.staff) return;
  const enrolled = needEnrolled(context);
  const colleague = (await workers(context, enrolled)).find((one) => one.id === to);
  if (!colleague) throw vaultProblem("unknown_colleague");
  const key = await drafts.keyBytes(record);
  const readers = [colleague.work, enrolled.directory.recovery];
  const wraps = await wrapDraftKey(enrolled.device.programme, unb64(id), readers, key);
  const hands = [...(await drafts.hands(record)), { id: keys.staff, name: keys.staffName, at: nowMs() }];
  await drafts.give(record, to, key, wraps, hands);
}
