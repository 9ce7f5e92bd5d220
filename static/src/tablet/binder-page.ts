/**
 * A page as the engine's change sets write it: values, ways out, what is relevant, what is wrong, instances of repeats.
 *
 * Rules: written from change sets alone and never read for state. A section is written whole when it is first shown and
 * followed from then on; before that its questions cost nothing. Words for what is wrong stand in the page, hidden; here
 * is decided which of them shows: a wrong answer once its question was left, a missing one once it was asked for. So do the
 * panels of flags.
 */
import type { AnswerProblem, Changes, Engine, Question, Ref, Way } from "../form/index.ts";
import { type Field, fields, slide, slotOf, write } from "./binder-fields.ts";
import { instance } from "./binder-instances.ts";
import { KnownLines } from "./binder-known.ts";
import { filled, keyIn, Lists } from "./binder-lists.ts";
import { pointShown } from "./binder-moments.ts";
import { Sections } from "./binder-sections.ts";
import { unindexed, Veil } from "./binder-veil.ts";
import { Figures } from "./figures.ts";

const MARKED = "[data-ref], [data-text], [data-flag]";

export class PageView {
  /** Questions that were left once: what is wrong there is told from now on. */
  readonly left = new Set<Ref>();
  /** Questions whose absence is told too. */
  readonly asked = new Set<Ref>();
  readonly sections: Sections;
  readonly lists: Lists;
  readonly figures: Figures;
  readonly veil: Veil;
  readonly known: KnownLines;
  readonly #engine: Engine;
  readonly #pages: readonly HTMLElement[];
  readonly #open = new Set<number>();
  readonly #questions: ReadonlyMap<Ref, Question>;
  /** Ref → its element; groups and instances too. */
  readonly #elements = new Map<Ref, HTMLElement>();
  readonly #texts = new Map<string, HTMLElement[]>();
  readonly #invalid = new Map<Ref, AnswerProblem | null>();
  readonly #counts: Record<Ref, number> = {};
  /** Panels by what `Changes.flags` calls them: the flag's name, in a repeat with the ref. */
  readonly #panels = new Map<string, HTMLElement>();
  readonly #raised = new Set<string>();
  readonly #wrongWords: DocumentFragment | null;
  /** Where the attributes stand that most questions never need. */
  readonly #fixed = new Set<Ref>();
  readonly #passed = new Set<Ref>();
  readonly #required = new Set<Ref>();

  constructor(form: HTMLElement, engine: Engine, pages: readonly HTMLElement[]) {
    const word = (key: string): string => this.#texts.get(key)?.[0]?.textContent ?? "";
    this.#engine = engine;
    this.#pages = pages;
    this.#questions = new Map(engine.form.questions.map((question) => [question.ref, question]));
    this.sections = new Sections(
      engine.form,
      pages.map((section) => section.dataset["ref"] ?? ""),
    );
    this.figures = new Figures(engine.language);
    this.lists = new Lists(engine, word);
    this.veil = new Veil((ref) => this.at(ref));
    this.known = new KnownLines(form, engine, this.lists, word);
    this.#wrongWords =
      form.querySelector<HTMLTemplateElement>(':scope > template[data-kind="errors"]')?.content ?? null;
    for (const words of form.querySelectorAll<HTMLElement>(":scope > div > [data-text]")) this.#say(words);
  }

  /** The element of a question, in sections that were opened. */
  at(ref: Ref): HTMLElement | null {
    return this.#elements.get(ref) ?? null;
  }

  word(key: string): string {
    return this.#texts.get(key)?.[0]?.textContent ?? "";
  }

  holds(index: number): boolean {
    return this.sections.holds(index, this.veil, this.#counts);
  }

  /** Writes a section that was not written yet. */
  openSection(index: number): void {
    const section = this.#pages[index];
    if (section === undefined || this.#open.has(index)) return;
    this.#open.add(index);
    this.#index(section);
    this.#write(this.#engine.all(), null, (ref) => this.sections.of(ref) === index);
    for (const ref of this.#elements.keys()) if (this.sections.of(ref) === index) this.veil.draw(ref);
    for (const key of this.#panels.keys()) this.#showPanel(key);
    this.veil.parkAlike(this.#elements);
    this.fold();
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
    for (const [key, raised] of Object.entries(changes.flags)) {
      if (raised) this.#raised.add(key);
      else this.#raised.delete(key);
    }
    this.#write(changes, typing, (ref) => this.#open.has(this.sections.of(ref)));
    for (const key of Object.keys(changes.flags)) this.#showPanel(key);
    if (this.known.reads(changes)) this.fold();
  }

  #write(changes: Changes, typing: Ref | null, here: (ref: Ref) => boolean): void {
    for (const [ref, count] of Object.entries(changes.repeats)) {
      this.#counts[ref] = count;
      if (here(ref)) this.#instances(ref, count);
    }
    for (const [ref, relevant] of Object.entries(changes.relevant)) this.veil.relevant(ref, relevant);
    for (const [ref, code] of Object.entries(changes.invalid)) this.#invalid.set(ref, code);
    for (const [ref, keys] of Object.entries(changes.choices)) if (here(ref)) this.#choices(ref, keys);
    for (const [ref, value] of Object.entries(changes.values)) if (here(ref)) this.#value(ref, value, ref === typing);
    for (const [ref, way] of Object.entries(changes.ways)) if (here(ref)) this.#showWay(ref, way);
    for (const [ref, required] of Object.entries(changes.required)) if (here(ref)) this.#require(ref, required);
    for (const [ref, fixed] of Object.entries(changes.readonly)) if (here(ref)) this.#fix(ref, fixed);
    for (const [key, words] of Object.entries(changes.texts)) {
      for (const element of this.#texts.get(key) ?? []) element.textContent = words;
    }
    for (const ref of Object.keys(changes.invalid)) if (this.left.has(ref) || this.asked.has(ref)) this.judge(ref);
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

  #value(ref: Ref, value: string, typing: boolean): void {
    const element = this.at(ref);
    if (element === null) return;
    for (const title of this.#texts.get(`${ref}:called`) ?? []) title.textContent = value;
    const kind = element.dataset["kind"];
    if (kind === "rank") this.lists.drawOrder(element, ref, value);
    else if (kind?.startsWith("select_")) this.lists.drawFound(element, ref, value);
    if (!typing) write(element, value, this.figures);
    else if (kind === "range") slide(element, value);
    if (kind?.startsWith("select_")) this.lists.tellApart(element, ref);
    if (kind === "geopoint") this.#accuracy(element, value);
  }

  /** After a search: the same answer, another dozen of lines. */
  redraw(ref: Ref): void {
    const element = this.at(ref);
    if (element !== null) this.lists.drawFound(element, ref, this.#engine.value(ref));
  }

  #accuracy(element: HTMLElement, value: string): void {
    const { accuracy } = pointShown(value);
    const told = element.querySelector<HTMLElement>('[data-kind="accuracy"]');
    const metres = this.figures.digits(String(Math.ceil(accuracy)));
    if (told !== null) told.textContent = accuracy > 0 ? filled(this.word("accuracy"), { metres }) : "";
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
    const least = this.#questions.get(unindexed(ref))?.least ?? 0;
    for (const removal of list.querySelectorAll<HTMLElement>(':scope > * > [data-kind="removal"]')) {
      removal.hidden = count <= least;
    }
  }

  #showWay(ref: Ref, way: Way | null): void {
    if (way === null && !this.#passed.has(ref)) return;
    this.#passed.add(ref);
    for (const button of this.at(ref)?.querySelectorAll<HTMLElement>("[data-ways] button") ?? []) {
      button.setAttribute("aria-pressed", String(button.dataset["kind"] === way));
    }
  }

  #require(ref: Ref, required: boolean): void {
    const element = this.at(ref);
    if (element !== null && (required || this.#required.has(ref))) {
      this.#required.add(ref);
      for (const bearer of bearers(element)) bearer.setAttribute("aria-required", String(required));
    }
    if (this.asked.has(ref)) this.judge(ref);
  }

  #fix(ref: Ref, fixed: boolean): void {
    const element = this.at(ref);
    if (element === null || (!fixed && !this.#fixed.has(ref))) return;
    this.#fixed.add(ref);
    element.classList.toggle("fixed", fixed);
    const slot = slotOf(element);
    if (slot !== null) slot.toggleAttribute("data-fixed", fixed);
    for (const button of element.querySelectorAll<HTMLButtonElement>(".answer button")) button.disabled = fixed;
    for (const field of fields(element)) {
      if (field instanceof HTMLSelectElement || (field instanceof HTMLInputElement && field.type !== "text")) {
        field.disabled = fixed;
      } else field.readOnly = fixed;
    }
  }

  #choices(ref: Ref, keys: string[]): void {
    const element = this.at(ref);
    if (element === null) return;
    this.lists.stand(ref, keys);
    const standing = new Set(keys);
    const kind = element.dataset["kind"];
    const value = this.#engine.value(ref);
    if (kind === "rank") this.lists.drawOrder(element, ref, value);
    else if (element.querySelector(".find") !== null) this.lists.drawFound(element, ref, value);
    else {
      this.#narrow(element, standing);
      const filter = this.#questions.get(unindexed(ref))?.filter;
      if (Array.isArray(filter) && filter[1] === "randomize") shuffle(element, keys);
      this.lists.tellApart(element, ref);
    }
  }

  /** What no longer fits and is chosen stays in sight, with the words that it does not fit. */
  #narrow(element: HTMLElement, standing: ReadonlySet<string>): void {
    for (const field of fields(element)) {
      if (field instanceof HTMLSelectElement) {
        for (const one of field.options) {
          one.hidden = one.value !== "" && !standing.has(keyIn(one)) && one.value !== field.value;
          one.disabled = one.hidden;
        }
        continue;
      }
      const option = field.closest<HTMLElement>(".opt");
      if (option !== null) option.hidden = !standing.has(keyIn(field)) && !(field as HTMLInputElement).checked;
    }
  }

  /** Shows the words for what is wrong, once the question was left; takes them away as soon as it is right. */
  judge(ref: Ref): void {
    const element = this.at(ref);
    if (element === null || element.dataset["kind"] === "instance") return;
    const wrong = this.left.has(ref) ? (this.#invalid.get(ref) ?? null) : null;
    const absent = wrong === null && this.asked.has(ref) && this.#engine.lacks(ref);
    const code = absent ? "answer_required" : wrong;
    if (code === null && !element.classList.contains("bad-q")) return;
    element.classList.toggle("bad-q", code !== null);
    this.#tellWrong(element, ref, code);
    for (const bearer of bearers(element)) bearer.setAttribute("aria-invalid", String(code !== null));
  }

  /** The author's own words where there are some, else the page's. */
  #tellWrong(element: HTMLElement, ref: Ref, code: string | null): void {
    const told = element.querySelector<HTMLElement>(".errors");
    if (told === null) return;
    for (const words of [...told.children] as HTMLElement[]) {
      words.hidden = words.dataset["text"] !== `${ref}:${code}`;
    }
    if (code === null || [...told.children].some((words) => !(words as HTMLElement).hidden)) return;
    const shared = this.#wrongWords?.querySelector(`[data-text="${code}"]`);
    if (!shared) return;
    const words = document.importNode(shared, true) as HTMLElement;
    words.dataset["text"] = `${ref}:${code}`;
    told.append(words);
  }

  #say(element: HTMLElement): void {
    const key = element.dataset["text"] ?? "";
    const beside = this.#texts.get(key);
    if (beside === undefined) this.#texts.set(key, [element]);
    else beside.push(element);
  }

  #index(root: HTMLElement): void {
    for (const element of [root, ...root.querySelectorAll<HTMLElement>(MARKED)]) {
      const { ref, kind, text, flag } = element.dataset;
      if (ref !== undefined && kind !== undefined && (kind !== "section" || !this.#elements.has(ref))) {
        this.#elements.set(ref, element);
      }
      if (text !== undefined) this.#say(element);
      if (flag !== undefined) this.#panels.set(panelKey(element, flag), element);
    }
  }

  #forget(root: HTMLElement): void {
    for (const element of [root, ...root.querySelectorAll<HTMLElement>(MARKED)]) {
      const { ref, text, flag } = element.dataset;
      if (ref !== undefined) {
        this.#elements.delete(ref);
        for (const kept of [this.#fixed, this.#passed, this.#required]) kept.delete(ref);
        this.lists.queries.delete(ref);
      }
      if (text !== undefined) this.#texts.delete(text);
      if (flag !== undefined) {
        this.#panels.delete(panelKey(element, flag));
        this.#raised.delete(panelKey(element, flag));
      }
    }
  }
}

/** Cards in the order that chance gave them; those that no longer fit stand last. */
function shuffle(question: HTMLElement, keys: readonly string[]): void {
  const cards = new Map(fields(question).map((field) => [keyIn(field), field.closest(".opt")]));
  for (const card of keys.map((key) => cards.get(key)).reverse()) card?.parentElement?.prepend(card);
}

/** Who carries `aria-required` and `aria-invalid`: the group of radios, else text fields; a checkbox may carry neither. */
function bearers(question: HTMLElement): (HTMLElement | Field)[] {
  if (question.getAttribute("role") === "radiogroup") return [question];
  return fields(question).filter((field) => !(field instanceof HTMLInputElement) || field.type === "text");
}

/** As `Changes.flags` has it: in a repeat the panel of one instance is told by the ref of its question too. */
function panelKey(panel: HTMLElement, flag: string): string {
  const slot = panel.closest<HTMLElement>("[data-flag-slot]")?.dataset["flagSlot"] ?? "";
  return slot.includes("[") ? `${flag}:${slot}` : flag;
}
