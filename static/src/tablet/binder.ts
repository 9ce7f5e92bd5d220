/**
 * The one place where a form's change set meets a page.
 *
 * Rules:
 * - The engine owns every value. The page is written from change sets and never read for state, only for what a person
 *   has just typed. A new language is a new page bound to the same engine.
 * - A wrong answer is told when its question is left, in the page's own words; a missing one only when asked (`tell`).
 * - Typed text is in the engine at once; `onSettled` follows after 300 ms of rest, at blur, and when the page hides.
 */
import type { Engine, Raised, Ref, Way } from "../form/index.ts";
import { fields, isTapped, typed } from "./binder-fields.ts";
import { PageView } from "./binder-page.ts";

const REST = 300;

export interface BinderEvents {
  /** Something changed by this person's hand and rests: save the draft. */
  onSettled(): void;
  /** At once on each key press or tap, before anything is saved. */
  onChange?(ref: Ref): void;
  onWay?(ref: Ref, way: Way | null): void;
  /** What must be acted on, most urgent first: once when the page is bound, then whenever it changes. */
  onFlags?(raised: Raised[]): void;
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
  /** The section that holds a question, as an index; 0 for a ref that is not on the page. */
  sectionOf(ref: Ref): number;
  /** Refs that are wrong or missing in a section. */
  wanting(index: number): Ref[];
  /** Shows the words at all fields of `wanting` and puts the focus into the first. */
  tell(index: number): void;
  /** Shows the section with this question and puts the focus into it. */
  focus(ref: Ref): void;
  /** Shows only these questions and groups, no flags; null: everything again. For a tablet that is given away. */
  only(refs: readonly Ref[] | null): void;
  /** Puts the questions of these sensitive groups away; their titles stay. Empty: all open. */
  park(refs: readonly Ref[]): void;
  /** What rests is settled now: `onSettled`, if there was anything. */
  flush(): void;
  /** Takes listeners and page away, after what rests was settled; the engine stays as it is. */
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
  readonly #view: PageView;
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
    this.#view = new PageView(form, engine);
    engine.changes(); // what this page does not need as news: it is written whole
    this.#view.write(engine.all());
    this.#view.fold();
    this.#listen();
    events.onFlags?.(engine.flags());
  }

  open(): number[] {
    return this.#pages.flatMap((section, index) => (this.#holds(section) ? [index] : []));
  }

  /** Something to see now: a question, a line, or the words that a group is parked. */
  #holds(section: HTMLElement): boolean {
    const content = section.querySelector(':scope > [data-kind="inside"]') ?? section;
    const within = [...content.querySelectorAll<HTMLElement>(":scope > :is(.q, .known, .group, .repeat)")];
    return within.some((element) => !element.hidden);
  }

  show(index: number): void {
    for (const [place, section] of this.#pages.entries()) section.hidden = place !== index;
    this.#pages[index]?.querySelector<HTMLElement>("h1")?.focus();
  }

  sectionOf(ref: Ref): number {
    const element = this.#view.at(ref);
    return Math.max(0, element === null ? 0 : this.#pages.findIndex((section) => section.contains(element)));
  }

  wanting(index: number): Ref[] {
    const { required, invalid } = this.#engine.missing();
    const found = [...required, ...invalid].filter((ref) => this.#view.veil.reaches(ref));
    const here = new Set(found.filter((ref) => this.#pages[index]?.contains(this.#view.at(ref))));
    return here.size === 0 ? [] : this.#engine.refs().filter((ref) => here.has(ref));
  }

  tell(index: number): void {
    const wanting = this.wanting(index);
    for (const ref of wanting) {
      this.#view.left.add(ref);
      this.#view.asked.add(ref);
      this.#view.judge(ref);
    }
    if (wanting[0] !== undefined) this.focus(wanting[0]);
  }

  focus(ref: Ref): void {
    const element = this.#view.at(ref);
    const place = this.#pages.findIndex((section) => section.contains(element));
    if (element === null || place < 0) return;
    if (this.#pages[place]?.hidden) this.show(place);
    this.#unfold(null, ref);
    const field = fields(element)[0] ?? element.querySelector<HTMLElement>("legend, button");
    const parked = element.closest<HTMLElement>('[data-kind="inside"][hidden]')?.parentElement;
    (parked?.querySelector<HTMLElement>("h1, legend") ?? field)?.focus();
    element.scrollIntoView({ block: "nearest" });
  }

  only(refs: readonly Ref[] | null): void {
    this.#view.only(refs);
  }

  park(refs: readonly Ref[]): void {
    this.#view.park(refs);
  }

  /** *Correct*: the questions stand again in the place of the line. */
  #unfold(line: Element | null, ref?: Ref): void {
    const first = this.#view.known.open(line, ref);
    if (first === null) return;
    this.#view.fold();
    if (line !== null) this.focus(first);
  }

  flush(): void {
    if (this.#rest === undefined) return;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#events.onSettled();
  }

  remove(): void {
    this.#stop.abort();
    this.flush();
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
    this.#answer(question, typed(question), isTapped(event.target));
  }

  /** A tap is settled at once; typing rests first. */
  #answer(question: HTMLElement, value: string | string[], tapped: boolean): void {
    const ref = question.dataset["ref"] ?? "";
    this.#typing = tapped ? null : ref;
    this.#engine.set(ref, value);
    this.#changed(ref);
    this.#typing = null;
    if (tapped) this.#view.left.add(ref);
    this.#view.judge(ref);
    this.#settle(tapped);
  }

  #changed(ref: Ref): void {
    const changes = this.#engine.changes();
    this.#view.write(changes, this.#typing);
    this.#events.onChange?.(ref);
    if (Object.keys(changes.flags).length > 0) this.#events.onFlags?.(this.#engine.flags());
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
    this.#view.left.add(ref);
    this.#view.judge(ref);
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
    else if (kind === "correct") this.#unfold(button.closest('[data-kind="known"]'));
  }

  #wayOut(button: HTMLElement, kind: Way, question: HTMLElement): void {
    const ref = question.dataset["ref"] ?? "";
    const way = button.getAttribute("aria-pressed") === "true" ? null : kind;
    this.#engine.way(ref, way);
    this.#changed(ref);
    this.#view.judge(ref);
    this.#events.onWay?.(ref, way);
    this.#settle(true);
  }

  #add(button: HTMLElement): void {
    const repeat = button.closest<HTMLElement>('[data-kind="repeat"]')?.dataset["ref"] ?? "";
    const made = this.#engine.addRepeat(repeat);
    this.#changed(made);
    this.#view.at(made)?.querySelector<HTMLElement>("legend")?.focus();
    this.#view.at(made)?.scrollIntoView({ block: "start" });
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
    this.#changed(made);
    this.#view.forgetTold(repeat);
    const before = this.#view.at(`${repeat}[${Math.max(1, Number(index) - 1)}]`)?.querySelector<HTMLElement>("legend");
    (before ?? this.#view.at(repeat)?.querySelector<HTMLElement>('[data-kind="add"]'))?.focus();
    this.#settle(true);
  }
}

function questionOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".q[data-ref]") : null;
}
