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
  readonly reference?: string;
  readonly own?: string;
}

export class Explained {
  readonly used: Record<string, number> = {};
  readonly #form: CompiledForm;
  readonly #explanations: readonly Explanation[];

  constructor(name: string, form: CompiledForm, explanations: readonly Explanation[]) {
    this.#form = form;
    this.#explanations = explanations.filter((one) => matches(one.form, name));
  }

  /** Whether a difference is known; then it is counted. */
  excuse(difference: Difference): boolean {
    const question = this.#form.questions.find(({ ref }) => ref === questionOf(difference.ref));
    const found = this.#explanations.find(
      (one) =>
        one.facets.includes(difference.facet) &&
        matches(one.ref, difference.ref) &&
        matches(one.question, JSON.stringify(question ?? null)) &&
        matches(one.reference, JSON.stringify(difference.reference)) &&
        matches(one.own, JSON.stringify(difference.own)),
    );
    if (found === undefined) return false;
    this.used[found.id] = (this.used[found.id] ?? 0) + 1;
    return true;
  }
}

const matches = (pattern: string | undefined, text: string): boolean =>
  pattern === undefined || new RegExp(pattern).test(text);
