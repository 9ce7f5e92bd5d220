/**
 * What an aspect of a question comes to: a calculated value, the choices that stand, a text with answers in it.
 *
 * Rules: what is no number calculates to blank; a filter is asked of every row of the list.
 */
import type { Here, Interpreter } from "./interpret.ts";
import type { Node } from "./tree.ts";
import type { Language, Question, Text } from "./types.ts";
import { text, truth, type Value } from "./values.ts";

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
  const items = interpreter.items(question.list ?? "");
  const held = items.filter((place, before) =>
    truth(interpreter.value(question.filter ?? "", { place, current: node, position: before + 1, size: items.length })),
  );
  return held.map((item) => item.columns["name"] ?? "");
}

export function words(written: Text | undefined, language: Language, here: Here, interpreter: Interpreter): string {
  const pieces = written?.[language] ?? "";
  if (typeof pieces === "string") return pieces;
  const said = pieces.map((piece) => (typeof piece === "string" ? piece : text(interpreter.value(piece, here))));
  return said.map((piece) => piece || GAP).join("");
}
