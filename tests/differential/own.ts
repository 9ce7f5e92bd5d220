/**
 * The tablet's engine as a Player.
 *
 * Rules: facets that the engine does not tell of a question are not there.
 */
import { keyOf, openForm } from "../../static/src/form/index.ts";
import type { CompiledForm, Engine, Question } from "../../static/src/form/types.ts";
import { CHANCE, DEVICE, NOW, type Player, type Ref, type Seen, type Sight, type Step, TODAY } from "./player.ts";

export function own(form: CompiledForm): Player {
  return new Own(form);
}

/** `homes[1].members[2].name` as `homes.members.name`. */
export const questionOf = (ref: Ref): Ref => ref.replace(/\[\d+\]/g, "");

class Own implements Player {
  readonly languages: readonly string[];
  readonly #form: CompiledForm;
  readonly #engine: Engine;
  readonly #questions: ReadonlyMap<Ref, Question>;

  constructor(form: CompiledForm) {
    this.#form = form;
    this.languages = form.languages;
    this.#engine = openForm(form, { today: TODAY, now: NOW, device: DEVICE, random: () => CHANCE });
    this.#questions = new Map(form.questions.map((question) => [question.ref, question]));
  }

  play([name, ...rest]: Step): void {
    if (name === "addRepeat") this.#engine.addRepeat(rest[0] as Ref);
    else if (name === "removeRepeat") this.#engine.removeRepeat(rest[0] as Ref, Number(rest[1]));
    else if (name === "setLanguage") this.#engine.setLanguage(rest[0] as string);
    else this.#engine.set(rest[0] as Ref, String(rest[1]));
  }

  value(ref: Ref): string {
    return this.#engine.value(ref);
  }

  look(): Sight {
    const all = this.#engine.all();
    const found: Sight = new Map();
    for (const [ref, relevant] of Object.entries(all.relevant)) {
      const question = this.#questions.get(questionOf(ref));
      if (question === undefined) continue;
      const said: Seen = { relevant };
      found.set(ref, said);
      if (question.kind === "repeat" && !ref.endsWith("]")) continue;
      if (question.label !== undefined) said.label = this.#text(ref, "label");
      if (question.hint !== undefined) said.hint = this.#text(ref, "hint");
      if (question.kind === "group" || question.kind === "repeat") continue;
      said.value = all.values[ref] ?? "";
      if (ref in all.required) said.required = all.required[ref] ?? false;
      if (ref in all.readonly) said.readonly = all.readonly[ref] ?? false;
      said.allowed = (all.invalid[ref] ?? null) === null;
      if (all.invalid[ref] === "answer_constraint" && question.constraint_message !== undefined) {
        said.message = this.#text(ref, "constraint_message");
      }
      this.#choices(ref, question, all.choices[ref], said);
    }
    return found;
  }

  #choices(ref: Ref, question: Question, held: readonly string[] | undefined, said: Seen): void {
    if (question.list === undefined) return;
    const listed = this.#form.lists[question.list] ?? [];
    const language = this.#engine.language;
    const met = new Map<string, number>();
    const labels = new Map(
      listed.map(({ name, label }) => {
        met.set(name, (met.get(name) ?? 0) + 1);
        return [keyOf(name, met.get(name) ?? 1), label[language]];
      }),
    );
    const keys = held ?? [...labels.keys()];
    said.choices = keys.map((key) => key.split("\t", 1)[0] ?? key);
    said.names = keys.map((key) => String(labels.get(key) ?? `no choice ${key} at ${ref}`));
  }

  #text(ref: Ref, slot: "label" | "hint" | "constraint_message"): string {
    return this.#engine.text(ref, slot);
  }

  close(): void {}
}
