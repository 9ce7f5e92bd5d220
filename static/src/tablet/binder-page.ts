/**
 * A page as the engine's change sets write it: values, ways out, what is relevant, what is wrong, instances of repeats.
 *
 * Rules: written from change sets alone and never read for state. Words for what is wrong stand in the page, hidden; here
 * is decided which of them shows: a wrong answer once its question was left, a missing one once it was asked for. So do the
 * panels of flags.
 */
import type { AnswerProblem, Changes, Engine, Ref, Way } from "../form/index.ts";
import { fields, instance, write } from "./binder-fields.ts";
import { KnownLines } from "./binder-known.ts";
import { unindexed, Veil } from "./binder-veil.ts";

export class PageView {
  /** Questions that were left once: what is wrong there is told from now on. */
  readonly left = new Set<Ref>();
  /** Questions whose absence is told too. */
  readonly asked = new Set<Ref>();
  readonly #engine: Engine;
  /** Ref → its element; groups and instances too. */
  readonly #elements = new Map<Ref, HTMLElement>();
  readonly #texts = new Map<string, HTMLElement[]>();
  readonly #invalid = new Map<Ref, AnswerProblem | null>();
  /** Panels by what `Changes.flags` calls them: the flag's name, in a repeat with the ref. */
  readonly #panels = new Map<string, HTMLElement>();
  readonly #raised = new Set<string>();
  readonly veil: Veil;
  readonly known: KnownLines;

  constructor(form: HTMLElement, engine: Engine) {
    this.#engine = engine;
    this.veil = new Veil((ref) => this.at(ref));
    this.known = new KnownLines(
      form,
      engine,
      (ref) => this.at(ref),
      (key) => this.#texts.get(key)?.[0]?.textContent ?? "",
    );
    this.#index(form);
  }

  at(ref: Ref): HTMLElement | null {
    return this.#elements.get(ref) ?? null;
  }

  /** After instances moved up: what was told about them may no longer be true of who stands there now. */
  forgetTold(repeat: Ref): void {
    for (const told of [this.left, this.asked]) {
      for (const ref of told) if (ref.startsWith(`${repeat}[`)) told.delete(ref);
    }
    for (const ref of this.#elements.keys()) if (ref.startsWith(`${repeat}[`)) this.judge(ref);
  }

  /** `typing`: the question whose field is left alone, since the person is in it. */
  write(changes: Changes, typing: Ref | null = null): void {
    for (const [ref, count] of Object.entries(changes.repeats)) this.#instances(ref, count);
    for (const [ref, value] of Object.entries(changes.values)) {
      const element = this.at(ref);
      if (element !== null && ref !== typing) write(element, value);
    }
    for (const [ref, way] of Object.entries(changes.ways)) this.#showWay(ref, way);
    for (const [ref, relevant] of Object.entries(changes.relevant)) this.veil.relevant(ref, relevant);
    for (const [ref, required] of Object.entries(changes.required)) this.#required(ref, required);
    for (const [ref, fixed] of Object.entries(changes.readonly)) this.#fix(ref, fixed);
    for (const [ref, names] of Object.entries(changes.choices)) this.#choices(ref, names);
    for (const [key, words] of Object.entries(changes.texts)) {
      for (const element of this.#texts.get(key) ?? []) element.textContent = words;
    }
    for (const [ref, code] of Object.entries(changes.invalid)) {
      this.#invalid.set(ref, code);
      this.judge(ref);
    }
    for (const [key, raised] of Object.entries(changes.flags)) {
      if (raised) this.#raised.add(key);
      else this.#raised.delete(key);
      this.#showPanel(key);
    }
    if (this.known.reads(changes)) this.fold();
  }

  /** Folds what is known, wherever nobody opened it. */
  fold(): void {
    this.veil.fold(this.known.fold((ref) => this.veil.shows(ref)));
  }

  /** Shows these questions and groups alone, and no flag; null shows everything again. */
  only(refs: readonly Ref[] | null): void {
    this.veil.only(refs, this.#elements.keys());
    for (const key of this.#panels.keys()) this.#showPanel(key);
    this.fold();
  }

  park(refs: readonly Ref[]): void {
    this.veil.park(refs, this.#elements);
  }

  #showPanel(key: string): void {
    const panel = this.#panels.get(key);
    if (panel !== undefined) panel.hidden = !this.#raised.has(key) || this.veil.narrowed;
  }

  #instances(ref: Ref, count: number): void {
    const repeat = this.at(ref);
    const list = repeat?.querySelector<HTMLElement>(":scope > [data-list]");
    const template = repeat?.querySelector<HTMLTemplateElement>(":scope > template");
    if (!list || !template) return;
    while (list.childElementCount > count) {
      const last = list.lastElementChild as HTMLElement;
      this.#forget(last);
      last.remove();
    }
    while (list.childElementCount < count) {
      const index = list.childElementCount + 1;
      const made = instance(template, ref, `${ref}[${index}]`);
      const element = made.firstElementChild as HTMLElement;
      list.append(made);
      this.#index(element);
      for (const number of this.#texts.get(`${ref}[${index}]:number`) ?? []) number.textContent = String(index);
      this.veil.parkAlike(this.#elements);
    }
    const least = this.#engine.form.questions.find((question) => question.ref === unindexed(ref))?.least ?? 0;
    for (const removal of list.querySelectorAll<HTMLElement>(':scope > * > [data-kind="removal"]')) {
      removal.hidden = count <= least;
    }
  }

  #showWay(ref: Ref, way: Way | null): void {
    for (const button of this.at(ref)?.querySelectorAll<HTMLElement>("[data-ways] button") ?? []) {
      button.setAttribute("aria-pressed", String(button.dataset["kind"] === way));
    }
  }

  #required(ref: Ref, required: boolean): void {
    const element = this.at(ref);
    if (element === null) return;
    const bearers = element.getAttribute("role") === "radiogroup" ? [element] : textFields(element);
    for (const bearer of bearers) bearer.setAttribute("aria-required", String(required));
    if (this.asked.has(ref)) this.judge(ref);
  }

  #fix(ref: Ref, fixed: boolean): void {
    const element = this.at(ref);
    for (const field of element === null ? [] : fields(element)) {
      if (field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type !== "text")) {
        field.disabled = fixed;
      } else field.readOnly = fixed;
    }
  }

  #choices(ref: Ref, names: string[]): void {
    const element = this.at(ref);
    for (const field of element === null ? [] : fields(element)) {
      if (field instanceof HTMLSelectElement) {
        for (const one of field.options) {
          one.hidden = one.value !== "" && !names.includes(one.value) && one.value !== field.value;
          one.disabled = one.hidden;
        }
        continue;
      }
      const option = field.closest<HTMLElement>(".opt");
      if (option !== null) option.hidden = !names.includes(field.value) && !(field as HTMLInputElement).checked;
    }
  }

  /** Shows the words for what is wrong, once the question was left; takes them away as soon as it is right. */
  judge(ref: Ref): void {
    const element = this.at(ref);
    if (element === null || element.dataset["kind"] === "instance") return;
    const wrong = this.left.has(ref) ? (this.#invalid.get(ref) ?? null) : null;
    const absent = wrong === null && this.asked.has(ref) && this.#engine.lacks(ref);
    const code = absent ? "answer_required" : wrong;
    element.classList.toggle("bad-q", code !== null);
    for (const words of element.querySelectorAll<HTMLElement>(".err")) {
      words.hidden = words.dataset["text"] !== `${ref}:${code}`;
    }
    const bearers = element.getAttribute("role") === "radiogroup" ? [element] : textFields(element);
    for (const bearer of bearers) bearer.setAttribute("aria-invalid", String(code !== null));
  }

  #index(root: HTMLElement): void {
    for (const element of [root, ...root.querySelectorAll<HTMLElement>("[data-ref], [data-text], [data-flag]")]) {
      const { ref, kind, text, flag } = element.dataset;
      if (ref !== undefined && kind !== undefined && (kind !== "section" || !this.#elements.has(ref))) {
        this.#elements.set(ref, element);
      }
      if (text !== undefined) this.#texts.set(text, [...(this.#texts.get(text) ?? []), element]);
      if (flag !== undefined) this.#panels.set(panelKey(element, flag), element);
    }
  }

  #forget(root: HTMLElement): void {
    for (const element of [root, ...root.querySelectorAll<HTMLElement>("[data-ref], [data-text], [data-flag]")]) {
      const { ref, text, flag } = element.dataset;
      if (ref !== undefined) this.#elements.delete(ref);
      if (text !== undefined) this.#texts.delete(text);
      if (flag !== undefined) {
        this.#panels.delete(panelKey(element, flag));
        this.#raised.delete(panelKey(element, flag));
      }
    }
  }
}

/** A checkbox may carry neither aria-required nor a sensible aria-invalid of its own. */
function textFields(question: HTMLElement): HTMLElement[] {
  return fields(question).filter((field) => !(field instanceof HTMLInputElement) || field.type === "text");
}

/** As `Changes.flags` has it: in a repeat the panel of one instance is told by the ref of its question too. */
function panelKey(panel: HTMLElement, flag: string): string {
  const slot = panel.closest<HTMLElement>("[data-flag-slot]")?.dataset["flagSlot"] ?? "";
  return slot.includes("[") ? `${flag}:${slot}` : flag;
}
