/**
 * Which section of a page a question stands in, and which sections hold something to see: from the form alone.
 *
 * Rules: a section is a top-level group or repeat; loose questions belong to the section before (as server/pages.py). No
 * DOM, so that a section that was never opened costs nothing.
 */
import type { CompiledForm, Question, Ref } from "../form/index.ts";
import type { Veil } from "./binder-veil.ts";

export class Sections {
  readonly #of = new Map<Ref, number>();
  readonly #held: Question[][] = [];
  readonly #below = new Map<Ref, Question[]>();

  /** `refs`: of the page's sections, in order. */
  constructor(form: CompiledForm, refs: readonly Ref[]) {
    for (const question of form.questions) {
      const above = question.ref.slice(0, Math.max(0, question.ref.lastIndexOf(".")));
      const beside = this.#below.get(above);
      if (beside === undefined) this.#below.set(above, [question]);
      else beside.push(question);
    }
    let at = refs[0] === "" ? 0 : -1;
    for (const question of this.#below.get("") ?? []) {
      const own = question.kind === "group" || question.kind === "repeat" ? refs.indexOf(question.ref) : -1;
      if (own >= 0) at = own;
      const place = Math.max(at, 0);
      this.#of.set(question.ref, place);
      const held = question.kind === "group" && own >= 0 ? (this.#below.get(question.ref) ?? []) : [question];
      this.#held[place] = [...(this.#held[place] ?? []), ...held];
    }
  }

  /** The section of a question or of one of its instances. */
  of(ref: Ref): number {
    return this.#of.get(/^[^.[:]*/.exec(ref)?.[0] ?? "") ?? 0;
  }

  /** Whether there is something to see in it now. `counts`: instances of repeats. */
  holds(index: number, veil: Veil, counts: Readonly<Record<Ref, number>>): boolean {
    return (this.#held[index] ?? []).some((question) => this.#shows(question, veil, counts));
  }

  #shows(question: Question, veil: Veil, counts: Readonly<Record<Ref, number>>): boolean {
    const { ref, kind, label } = question;
    if (!veil.shows(ref)) return false;
    if (kind === "group") return (this.#below.get(ref) ?? []).some((below) => this.#shows(below, veil, counts));
    if (kind !== "repeat") return kind === "note" || (label !== undefined && kind !== "calculate" && kind !== "hidden");
    const count = counts[ref] ?? 0;
    if (count === 0) return question.count === undefined;
    return Array.from({ length: count }, (_, before) => `${ref}[${before + 1}]`).some((one) => veil.shows(one));
  }
}
