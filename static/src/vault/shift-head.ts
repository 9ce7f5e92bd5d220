/** The end of the shift: the signed short head of the log that is written, and the code to be read out (PROTOCOL 5.3). */
import { nowMs } from "../sync/clock.ts";
import { writeShortCode, writeShortHead } from "../sync/short-head.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { currentRow, writableLog } from "./logs.ts";
import type { ShiftHead } from "./types.ts";

export async function shiftHead(context: Context, keys: Keys): Promise<ShiftHead> {
  const { programme } = needEnrolled(context).device;
  // A log that was left for another still says how far this tablet wrote, until the new one has begun.
  const { log, seq, hash } = (await currentRow(context)) ?? (await writableLog(context)).state;
  const time = nowMs();
  const qr = await writeShortHead(programme, keys.signing, { log, seq, hash, time });
  return { seq, time, qr, code: await writeShortCode(programme, log, seq) };
}
