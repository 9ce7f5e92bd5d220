// Who a part is about, read from what identifies: the people list of the site, or the answers with a role.
import type { Answers, CompiledForm, PartPayload } from "../form/index.ts";

export type Person = { card: string; name: string };

/** The people of a part in its own order; empty when the part does not say. */
export function peopleOf(payload: PartPayload, form?: CompiledForm): Person[] {
  if (payload.people) return payload.people.map((row) => ({ card: row.card, name: row.name ?? "" }));
  if (!form) return [];
  const nameRef = form.questions.find((question) => question.role === "name")?.ref;
  const cardRef = form.questions.find((question) => question.role === "card")?.ref;
  if (!nameRef) return [];
  return holders(payload.answers, nameRef.split(".").slice(0, -1)).map((holder) => ({
    card: textAt(holder, cardRef),
    name: textAt(holder, nameRef),
  }));
}

/** Every group or repeat instance at a path: repeats fan out. */
function holders(answers: Answers, path: readonly string[]): Answers[] {
  const [name, ...rest] = path;
  if (name === undefined) return [answers];
  const inside = answers[name];
  if (Array.isArray(inside)) return inside.filter(isAnswers).flatMap((one) => holders(one, rest));
  return isAnswers(inside) ? holders(inside, rest) : [];
}

function textAt(holder: Answers, ref: string | undefined): string {
  const value = ref === undefined ? undefined : holder[ref.split(".").at(-1) ?? ""];
  return typeof value === "string" ? value : "";
}

export function isAnswers(value: unknown): value is Answers {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
