/**
 * The one place where a form's change set meets a page.
 *
 * Rules:
 * - The engine owns every value. The page is written from change sets and never read for state, only for what a person
 *   has just typed. A new language is a new page bound to the same engine.
 * - A wrong answer is told when its question is left, in the page's own words; a missing one only when asked (`tell`).
 * - Typed text is in the engine at once; `onSettled` follows after 300 ms of rest, at blur, and when the page hides.
 */
import type { AnswerProblem, Changes, Engine, Ref, Way } from "../form/index.ts";
import { fields, instance, typed, write } from "./binder-fields.ts";

const REST = 300;

export interface BinderEvents {
  /** Something changed by this person's hand and rests: save the draft. */
  onSettled(): void;
  /** At once on each key press or tap, before anything is saved. */
  onChange?(ref: Ref): void;
  onWay?(ref: Ref, way: Way | null): void;
}

export interface Section {
  /** Ref of the group or repeat, or "" for loose questions at the start. */
  ref: Ref;
  title: string;
}

export interface BoundPage {
  readonly sections: Section[];
  /** Sections that hold something to see now, as indexes into `sections`. */
  open(): number[];
  /** Shows section `index` alone and moves focus to its heading. */
  show(index: number): void;
  /** Refs that are wrong or missing in a section. */
  wanting(index: number): Ref[];
  /** Shows the words at all fields of `wanting` and puts the focus into the first. */
  tell(index: number): void;
  /** Shows the section with this question and puts the focus into it. */
  focus(ref: Ref): void;
  /** What rests is settled now: `onSettled`, if there was anything. */
  flush(): void;
  /** Takes listeners and page away; the engine stays as it is. */
  remove(): void;
}

/** Fetches a page (from the service worker's cache when offline). Throws when it cannot be had. */
export async function fetchPage(url: string): Promise<Document> {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`the page answers ${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

/** Adopts the `<form>` of a page into `host`. */
export function bindPage(host: HTMLElement, page: Document, engine: Engine, events: BinderEvents): BoundPage {
  const form = page.querySelector<HTMLFormElement>("form.form-page");
  if (form === null) throw new TypeError("the page holds no form");
  host.replaceChildren(document.adoptNode(form));
  return new Bound(form, engine, events);
}

class Bound implements BoundPage {
  readonly sections: Section[];
  readonly #form: HTMLFormElement;
  readonly #engine: Engine;
  readonly #events: BinderEvents;
  readonly #pages: HTMLElement[];
  readonly #stop = new AbortController();
  /** Ref → its element; groups and instances too. */
  readonly #elements = new Map<Ref, HTMLElement>();
  readonly #texts = new Map<string, HTMLElement[]>();
  readonly #invalid = new Map<Ref, AnswerProblem | null>();
  /** Questions that were left once: what is wrong there is told from now on. */
  readonly #left = new Set<Ref>();
  /** Questions whose absence was told by `tell`. */
  readonly #asked = new Set<Ref>();
  #typing: Ref | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, engine: Engine, events: BinderEvents) {
    this.#form = form;
    this.#engine = engine;
    this.#events = events;
    this.#pages = [...form.querySelectorAll<HTMLElement>(":scope > section")];
    this.sections = this.#pages.map((section) => ({
      ref: section.dataset["ref"] ?? "",
      title: section.querySelector("h1")?.textContent ?? "",
    }));
    this.#index(form);
    engine.changes(); // what this page does not need as news: it is written whole
    this.#write(engine.all());
    this.#listen();
  }

  open(): number[] {
    return this.#pages.flatMap((section, index) => {
      const shown = section.querySelectorAll(":scope > :not(header)");
      return [...shown].some((element) => !(element as HTMLElement).hidden) ? [index] : [];
    });
  }

  show(index: number): void {
    for (const [place, section] of this.#pages.entries()) section.hidden = place !== index;
    this.#pages[index]?.querySelector<HTMLElement>("h1")?.focus();
  }

  wanting(index: number): Ref[] {
    const { required, invalid } = this.#engine.missing();
    const here = new Set([...required, ...invalid].filter((ref) => this.#pages[index]?.contains(this.#at(ref))));
    return this.#engine.refs().filter((ref) => here.has(ref));
  }

  tell(index: number): void {
    const wanting = this.wanting(index);
    for (const ref of wanting) {
      this.#left.add(ref);
      this.#asked.add(ref);
      this.#judge(ref);
    }
    if (wanting[0] !== undefined) this.focus(wanting[0]);
  }

  focus(ref: Ref): void {
    const element = this.#at(ref);
    const place = this.#pages.findIndex((section) => section.contains(element));
    if (element === null || place < 0) return;
    if (this.#pages[place]?.hidden) this.show(place);
    const field = fields(element)[0] ?? element.querySelector<HTMLElement>("legend, button");
    field?.focus();
    element.scrollIntoView({ block: "nearest" });
  }

  flush(): void {
    if (this.#rest === undefined) return;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#events.onSettled();
  }

  remove(): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#stop.abort();
    this.#form.remove();
  }

  // From the person's hand to the engine

  #listen(): void {
    const signal = { signal: this.#stop.signal };
    this.#form.addEventListener("submit", (event) => event.preventDefault(), signal);
    this.#form.addEventListener("input", (event) => this.#input(event), signal);
    this.#form.addEventListener("click", (event) => this.#click(event), signal);
    this.#form.addEventListener("focusout", (event) => this.#leave(event), signal);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush(), signal);
    window.addEventListener("pagehide", () => this.flush(), signal);
  }

  #input(event: Event): void {
    const question = questionOf(event.target);
    if (question === null) return;
    const field = event.target as HTMLElement;
    const tapped = field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
    this.#answer(question, typed(question), tapped);
  }

  /** A tap is settled at once; typing rests first. */
  #answer(question: HTMLElement, value: string | string[], tapped: boolean): void {
    const ref = question.dataset["ref"] ?? "";
    this.#typing = tapped ? null : ref;
    this.#engine.set(ref, value);
    this.#changed(ref);
    this.#typing = null;
    if (tapped) this.#left.add(ref);
    this.#judge(ref);
    this.#settle(tapped);
  }

  #changed(ref: Ref): void {
    this.#write(this.#engine.changes());
    this.#events.onChange?.(ref);
  }

  #settle(now: boolean): void {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.flush(), REST);
    if (now) this.flush();
  }

  #leave(event: FocusEvent): void {
    const question = questionOf(event.target);
    if (question === null || (event.relatedTarget instanceof Element && question.contains(event.relatedTarget))) return;
    const ref = question.dataset["ref"] ?? "";
    this.#left.add(ref);
    this.#judge(ref);
    this.flush();
  }

  #click(event: Event): void {
    const target = event.target as HTMLElement;
    const question = questionOf(target);
    if (target instanceof HTMLInputElement && target.type === "radio" && question !== null) {
      // A second tap takes a choice back: without this a slip of the finger could never be undone.
      if (this.#engine.value(question.dataset["ref"] ?? "") === target.value && !this.#passed(question)) {
        target.checked = false;
        this.#answer(question, "", true);
      }
      return;
    }
    const button = target.closest<HTMLElement>("button[data-kind]");
    if (button !== null) this.#press(button, button.dataset["kind"] ?? "", question);
  }

  #passed(question: HTMLElement): boolean {
    return question.querySelector('[data-ways] [aria-pressed="true"]') !== null;
  }

  #press(button: HTMLElement, kind: string, question: HTMLElement | null): void {
    if (question !== null && (kind === "unknown" || kind === "declined")) this.#wayOut(button, kind, question);
    else if (question !== null && kind === "today") {
      this.#answer(question, this.#engine.today, true);
    } else if (kind === "add") this.#add(button);
    else if (kind === "remove") this.#removeAsk(button);
    else if (kind === "remove-now") this.#removeNow(button);
    else if (kind === "keep") this.#sure(button, false);
  }

  #wayOut(button: HTMLElement, kind: Way, question: HTMLElement): void {
    const ref = question.dataset["ref"] ?? "";
    const way = button.getAttribute("aria-pressed") === "true" ? null : kind;
    this.#engine.way(ref, way);
    this.#changed(ref);
    this.#judge(ref);
    this.#events.onWay?.(ref, way);
    this.#settle(true);
  }

  #add(button: HTMLElement): void {
    const repeat = button.closest<HTMLElement>('[data-kind="repeat"]')?.dataset["ref"] ?? "";
    const made = this.#engine.addRepeat(repeat);
    this.#changed(made);
    this.#at(made)?.querySelector<HTMLElement>("legend")?.focus();
    this.#at(made)?.scrollIntoView({ block: "start" });
    this.#settle(true);
  }

  /** Answers are never deleted by one press; an instance without answers needs no second. */
  #removeAsk(button: HTMLElement): void {
    const made = button.closest<HTMLElement>('[data-kind="instance"]')?.dataset["ref"] ?? "";
    const { values, ways } = this.#engine.draft();
    const holds = [...Object.keys(values), ...Object.keys(ways)].some((ref) => ref.startsWith(`${made}.`));
    if (holds) this.#sure(button, true);
    else this.#removeNow(button);
  }

  #sure(button: HTMLElement, asking: boolean): void {
    const removal = button.closest('[data-kind="removal"]');
    const ask = removal?.querySelector<HTMLElement>('[data-kind="remove"]');
    const sure = removal?.querySelector<HTMLElement>('[data-kind="sure"]');
    if (!ask || !sure) return;
    ask.hidden = asking;
    sure.hidden = !asking;
    (asking ? sure.querySelector<HTMLElement>('[data-kind="keep"]') : ask)?.focus();
  }

  #removeNow(button: HTMLElement): void {
    const made = button.closest<HTMLElement>('[data-kind="instance"]')?.dataset["ref"] ?? "";
    const [, repeat = "", index = "1"] = /^(.*)\[(\d+)\]$/.exec(made) ?? [];
    this.#sure(button, false);
    if (!this.#engine.removeRepeat(repeat, Number(index))) return;
    for (const told of [this.#left, this.#asked]) {
      for (const ref of told) if (ref.startsWith(`${repeat}[`)) told.delete(ref);
    }
    this.#changed(made);
    for (const ref of this.#elements.keys()) if (ref.startsWith(`${repeat}[`)) this.#judge(ref);
    const before = this.#at(`${repeat}[${Math.max(1, Number(index) - 1)}]`)?.querySelector<HTMLElement>("legend");
    (before ?? this.#at(repeat)?.querySelector<HTMLElement>('[data-kind="add"]'))?.focus();
    this.#settle(true);
  }

  // From the engine to the page

  #write(changes: Changes): void {
    for (const [ref, count] of Object.entries(changes.repeats)) this.#instances(ref, count);
    for (const [ref, value] of Object.entries(changes.values)) {
      const element = this.#at(ref);
      if (element !== null && ref !== this.#typing) write(element, value);
    }
    for (const [ref, way] of Object.entries(changes.ways)) this.#showWay(ref, way);
    for (const [ref, relevant] of Object.entries(changes.relevant)) this.#relevant(ref, relevant);
    for (const [ref, required] of Object.entries(changes.required)) this.#required(ref, required);
    for (const [ref, fixed] of Object.entries(changes.readonly)) this.#fix(ref, fixed);
    for (const [ref, names] of Object.entries(changes.choices)) this.#choices(ref, names);
    for (const [key, words] of Object.entries(changes.texts)) {
      for (const element of this.#texts.get(key) ?? []) element.textContent = words;
    }
    for (const [ref, code] of Object.entries(changes.invalid)) {
      this.#invalid.set(ref, code);
      this.#judge(ref);
    }
  }

  #instances(ref: Ref, count: number): void {
    const repeat = this.#at(ref);
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
    }
    const least = this.#engine.form.questions.find((question) => question.ref === unindexed(ref))?.least ?? 0;
    for (const removal of list.querySelectorAll<HTMLElement>(':scope > * > [data-kind="removal"]')) {
      removal.hidden = count <= least;
    }
  }

  #showWay(ref: Ref, way: Way | null): void {
    for (const button of this.#at(ref)?.querySelectorAll<HTMLElement>("[data-ways] button") ?? []) {
      button.setAttribute("aria-pressed", String(button.dataset["kind"] === way));
    }
  }

  #relevant(ref: Ref, relevant: boolean): void {
    const element = this.#at(ref);
    if (element === null) return;
    if (element.dataset["kind"] === "section") {
      for (const inner of element.querySelectorAll<HTMLElement>(":scope > :not(header)")) {
        if (inner.dataset["ref"] === undefined) inner.hidden = !relevant;
      }
      return;
    }
    element.hidden = !relevant;
    const repeat = element.closest<HTMLElement>('[data-kind="repeat"]');
    if (element.dataset["kind"] === "instance" && repeat !== null) {
      const all = [...(element.parentElement?.children ?? [])];
      repeat.hidden = all.every((one) => (one as HTMLElement).hidden);
    }
  }

  #required(ref: Ref, required: boolean): void {
    const element = this.#at(ref);
    if (element === null) return;
    const bearers = element.getAttribute("role") === "radiogroup" ? [element] : textFields(element);
    for (const bearer of bearers) bearer.setAttribute("aria-required", String(required));
  }

  #fix(ref: Ref, fixed: boolean): void {
    const element = this.#at(ref);
    for (const field of element === null ? [] : fields(element)) {
      if (field instanceof HTMLInputElement && field.type !== "text") field.disabled = fixed;
      else field.readOnly = fixed;
    }
  }

  #choices(ref: Ref, names: string[]): void {
    const element = this.#at(ref);
    for (const field of element === null ? [] : fields(element)) {
      const option = field.closest<HTMLElement>(".opt");
      if (option !== null) option.hidden = !names.includes(field.value) && !(field as HTMLInputElement).checked;
    }
  }

  /** Shows the words for what is wrong, once the question was left; takes them away as soon as it is right. */
  #judge(ref: Ref): void {
    const element = this.#at(ref);
    if (element === null || element.dataset["kind"] === "instance") return;
    const wrong = this.#left.has(ref) ? (this.#invalid.get(ref) ?? null) : null;
    const absent = wrong === null && this.#asked.has(ref) && this.#engine.missing().required.includes(ref);
    const code = absent ? "answer_required" : wrong;
    element.classList.toggle("bad-q", code !== null);
    for (const words of element.querySelectorAll<HTMLElement>(".err")) {
      words.hidden = words.dataset["text"] !== `${ref}:${code}`;
    }
    const bearers = element.getAttribute("role") === "radiogroup" ? [element] : textFields(element);
    for (const bearer of bearers) bearer.setAttribute("aria-invalid", String(code !== null));
  }

  #at(ref: Ref): HTMLElement | null {
    return this.#elements.get(ref) ?? null;
  }

  #index(root: HTMLElement): void {
    for (const element of [root, ...root.querySelectorAll<HTMLElement>("[data-ref], [data-text]")]) {
      const { ref, kind, text } = element.dataset;
      if (ref !== undefined && kind !== undefined && (kind !== "section" || !this.#elements.has(ref))) {
        this.#elements.set(ref, element);
      }
      if (text !== undefined) this.#texts.set(text, [...(this.#texts.get(text) ?? []), element]);
    }
  }

  #forget(root: HTMLElement): void {
    for (const element of [root, ...root.querySelectorAll<HTMLElement>("[data-ref], [data-text]")]) {
      const { ref, text } = element.dataset;
      if (ref !== undefined) this.#elements.delete(ref);
      if (text !== undefined) this.#texts.delete(text);
    }
  }
}

function questionOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".q[data-ref]") : null;
}

/** A checkbox may carry neither aria-required nor a sensible aria-invalid of its own. */
function textFields(question: HTMLElement): HTMLElement[] {
  return fields(question).filter((field) => !(field instanceof HTMLInputElement) || field.type === "text");
}

/** `members[2].name` as `members.name`. */
function unindexed(ref: Ref): Ref {
  return ref.replace(/\[\d+\]/g, "");
}
