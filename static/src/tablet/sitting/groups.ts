/** Groups of a form that carry a mark: asked in private, or answered by the person alone. */
import type { CompiledForm, Engine, Ref } from "../../form/index.ts";
import { plainText } from "../plain-text.ts";

/** Refs of the groups of the form that carry a mark, in page order. */
export function marked(form: CompiledForm, mark: "sensitive" | "self"): Ref[] {
  return form.questions.filter((question) => question[mark] === true).map((question) => question.ref);
}

export function inside(ref: Ref, groups: readonly Ref[]): boolean {
  const plain = ref.replace(/\[\d+\]/g, "");
  return groups.some((group) => plain === group || plain.startsWith(`${group}.`));
}

/** Of a group, wherever it stands: one in a repeat has a title before it has an instance. */
export function titleOf(form: CompiledForm, ref: Ref, language: string): string {
  const label = form.questions.find((question) => question.ref === ref)?.label;
  return label ? plainText(label, language, form) : "";
}

/**
 * Whether the form has questions that the person may answer alone now, none of them parked. `open` = refs of the sections
 * that hold something to see: asked on every key press, so nothing is evaluated for a group that is a section.
 */
export function givable(engine: Engine, parked: readonly Ref[], open: readonly Ref[]): boolean {
  const own = marked(engine.form, "self").filter((ref) => !inside(ref, parked));
  if (own.some((ref) => open.includes(ref))) return true;
  const nested = own.filter((ref) => ref.includes("."));
  if (nested.length === 0) return false;
  const { relevant } = engine.all();
  return engine.refs().some((ref) => relevant[ref] === true && !nested.includes(ref) && inside(ref, nested));
}
