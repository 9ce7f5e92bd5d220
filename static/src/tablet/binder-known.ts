/**
 * What is known already stands in one line in the place of its questions: "Known from registration: Girl, 14 August 2022".
 *
 * Rules: *Correct* opens the questions for as long as the page stands; what is not known, or would be wrong, is asked; a
 * precision to the day says nothing and is left out. Names of months stand in the page, in its language.
 */
import type { Changes, Engine, Question, Ref } from "../form/index.ts";
import type { Lists } from "./binder-lists.ts";

interface Line {
  element: HTMLElement;
  refs: Ref[];
  open: boolean;
}

export class KnownLines {
  readonly #lines: Line[];
  readonly #engine: Engine;
  readonly #lists: Lists;
  readonly #word: (key: string) => string;

  constructor(form: HTMLElement, engine: Engine, lists: Lists, word: (key: string) => string) {
    this.#lines = [...form.querySelectorAll<HTMLElement>('[data-kind="known"]')].map((element) => ({
      element,
      refs: (element.dataset["list"] ?? "").split(" "),
      open: false,
    }));
    this.#engine = engine;
    this.#lists = lists;
    this.#word = word;
  }

  /** Whether a change may be about something known. */
  reads({ values, ways, relevant, invalid }: Changes): boolean {
    return this.#lines.some((line) =>
      line.refs.some((ref) => ref in values || ref in ways || ref in relevant || ref in invalid),
    );
  }

  /** Writes the lines; gives the questions that they stand for. */
  fold(shows: (ref: Ref) => boolean): Set<Ref> {
    const folded = new Set<Ref>();
    if (this.#lines.length === 0) return folded;
    const wrong = new Set(this.#engine.missing().invalid);
    const known = new Set(this.#engine.prefilled().filter((ref) => !wrong.has(ref) && shows(ref)));
    for (const line of this.#lines) {
      const refs = line.open ? [] : line.refs.filter((ref) => known.has(ref));
      line.element.hidden = refs.length === 0;
      for (const ref of refs) folded.add(ref);
      const told = line.element.querySelector<HTMLElement>('[data-kind="told"]');
      const words = refs.map((ref) => this.#said(ref)).filter((one) => one !== "");
      if (told !== null) told.textContent = words.join(", ");
    }
    return folded;
  }

  /** *Correct* was pressed, or one of its questions is wanted: the first of them, to put the focus into. */
  open(element: Element | null, ref?: Ref): Ref | null {
    const line = this.#lines.find((one) => one.element === element || (ref !== undefined && one.refs.includes(ref)));
    if (line === undefined || line.open) return null;
    const [first = null] = this.#engine.prefilled().filter((one) => line.refs.includes(one));
    line.open = true;
    return first;
  }

  /** First questions of the lines that were opened. */
  get opened(): Ref[] {
    return this.#lines.flatMap((line) => (line.open ? line.refs.slice(0, 1) : []));
  }

  #said(ref: Ref): string {
    const question = this.#engine.form.questions.find((one) => one.ref === ref);
    const value = this.#engine.value(ref);
    if (question?.kind === "date") return this.#date(value);
    if (question?.kind === "select_one") return this.#choice(question, value);
    return value;
  }

  #choice(question: Question, value: string): string {
    if (question.from === "person.birth_date_precision" && value === "day") return "";
    return this.#lists.of(question.ref).find(({ name }) => name === value)?.label ?? "";
  }

  #date(value: string): string {
    const [year = "", month = "", day = ""] = value.split("-");
    const places: Record<string, string> = {
      day: String(Number(day)),
      month: this.#word(`month:${Number(month)}`),
      year,
    };
    return this.#word("date").replace(/\{(\w+)\}/g, (_, name: string) => places[name] ?? "");
  }
}
