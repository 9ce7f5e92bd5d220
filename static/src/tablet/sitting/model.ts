/**
 * The nouns of a talk: who is asked, in what room, what the tablet remembers beside the answers. Types and closed lists.
 *
 * Rules: `Memory` stands in the draft (the vault does not look inside); reasons and choices are codes, their words are
 * `<list>.<code>` in the message files.
 */
import type { DutyContact, Person } from "../../vault/index.ts";

export const INTERPRETERS = ["none", "staff", "phone", "relative"] as const;
export type Interpreter = (typeof INTERPRETERS)[number];

export const NEAR = ["nobody", "carer", "children", "family", "others"] as const;
export type Near = (typeof NEAR)[number];

/** Languages that a talk may be held in; a code or, for *another*, what was written. */
export const SPOKEN = ["kk", "ru", "ar", "en", "ku", "other"] as const;

/** Asked once a person and shift, carried into each of her forms. */
export interface Sitting {
  language: string;
  interpreter: Interpreter;
  near: Near[];
  overheard: boolean;
  /** Milliseconds. */
  asked: number;
}

export const STOPS = ["emergency", "tired", "asks", "no_interpreter", "not_private"] as const;
export type Stop = (typeof STOPS)[number];

/** What the tablet knows of the person that a form is about. */
export type About = Pick<Person, "card" | "family_card" | "name" | "sex" | "birth_date" | "birth_date_precision">;

/** Somebody took over what a flag of P1 calls for; `by` null = nobody yet. */
export interface TakenOver {
  flag: string;
  by: string | null;
  carer_unsafe?: boolean;
}

/** The rest of a form that was sealed in part. */
export interface Continuing {
  submission: string;
  /** Refs of the sections that are sealed already. */
  sections: string[];
}

/** Typed from paper: when it was asked, and the number on the paper. */
export interface Paper {
  asked_at: number;
  number: string;
}

/** What a draft remembers of its talk. */
export interface Memory {
  about: About | null;
  /** Id of the household (b64) in a household form. */
  household: string | null;
  /** Card of the family that a household form adds to. */
  family: string | null;
  /** Answers that stood at the beginning, by role: the card that was scanned. */
  preset: Record<string, string>;
  sitting: Sitting | null;
  continues: Continuing | null;
  /** Refs of sections that were gone through. */
  seen: string[];
  taken_over: TakenOver[];
  /** The person had the tablet in her own hands. */
  given: boolean;
  paper: Paper | null;
}

/** What a form is begun with. */
export interface Beginning {
  /** Key of the form. */
  form: string;
  about: About | null;
  sitting: Sitting | null;
  /** Card of the family that a household form adds to. */
  family?: string | undefined;
  /** Form version that the rest belongs to, else the newest. */
  continues?: (Continuing & { version: string }) | undefined;
  /** Answers that stand at the beginning, by role. */
  preset?: Record<string, string> | undefined;
}

/** A flag of P1 that is raised now. */
export interface Alarm {
  flag: string;
  audience: string;
  /** Its audience is nobody's business in this room: neutral words only. */
  quiet: boolean;
  /** What to do first; empty when quiet. */
  action: string;
  taken: TakenOver | null;
}

export type { DutyContact };

export function freshMemory(given: Partial<Memory> = {}): Memory {
  const nothing: Memory = {
    about: null,
    household: null,
    family: null,
    preset: {},
    sitting: null,
    continues: null,
    seen: [],
    taken_over: [],
    given: false,
    paper: null,
  };
  return { ...nothing, ...given };
}

/** What a draft remembers; one from before this version remembers nothing. */
export function remembered(talk: unknown): Memory {
  return freshMemory(typeof talk === "object" && talk !== null ? (talk as Partial<Memory>) : {});
}
