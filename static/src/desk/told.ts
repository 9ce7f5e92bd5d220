// What a part tells beside its answers: how the talk ended, who was in the room, who had it before, what is urgent.
// Written by a tablet, which may be faulty or stolen: checked once, with the payload, before any screen reads it.
import type { PartPayload } from "../form/index.ts";

export const LEVELS = ["P1", "P2", "P3", "P4"] as const;
export type Level = (typeof LEVELS)[number];

/** A flag of the part's own audience; `due` in ms. `by` null = nobody had taken over when it was sealed. */
export type ToldFlag = {
  name: string;
  level: Level;
  due: number | null;
  taken_over?: { by: string | null; carer_unsafe?: boolean };
};

export type ToldSitting = { language: string; interpreter: string; near: string[]; overheard: boolean; asked: number };

export type Told = {
  handed: { id: string; name: string }[];
  sitting: ToldSitting | null;
  outcome: "done" | "part" | "not_wanted";
  again_on: string | null;
  continues: string | null;
  parked: string[];
  stopped: string | null;
  /** when it was typed from paper, ms, and the number on the paper */
  typed_at: number | null;
  paper: string | null;
  flags: ToldFlag[];
  /** coordination only: the most urgent of what it may know */
  urgency: { level: Level; due: number | null } | null;
  /** coordination only: a deadline without a level, from parts that nobody else may know of */
  due: number | null;
};

const NOTHING: Told = {
  handed: [],
  sitting: null,
  outcome: "done",
  again_on: null,
  continues: null,
  parked: [],
  stopped: null,
  typed_at: null,
  paper: null,
  flags: [],
  urgency: null,
  due: null,
};

/** What an opened part tells; what it leaves out is the usual. */
export function toldOf(payload: PartPayload): Told {
  const said = payload as unknown as Partial<Record<keyof Told, unknown>>;
  const kept = Object.entries(said).filter(([name, value]) => name in NOTHING && value !== undefined);
  return { ...NOTHING, ...(Object.fromEntries(kept) as Partial<Told>) };
}

type Check = (value: unknown) => boolean;
const isText: Check = (value) => typeof value === "string";
const isTime: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isLevel: Check = (value) => LEVELS.some((level) => level === value);
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const each =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const fields =
  (checks: Record<string, Check>, maybe: Record<string, Check> = {}): Check =>
  (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const map = value as Record<string, unknown>;
    const whole = Object.entries(checks).every(([name, check]) => check(map[name]));
    return whole && Object.entries(maybe).every(([name, check]) => map[name] === undefined || check(map[name]));
  };

const isTaken = fields({ by: orNull(isText) }, { carer_unsafe: (value) => typeof value === "boolean", flag: isText });

/** Every field is optional: older forms and tablets do not write them. */
export const isTold: Check = fields(
  {},
  {
    handed: each(fields({ name: isText })),
    sitting: orNull(
      fields({ language: isText, interpreter: isText, near: each(isText), overheard: (it) => typeof it === "boolean" }),
    ),
    outcome: (value) => value === "done" || value === "part" || value === "not_wanted",
    again_on: orNull(isText),
    continues: orNull(isText),
    parked: each(isText),
    stopped: orNull(isText),
    typed_at: orNull(isTime),
    paper: orNull(isText),
    flags: each(fields({ name: isText, level: isLevel, due: orNull(isTime) }, { taken_over: orNull(isTaken) })),
    urgency: orNull(fields({ level: isLevel, due: orNull(isTime) })),
    due: orNull(isTime),
  },
);

/** The most urgent that opened parts tell. `nobody`: a P1 that nobody had taken over. */
export type Urgency = { level: Level | null; due: number | null; nobody: boolean };

/**
 * Null when nothing is urgent, as far as these parts tell. `due` is the earliest of the most urgent level, or of what has a
 * deadline and no level: a P3 of this morning must not make a P1 look late.
 */
export function urgencyOf(payloads: readonly PartPayload[]): Urgency | null {
  const told = payloads.map(toldOf);
  const flags = told.flatMap((one) => one.flags);
  const levelled = [...flags, ...told.flatMap(({ urgency }) => urgency ?? [])];
  const level = levelled.map((one) => one.level).sort()[0] ?? null;
  const dues = [...levelled.filter((one) => one.level === level), ...told].flatMap(({ due }) => due ?? []);
  if (level === null && dues.length === 0) return null;
  const nobody = flags.some((flag) => flag.level === "P1" && !flag.taken_over?.by);
  return { level, due: dues.length > 0 ? Math.min(...dues) : null, nobody };
}
