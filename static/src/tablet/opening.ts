/** How a form begins on the tablet: what it is told before anybody answers, and in which language. */
import type { CompiledForm, Engine } from "../form/index.ts";
import { randomBytes } from "../sync/randomness.ts";
import { language as spoken } from "../ui/messages.ts";

/** For forms that draw: 0 ≤ x < 1. */
export function chance(): number {
  return new DataView(randomBytes(4).buffer).getUint32(0) / 2 ** 32;
}

/** Puts a value under the first question of a role, as if it had been answered already. */
export function preset(engine: Engine, role: string, value: string): void {
  const asked = engine.form.questions.find((question) => question.role === role);
  const ref = asked && engine.refs(asked.ref)[0];
  if (ref !== undefined) engine.set(ref, value);
}

/** The language of the screens when the form speaks it, else the form's own. */
export function spokenBy(form: CompiledForm): string {
  return form.languages.includes(spoken()) ? spoken() : form.default_language;
}
