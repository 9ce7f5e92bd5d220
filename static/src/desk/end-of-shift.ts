// A tablet's last word as a person brings it: the text of its QR code, or the short code read out. It may raise what is
// outstanding; it settles nothing, and what is typed is nobody's signature (PROTOCOL 5.3).
import { b64, unb64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import { readShortCode, readShortHead, verifyShortHead } from "../sync/short-head.ts";
import type { Word } from "./records.ts";
import type { SignedIn } from "./session.ts";

const QR = /^ESIK1 /i;

/**
 * Reads what was scanned or typed. `logs` are the tablets' logs known here, base64url. Throws `malformed` for what is no
 * such code or fits no log, `unknown_device`, `bad_signature`.
 */
export async function readWord(
  { pid, directory }: Pick<SignedIn, "pid" | "directory">,
  text: string,
  logs: readonly string[],
  now: number,
): Promise<Word> {
  const typed = text.trim();
  if (QR.test(typed)) {
    const signed = readShortHead(typed.toUpperCase());
    const { log } = signed.head;
    const key = directory.writer(log)?.kind === "device" ? directory.keyOfLog(log) : undefined;
    if (!key) throw new Problem("unknown_device");
    const { seq, time } = await verifyShortHead(pid, key, signed);
    return { log: b64(log), seq, time, how: "qr" };
  }
  const tablets = logs.map(unb64).filter((log) => directory.writer(log)?.kind === "device");
  const claim = await readShortCode(pid, typed, tablets);
  const [log, ...others] = claim.logs;
  if (!log || others.length > 0) throw new Problem("malformed", { reason: "log" });
  return { log: b64(log), seq: claim.seq, time: now, how: "code" };
}
