/**
 * What an aspect of a question comes to: a calculated value, the choices that stand, a text with answers in it.
 *
 * Rules: what is no number calculates to blank; a filter is asked of every row of the list.
 */
import type { Here, Interpreter } from "./interpret.ts";
import type { Node } from "./tree.ts";
import type { Language, Question, Text } from "./types.ts";
import { text, type Value } from "./values.ts";

/** What stands in a text in the place of an answer that is not there yet. */
const GAP = "…";

export type Slot = "label" | "hint" | "guidance_hint" | "constraint_message" | "required_message";

/** Whether the value changed. */
export function calculate(node: Node, result: Value): boolean {
  const before = node.value;
  const found = text(result);
  node.value = found === "NaN" ? "" : found;
  return node.value !== before;
}

/** Names of the choices that stand, in the order of their list. */
export function choices(question: Question, node: Node, interpreter: Interpreter): string[] {
  return interpreter.filtered(question.list ?? "", question.filter ?? "", node);
}

export function words(written: Text | undefined, language: Language, here: Here, interpreter: Interpreter): string {
  const pieces = written?.[language] ?? "";
  if (typeof pieces === "string") return pieces;
  const said = pieces.map((piece) => (typeof piece === "string" ? piece : text(interpreter.value(piece, here))));
  return said.map((piece) => piece || GAP).join("");
}
