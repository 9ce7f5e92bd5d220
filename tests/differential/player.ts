/**
 * What the suite says to an engine and sees of it, whichever engine it is.
 *
 * Rules: refs are Esik's (`members[2].name`); a facet that an engine does not tell is not there, and is not compared.
 */
export type Ref = string;

/** The steps of tests/forms/evaluator.ts, so that the same play runs in every engine. */
export type Step =
  | readonly ["set", Ref, string]
  | readonly ["addRepeat", Ref]
  | readonly ["removeRepeat", Ref, number]
  | readonly ["setLanguage", string];

/** A question, group, note, calculation or instance of a repeat as a person meets it. */
export interface Seen {
  relevant: boolean;
  value?: string;
  required?: boolean;
  readonly?: boolean;
  /** Whether the answer keeps the question's constraint. */
  allowed?: boolean;
  /** Names of the choices that are offered, and how they read. */
  choices?: readonly string[];
  names?: readonly string[];
  label?: string;
  hint?: string;
  /** What is said when the constraint is not kept. */
  message?: string;
}
export type Facet = keyof Seen;
export type Sight = Map<Ref, Seen>;

export interface Player {
  /** Throws when the engine cannot do it. */
  play(step: Step): void;
  look(): Sight;
  /** The lexical value that an engine keeps of an answer. */
  value(ref: Ref): string;
  readonly languages: readonly string[];
  close(): void;
}

/**
 * Time stands still for both, at Greenwich: the reference counts a day from midnight where the device stands, we count
 * days without a zone, and only there is it the same number.
 */
export const TODAY = "2026-03-01";
export const NOW = "2026-03-01T14:06:00.000+00:00";
export const ZONE = "UTC";
/** So does chance: random() is this, always. */
export const CHANCE = 0.375;
export const DEVICE: Readonly<Record<string, string>> = {
  deviceid: "esik:tablet-7",
  username: "aigerim",
  email: "aigerim@example.org",
  phonenumber: "+77010000000",
};
