/** Alarms: what a person has to be told even if nobody is unlocked now. Each code is kept once, with its newest detail. */
import { nowMs } from "../sync/clock.ts";
import { Problem } from "../sync/problems.ts";
import { type Database, fact, write } from "./database.ts";
import type { Alarm } from "./types.ts";

export async function alarms(db: Database): Promise<Alarm[]> {
  return (await fact(db, "alarms")) ?? [];
}

export async function raise(db: Database, code: string, detail: Record<string, unknown> = {}): Promise<void> {
  const alarm: Alarm = { code, at: nowMs(), detail };
  await write(db, ["facts"], async (tx) => {
    const all = ((await tx.objectStore("facts").get("alarms")) ?? []) as Alarm[];
    await tx.objectStore("facts").put([...all.filter((one) => one.code !== code), alarm], "alarms");
  });
}

/** Codes that mean that somebody shows us another history than we have seen. */
const OF_THE_VIEW = new Set(["split_directory", "shortened_directory", "wrong_programme"]);

/** Runs a check of another's view; what it says against the directory becomes an alarm. Returns whether all was well. */
export async function alarming(db: Database, check: () => void | Promise<void>): Promise<boolean> {
  try {
    await check();
    return true;
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    const code = OF_THE_VIEW.has(cause.code) ? cause.code : "directory_refused";
    await raise(db, code, code === cause.code ? cause.detail : { ...cause.detail, code: cause.code });
    return false;
  }
}
