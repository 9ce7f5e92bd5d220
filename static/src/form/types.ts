/**
 * The nouns of the form engine: what a tablet and a desk say to it and hear from it.
 *
 * Rules: no DOM, no clock, no randomness, no import from outside this folder. Time is an input.
 * A `Ref` names one question instance: names joined by dots, repeats with an index from 1, `members[2].name`.
 * Without indexes (`members.name`) it names the question itself. `forms/evaluate.py` is the reference.
 */

export type Ref = string;
export type Language = string;
export type Way = "unknown" | "declined";

/** One sealed answer. integer and decimal are numbers, select_multiple a list, acknowledge true, all else text. */
export type Answer = string | number | boolean | readonly string[];
/** Answers as sealed: name → value, groups nested, repeats as lists; what is not relevant is not there. */
export interface Answers {
  [name: string]: Answer | Answers | Answers[];
}
export type Ways = Record<Ref, Way>;

/** What changed since the last call, by ref. Texts are keyed `<ref>:<slot>`, as in the page's `data-text`. */
export interface Changes {
  /** Lexical values ("" is blank; several choices are joined by one space; dates are YYYY-MM-DD). */
  values: Record<Ref, string>;
  ways: Record<Ref, Way | null>;
  relevant: Record<Ref, boolean>;
  required: Record<Ref, boolean>;
  readonly: Record<Ref, boolean>;
  /** A code of `ANSWER_PROBLEMS`, or null when nothing is wrong. Blank and required is not in here: see `missing()`. */
  invalid: Record<Ref, AnswerProblem | null>;
  /** Names of the choices that stand, in order; only for questions with a choice filter. */
  choices: Record<Ref, string[]>;
  /** Only texts that hold `${…}`; all others stand in the page. */
  texts: Record<string, string>;
  /** How many instances a repeat has. Apply before everything else. */
  repeats: Record<Ref, number>;
}

export const ANSWER_PROBLEMS = [
  "answer_not_integer",
  "answer_not_decimal",
  "answer_not_date",
  "answer_not_choice",
  "answer_constraint",
] as const;
export type AnswerProblem = (typeof ANSWER_PROBLEMS)[number];

/** Everything that was entered, hidden answers too, in a shape that survives JSON. */
export interface Draft {
  values: Record<Ref, string>;
  ways: Ways;
  repeats: Record<Ref, number>;
}

export interface OpenOptions {
  /** Local date of the talk, YYYY-MM-DD. */
  today: string;
  /** Local time of the talk with offset, 2026-03-01T14:06:00.000+05:00. */
  now: string;
  language?: Language;
  answers?: Answers;
  ways?: Ways;
}

/** What stands between the answers and the seal. `required` and `invalid` block it; `notAsked` is counted. */
export interface Missing {
  required: Ref[];
  invalid: Ref[];
  notAsked: Ref[];
}

export interface Engine {
  readonly form: CompiledForm;
  readonly language: Language;
  /** The day of the talk, YYYY-MM-DD, as given at opening. */
  readonly today: string;
  /** Lexical value as typed; wrong values are kept and reported, never dropped. Unknown refs throw RangeError. */
  set(ref: Ref, value: string | number | boolean | readonly string[] | null): void;
  way(ref: Ref, way: Way | null): void;
  /** Adds an instance at the end; returns its ref, `members[3]`. */
  addRepeat(ref: Ref): Ref;
  /** Removes instance `index` (from 1). False, and nothing done, when the repeat is at its least. */
  removeRepeat(ref: Ref, index: number): boolean;
  setLanguage(language: Language): void;
  /** What changed since the last call; the first call gives everything. One reader only: the binder. */
  changes(): Changes;
  /** Everything as it stands; does not touch `changes()`. */
  all(): Changes;
  value(ref: Ref): string;
  /** A text of a question as it reads now in the engine's language. */
  text(ref: Ref, slot?: "label" | "hint" | "constraint_message" | "required_message"): string;
  /** Instances of a question, or of all questions, in page order. */
  refs(question?: Ref): Ref[];
  missing(): Missing;
  answersForSeal(): { answers: Answers; ways: Ways };
  draft(): Draft;
  restore(draft: Draft): void;
}

/** Texts per language; a list is text with expressions in it. */
export type Text = Record<Language, string | (string | Expression)[]>;
/** A JSON syntax tree, see forms/expressions.py: number, string, or [operator, …]. */
export type Expression = number | string | [string, ...ExpressionPart[]];
export type ExpressionPart = Expression | ExpressionPart[];

export type Kind =
  | "group"
  | "repeat"
  | "text"
  | "integer"
  | "decimal"
  | "date"
  | "select_one"
  | "select_multiple"
  | "note"
  | "calculate"
  | "acknowledge";

export interface Question {
  ref: Ref;
  kind: Kind;
  audience: string;
  label?: Text;
  hint?: Text;
  constraint_message?: Text;
  required_message?: Text;
  purpose?: Text;
  action?: Text;
  unit?: Text;
  list?: string;
  filter?: Expression;
  relevant?: Expression;
  required?: Expression;
  readonly?: Expression;
  constraint?: Expression;
  calculation?: Expression;
  default?: string;
  appearance?: string[];
  role?: string;
  ways?: Way[];
  code?: string;
  least?: number;
}

export interface Choice {
  name: string;
  label: Text;
  /** Extra columns, for choice filters. */
  columns?: Record<string, string>;
}

export type Aspect =
  | "relevant"
  | "calculation"
  | "required"
  | "readonly"
  | "constraint"
  | "filter"
  | "label"
  | "hint"
  | "constraint_message"
  | "required_message";

export interface CompiledForm {
  esik: 1;
  key: string;
  number: number;
  title: Text;
  short_title: Text;
  subject: "household" | "person";
  station: string | null;
  languages: Language[];
  default_language: Language;
  translation_status: Record<Language, string>;
  /** Every audience of the form, with the bucket in bytes that its part is padded to. */
  audiences: { audience: string; bucket: number }[];
  questions: Question[];
  lists: Record<string, Choice[]>;
  /** All evaluations, dependencies first. */
  order: [Ref, Aspect][];
  /** Which places of `order` must be looked at again when the question changes. */
  affects: Record<Ref, number[]>;
  /** SHA-256 of the XForm that this came from, base64url. */
  xform: string;
}

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
  stations: string[];
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
  /** Only in the `people` part. */
  people?: PersonRow[];
  /** Only in the `coordination` part; never counts what is psychiatric or protection. */
  completeness?: { answered: number; unknown: number; declined: number; not_asked: number };
}
