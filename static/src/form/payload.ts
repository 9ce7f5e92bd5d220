/**
 * What leaves a form when it is sealed: one payload an audience, and what the tablet tells beside the answers.
 *
 * Rules: as in types.ts, which gives all of this on. `forms/split.py` is the reference.
 */
import type { Answers, Language, Level, Ref, Ways } from "./types.ts";

export interface Staff {
  id: string;
  name: string;
}

/** What the tablet knows and the form does not. */
export interface SplitContext {
  submission: string;
  /** base64url(SHA-256(bytes of the compiled form)). */
  version: string;
  household: string | null;
  /** The person's card in a form about a person; null in a household form. */
  card: string | null;
  staff: Staff;
  /** Milliseconds. */
  asked_at: number;
  mode: "tablet" | "given" | "paper";
  /** Facts of the person in a person form; a household form has none. */
  facts?: Partial<Facts>;
  /** Who had the draft before, oldest first. */
  handed?: Staff[];
  sitting?: Sitting | null;
  outcome?: Outcome;
  /** YYYY-MM-DD: when it is offered again to whom it was not wanted now. */
  again_on?: string | null;
  /** Top-level sections that are done, where only a part is sealed. */
  sections?: Ref[];
  /** The submission whose rest this is. */
  continues?: string | null;
  taken_over?: TakenOver[];
  /** Sensitive groups that were not opened. */
  parked?: Ref[];
  /** Why the talk was stopped: a code. */
  stopped?: string | null;
  queue?: Queue | null;
  /** Of a family that is known already; what the form says goes before it. */
  family_card?: string | null;
  /** When paper was typed in, milliseconds, and the number on the paper. */
  typed_at?: number | null;
  paper?: string | null;
}

export type Outcome = "done" | "part" | "not_wanted";
/** 0: somebody must go to this person now, and nobody took over; 1: before the others; 2: in turn. */
export type Queue = 0 | 1 | 2;

/** In which language, who interprets, who is near. Asked once for a person and shift. */
export interface Sitting {
  language: string;
  interpreter: "none" | "staff" | "phone" | "relative";
  near: ("nobody" | "carer" | "children" | "family" | "others")[];
  overheard: boolean;
  asked: number;
}

/** Who took over what a flag asks for; null: nobody yet. `carer_unsafe`: the carer was not told, on purpose. */
export interface TakenOver {
  flag: string;
  by: string | null;
  carer_unsafe?: boolean;
}

/** A flag in a part: its deadline in milliseconds, null for the next visit. */
export interface PartFlag {
  name: string;
  level: Level;
  due: number | null;
  taken_over?: { by: string | null; carer_unsafe: boolean };
}

export interface Facts {
  sex: string;
  birth_date: string;
  birth_date_precision: string;
  visit_date: string;
}

/** One row for the site's people list: what identifies, and what is done. Never an answer. */
export interface PersonRow {
  card: string;
  family_card?: string;
  name?: string;
  sex?: string;
  birth_date?: string;
  birth_date_precision?: string;
  /** Stations that this closes for her; none when only a part was sealed. */
  stations: string[];
  queue?: Queue;
  /** What of a form is done, so that any tablet goes on with the rest. */
  part?: { form: string; version: string; submission: string; sections: Ref[] };
  not_wanted?: { station: string; again_on: string | null };
  /** The code that this card takes the place of. */
  replaces?: string;
  twin_of?: string;
}

/** The plaintext of one part. */
export interface PartPayload {
  v: 1;
  audience: string;
  submission: string;
  form: { key: string; version: string; number: number };
  subject: { household: string | null; cards: string[] };
  card: string | null;
  staff: Staff;
  asked_at: number;
  mode: string;
  language: Language;
  facts: Partial<Facts>;
  answers: Answers;
  ways: Ways;
  handed: Staff[];
  sitting: Sitting | null;
  outcome: Outcome;
  again_on: string | null;
  continues: string | null;
  parked: Ref[];
  stopped: string | null;
  typed_at: number | null;
  paper: string | null;
  /** Raised flags of this audience, most urgent first. */
  flags: PartFlag[];
  /** Pictures, sounds and files that the answers name: added at sealing, of this audience alone. */
  attachments?: { name: string; type: string; length: number; chunks: { id: string; key: string }[] }[];
  /** Only in the `people` part. */
  people?: PersonRow[];
  /** Only in the `coordination` part: the most urgent of what is medical, education or family. */
  urgency?: { level: Level; due: number | null } | null;
  /** Only in the `coordination` part: by when the duty lead must be asked. Never says why, or how urgent. */
  due?: number | null;
  /** Only in the `coordination` part; never counts what is psychiatric or protection. */
  completeness?: { answered: number; unknown: number; declined: number; not_asked: number };
}
