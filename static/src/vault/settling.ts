/** What an answer to a bundle changes here: receipts that verify settle entries; refusals are noted and nothing is lost. */
import type { Answer } from "../sync/bundle.ts";
import { nowMs } from "../sync/clock.ts";
import type { Signed } from "../sync/entry.ts";
import { b64, hex } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import { type Receipt, verifyReceipt } from "../sync/statement.ts";
import { alarming } from "./alarms.ts";
import { type Context, needEnrolled } from "./context.ts";
import { type EntryRow, read, write } from "./database.ts";
import { afterReceipt, type Role, settled } from "./receipts.ts";

interface Counted {
  readonly receipt: Receipt;
  readonly role: Role;
  readonly signed: Signed;
}

/** Keeps an answer about `sent`. A receipt that does not verify counts as none, and says so at the entry. */
export async function keepAnswer(context: Context, answer: Answer, sent: readonly EntryRow[]): Promise<void> {
  const { counted, refused } = await judge(context, answer);
  const settledBy = new Map<string, Counted>();
  for (const one of counted) {
    const log = b64(one.receipt.log);
    const range = IDBKeyRange.bound(`${log}/`, `${log}/~`);
    const chain = await read(() => context.db.getAll("entries", range));
    for (const row of settled(chain, one.receipt)) settledBy.set(row.place, one);
  }
  const problems = problemsOf(answer, sent, refused);
  await write(context.db, ["entries", "receipts"], async (tx) => {
    for (const [place, { receipt, role, signed }] of settledBy) {
      const row = await tx.objectStore("entries").get(place);
      if (!row) continue;
      const state = afterReceipt(row.state, role);
      // A relay's receipt changes nothing about what is safe, its time neither.
      const times = state === row.state ? {} : { receiptAt: receipt.time, safeAt: state === "safe" ? nowMs() : null };
      await tx.objectStore("entries").put({ ...row, ...times, state, problem: problems.get(place) ?? null });
      const key = `${b64(receipt.store)}/${b64(row.hash)}`;
      await tx.objectStore("receipts").put({ bytes: signed.bytes, signature: signed.signature }, key);
    }
    for (const [place, problem] of problems) {
      const row = settledBy.has(place) ? undefined : await tx.objectStore("entries").get(place);
      if (row) await tx.objectStore("entries").put({ ...row, problem });
    }
  });
}

/** Receipts that count (I7), and why the first of the others does not. */
async function judge(context: Context, answer: Answer): Promise<{ counted: Counted[]; refused: string | null }> {
  const { device, directory } = needEnrolled(context);
  const counted: Counted[] = [];
  let refused: string | null = null;
  const { head } = answer;
  if (head) await alarming(context.db, () => void directory.checkView(head));
  for (const signed of answer.receipts) {
    try {
      const { receipt, role } = await verifyReceipt(device.programme, directory, signed);
      await alarming(context.db, () => void directory.checkView(receipt.directory));
      counted.push({ receipt, role, signed });
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      refused ??= cause.code;
    }
  }
  return { counted, refused };
}

/** What the outbox says at each entry that was sent: the store's problem, its remark, or why its receipt does not count. */
function problemsOf(answer: Answer, sent: readonly EntryRow[], refused: string | null): Map<string, string | null> {
  const byHash = new Map(answer.entries.map((one) => [hex(one.hash), one]));
  return new Map(
    sent.map((row) => {
      const said = byHash.get(hex(row.hash));
      const waiting = said?.state === "waiting" ? "missing_objects" : null;
      return [row.place, said?.problem ?? said?.remark ?? waiting ?? refused];
    }),
  );
}
