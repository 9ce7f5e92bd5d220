/**
 * Flags that are raised, in the words of the form: what cannot wait, what follows, by when.
 *
 * Rules: what belongs to wellbeing or protection stands in no words and no deadline on a screen.
 */
import type { Engine } from "../../form/index.ts";
import { plainText } from "../plain-text.ts";
import type { Alarm, Memory } from "./model.ts";
import { quiet } from "./rules.ts";

const HOUR = 3_600_000;

/** What an answer calls for, as the check shows it. */
export interface Follow {
  flag: string;
  level: "P1" | "P2" | "P3" | "P4";
  /** Hours from when it was asked; null = at the next visit. */
  hours: number | null;
  audience: string;
  action: string;
  why: string;
}

/** Flags of P1 as they stand, with who took over. */
export function alarmsOf(engine: Engine, memory: Memory): Alarm[] {
  return engine
    .flags()
    .filter((one) => one.level === "P1")
    .map((one) => ({
      flag: one.name,
      audience: one.audience,
      quiet: quiet(one.audience),
      action: quiet(one.audience) ? "" : flagText(engine, one.name, "action"),
      taken: memory.taken_over.find((by) => by.flag === one.name) ?? null,
    }));
}

export function follows(engine: Engine): Follow[] {
  return engine
    .flags()
    .filter((one) => !quiet(one.audience))
    .map((one) => ({
      flag: one.name,
      level: one.level,
      hours: one.hours,
      audience: one.audience,
      action: flagText(engine, one.name, "action"),
      why: flagText(engine, one.name, "why"),
    }));
}

/** Earliest deadline of what is raised, in milliseconds; of a quiet flag it would tell. */
export function dueOf(engine: Engine, asked: number): number | null {
  const hours = follows(engine).flatMap((one) => one.hours ?? []);
  return hours.length > 0 ? asked + Math.min(...hours) * HOUR : null;
}

/** Something quiet calls for somebody, though not at once. */
export function marksQuietly(engine: Engine): boolean {
  return engine.flags().some((one) => one.level !== "P1" && quiet(one.audience));
}

function flagText(engine: Engine, name: string, slot: "action" | "why"): string {
  const text = engine.form.flags?.find((one) => one.name === name)?.[slot];
  return text ? plainText(text, engine.language, engine.form) : "";
}
