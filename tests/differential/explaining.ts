/**
 * Which differences are known, and why each is right.
 *
 * Rules: an explanation says as narrowly as it can where it holds; every one that excuses nothing any more is told to
 * the test, which fails: no dead excuses.
 */
import type { CompiledForm } from "../../static/src/form/types.ts";
import type { Difference } from "./comparing.ts";
import { questionOf } from "./own.ts";

export interface Explanation {
  readonly id: string;
  readonly reason: string;
  readonly facets: readonly string[];
  /** Regular expressions, anywhere in: the form's file name, the ref, the question as compiled (JSON), both tellings. */
  readonly form?: string;
  readonly ref?: string;
  readonly question?: string;
  /** In the question or the groups and repeats around it, as compiled. */
  readonly around?: string;
  readonly reference?: string;
  readonly own?: string;
  /** Ours is then given the reference's answer, so that what follows from it is compared again. */
  readonly follow?: boolean;
  /** Nothing after it can be compared: the play ends there. */
  readonly ends?: boolean;
}

export class Explained {
  readonly used: Record<string, number> = {};
  readonly #form: CompiledForm;
  readonly #explanations: readonly Explanation[];

  constructor(name: string, form: CompiledForm, explanations: readonly Explanation[]) {
    this.#form = form;
    this.#explanations = explanations.filter((one) => matches(one.form, name));
  }

  /** The explanation of a difference, which is counted; null when there is none. */
  excuse(difference: Difference): Explanation | null {
    const ref = questionOf(difference.ref);
    const question = this.#form.questions.find((one) => one.ref === ref);
    const around = this.#form.questions.filter((one) => `${ref}.`.startsWith(`${one.ref}.`));
    const found = this.#explanations.find(
      (one) =>
        one.facets.includes(difference.facet) &&
        matches(one.ref, difference.ref) &&
        matches(one.question, JSON.stringify(question ?? null)) &&
        matches(one.around, JSON.stringify(around)) &&
        matches(one.reference, JSON.stringify(difference.reference)) &&
        matches(one.own, JSON.stringify(difference.own)),
    );
    if (found === undefined) return null;
    this.used[found.id] = (this.used[found.id] ?? 0) + 1;
    return found;
  }
}

const matches = (pattern: string | undefined, text: string): boolean =>
  pattern === undefined || new RegExp(pattern).test(text);
