/**
 * The nouns of the form engine: what a tablet and a desk say to it and hear from it.
 *
 * Rules: no DOM, no clock, no randomness, no import from outside this folder. Time is an input.
 * A `Ref` names one question instance: names joined by dots, repeats with an index from 1, `members[2].name`.
 * Without indexes (`members.name`) it names the question itself. `forms/evaluate.py` is the reference.
 */

export * from "./payload.ts";

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
  /** Keys of the choices that stand (`keyOf`), in order; only for questions with a choice filter. */
  choices: Record<Ref, string[]>;
  /** Only texts that hold `${…}`; all others stand in the page. */
  texts: Record<string, string>;
  /** How many instances a repeat has. Apply before everything else. */
  repeats: Record<Ref, number>;
  /** Flags by name: whether each is raised. */
  flags: Record<string, boolean>;
}

export const ANSWER_PROBLEMS = [
  "answer_not_integer",
  "answer_not_decimal",
  "answer_not_date",
  "answer_not_time",
  "answer_not_datetime",
  "answer_not_choice",
  "answer_not_rank",
  "answer_not_point",
  "answer_out_of_range",
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
  /** What the tablet knows of the person; fills the questions with `from` of a form that is newly opened. */
  known?: Known;
  /** For preloads, by name: deviceid, username, phonenumber, email. */
  device?: Record<string, string>;
  /** 0 ≤ x < 1, for random() and uuid(). */
  random?: () => number;
}

/** By `from`: "person.sex", "person.birth_date", "person.birth_date_precision", "person.name". */
export type Known = Record<string, string>;

export type Level = "P1" | "P2" | "P3" | "P4";

/** A flag whose condition holds. `hours` null: at the next visit. */
export interface Raised {
  name: string;
  level: Level;
  hours: number | null;
  audience: string;
  /** The question, note or group that it stands under. */
  at: Ref;
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
  /** The time of the talk with its offset, as given at opening. */
  readonly now: string;
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
  text(ref: Ref, slot?: "label" | "hint" | "guidance_hint" | "constraint_message" | "required_message"): string;
  /** Instances of a question, or of all questions, in page order. */
  refs(question?: Ref): Ref[];
  missing(): Missing;
  /** Whether an answer is needed here and there is none: one question of `missing().required`. */
  lacks(ref: Ref): boolean;
  /** Flags that are raised now, most urgent first. */
  flags(): Raised[];
  /** Questions that hold what was known, and nobody corrected or passed over. */
  prefilled(): Ref[];
  /** Another person after all: questions that still hold what was known before follow; answers stand. */
  know(known: Known): void;
  /** The talk ends: what asks for its end is told. `now` as at opening. */
  finish(now: string): void;
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
  | "note"
  | "calculate"
  | "text"
  | "hidden"
  | "integer"
  | "decimal"
  | "range"
  | "date"
  | "time"
  | "datetime"
  | "select_one"
  | "select_multiple"
  | "rank"
  | "acknowledge"
  | "barcode"
  | "geopoint"
  | "image"
  | "audio"
  | "file";

export interface Question {
  ref: Ref;
  kind: Kind;
  audience: string;
  label?: Text;
  hint?: Text;
  guidance_hint?: Text;
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
  /** What fills it when known. */
  from?: string;
  /** A group that waits when others can hear or see. */
  sensitive?: boolean;
  /** A group that may be given to the person. */
  self?: boolean;
  /** Audiences whose answers it, or what stands in it, may read; `disclosure` is what the person is told of that. */
  discloses?: string[];
  disclosure?: Text;
  range?: { start: number; end: number; step: number };
  /** How many instances a repeat has; people cannot add or remove then. */
  count?: Expression;
  /** What a new form or a new instance begins with. */
  first?: Expression;
  /** When the value of one changes, `set` is worked out anew; no `set`: blank. */
  triggers?: Ref[];
  set?: Expression;
  /** What of the device, the person or the clock fills it. */
  preload?: string;
  media?: Media;
  /** The long side that a picture is scaled to. */
  pixels?: number;
  /** Its calculation leans on chance: it is taken once, and again only when what it reads changes. */
  chance?: boolean;
  /** Which files may be chosen, as an HTML input takes it. */
  accept?: string;
}

/** Names of files beside a label. */
export type Media = Partial<Record<"image" | "audio" | "big-image", Text>>;

/** A data file beside the form: every row is as long as `columns`. */
export interface Table {
  columns: string[];
  rows: string[][];
}

/** A picture or sound that the form shows, delivered by its digest; size in bytes. */
export interface FormFile {
  digest: string;
  size: number;
  type: string;
}

/** Something to act on: what to do, and by when. `hours` null: at the next visit. */
export interface Flag extends Raised {
  condition: Expression;
  action: Text;
  why?: Text;
}

/** When an arrival makes a form due: days after the first look; ages in years, both included, null is open. */
export interface Plan {
  not_before: number;
  due: number;
  ages: [number | null, number | null];
}

export interface Choice {
  name: string;
  label: Text;
  /** Extra columns, for choice filters. */
  columns?: Record<string, string>;
  media?: Media;
}

export type Aspect =
  | "relevant"
  | "calculation"
  | "required"
  | "readonly"
  | "constraint"
  | "filter"
  | "count"
  | "label"
  | "hint"
  | "guidance_hint"
  | "constraint_message"
  | "required_message"
  | "first"
  | "set"
  | "flag";

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
  /** All evaluations, dependencies first; of a flag its name stands in the place of the ref. */
  order: [Ref, Aspect][];
  /** Which places of `order` must be looked at again when the question changes. */
  affects: Record<Ref, number[]>;
  /** Beside each place of `affects`, the repeat of which the same instance is meant; "": any instance. */
  near?: Record<Ref, Ref[]>;
  /** SHA-256 of the XForm that this came from, base64url. */
  xform: string;
  /** Not there in forms that were published before there was a plan. */
  plan?: Plan | null;
  /** Whether what is done may be sealed alone, and the rest later. */
  continues?: boolean;
  flags?: Flag[];
  tables?: Record<string, Table>;
  /** By the name that labels use. */
  files?: Record<string, FormFile>;
  /** Language → what has no words in it (`<ref>:<slot>`, `<list>/<choice>`) → the language whose words stand there. */
  borrowed?: Record<Language, Record<string, Language>>;
}
