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
import { offsetOf } from "./binder-moments.ts";
import { PageView } from "./binder-page.ts";
import { goTo, type Place, placeOf } from "./binder-place.ts";
import { picked, play, press } from "./binder-press.ts";
import { RepeatHands } from "./binder-repeats.ts";

export type { Place } from "./binder-place.ts";

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
  /** Where the person is in it, for the same page in another language. */
  place(): Place;
  /** Goes on where `place()` was told; instead of `show`. */
  resume(place: Place): void;
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
  readonly #repeats: RepeatHands;
  readonly #offset: string;
  #shown = -1;
  /** The field that had the focus last. */
  #held: Element | null = null;
  #typing: Ref | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(form: HTMLFormElement, engine: Engine, events: BinderEvents) {
    this.#form = form;
    this.#engine = engine;
    this.#events = events;
    this.#offset = offsetOf(engine.now);
    this.#pages = [...form.querySelectorAll<HTMLElement>(":scope > section")];
    this.sections = this.#pages.map((section) => ({
      ref: section.dataset["ref"] ?? "",
      title: section.querySelector("h1")?.textContent ?? "",
    }));
    this.#view = new PageView(form, engine, this.#pages);
    this.#repeats = new RepeatHands(engine, this.#view, (ref) => {
      this.#changed(ref);
      this.#settle(true);
    });
    engine.changes(); // what this page does not need as news: each section is written whole
    this.#view.write(engine.all());
    this.#listen();
    events.onFlags?.(engine.flags());
  }

  open(): number[] {
    return this.#pages.flatMap((_, index) => (this.#view.holds(index) ? [index] : []));
  }

  show(index: number): void {
    this.#turn(index);
    this.#pages[index]?.querySelector<HTMLElement>("h1")?.focus();
  }

  #turn(index: number): void {
    this.#view.openSection(index);
    for (const [place, section] of this.#pages.entries()) {
      if (section.hidden !== (place !== index)) section.hidden = place !== index;
    }
    if (this.#shown !== index) this.#repeats.forget();
    this.#shown = index;
  }

  sectionOf(ref: Ref): number {
    return this.#view.sections.of(ref);
  }

  wanting(index: number): Ref[] {
    const { required, invalid } = this.#engine.missing();
    const here = (ref: Ref): boolean => this.#view.sections.of(ref) === index && this.#view.veil.reaches(ref);
    const found = new Set([...required, ...invalid].filter(here));
    return found.size === 0 ? [] : this.#engine.refs().filter((ref) => found.has(ref));
  }

  tell(index: number): void {
    this.#view.openSection(index);
    const wanting = this.wanting(index);
    for (const ref of wanting) {
      this.#view.left.add(ref);
      this.#view.asked.add(ref);
      this.#view.judge(ref);
    }
    if (wanting[0] !== undefined) this.focus(wanting[0]);
  }

  focus(ref: Ref): void {
    const place = this.sectionOf(ref);
    this.#view.openSection(place);
    const element = this.#view.at(ref);
    if (element === null) return;
    if (this.#shown !== place) this.show(place);
    this.#unfold(null, ref);
    const field =
      fields(element).find((one) => one.type !== "hidden") ?? element.querySelector<HTMLElement>("legend, button");
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

  place(): Place {
    const held = this.#form.contains(document.activeElement) ? document.activeElement : this.#held;
    return placeOf(this.#shown, this.#pages[this.#shown], this.#view, held?.isConnected ? held : null);
  }

  resume(place: Place): void {
    if (place.section < 0) return;
    this.#turn(place.section);
    goTo(place, this.#view);
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
    this.#form.addEventListener("esik-capture", (event) => this.#captured(event as CustomEvent<string>), signal);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.flush(), signal);
    window.addEventListener("pagehide", () => this.flush(), signal);
  }

  #input(event: Event): void {
    const field = event.target as HTMLInputElement;
    const question = questionOf(field);
    if (question === null || inCapture(field)) return;
    const ref = question.dataset["ref"] ?? "";
    if (field.dataset["kind"] === "search") {
      this.#view.lists.queries.set(ref, field.value);
      this.#view.redraw(ref);
    } else if (field.classList.contains("picker")) {
      this.#answer(question, picked(field, this.#engine.now), { tapped: true });
    } else {
      this.#view.figures.heard(field.value);
      const [tapped, sliding] = [isTapped(field), field.type === "range"];
      this.#answer(question, typed(question, this.#offset, field), { tapped, sliding });
    }
  }

  #captured(event: CustomEvent<string>): void {
    const question = questionOf(event.target);
    if (question !== null) this.#answer(question, event.detail, { tapped: true });
  }

  /** A tap is settled at once; typing rests first, and its own field is left alone. */
  #answer(question: HTMLElement, value: string | string[], by: { tapped: boolean; sliding?: boolean }): void {
    const ref = question.dataset["ref"] ?? "";
    this.#typing = by.tapped || by.sliding ? null : ref;
    this.#engine.set(ref, value);
    this.#changed(ref);
    this.#typing = null;
    if (by.tapped) this.#view.left.add(ref);
    this.#view.judge(ref);
    this.#settle(by.tapped);
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
    this.#held = event.target instanceof Element ? event.target : null;
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
    if (inCapture(target)) return;
    const button = target.closest<HTMLElement>("button[data-kind]");
    if (target instanceof HTMLInputElement && question !== null) this.#tapped(target, question);
    else if (button !== null) this.#press(button, button.dataset["kind"] ?? "", question);
  }

  #tapped(field: HTMLInputElement, question: HTMLElement): void {
    const value = this.#engine.value(question.dataset["ref"] ?? "");
    if (field.type === "radio" && value === field.value && !passed(question)) {
      // A second tap takes a choice back: without this a slip of the finger could never be undone.
      field.checked = false;
      this.#answer(question, "", { tapped: true });
    } else if (field.type === "range" && value === "") {
      // Where a slider stands already is an answer too, once it was touched.
      this.#answer(question, field.value, { tapped: true });
    }
  }

  #press(button: HTMLElement, kind: string, question: HTMLElement | null): void {
    if (kind === "play") play(button);
    else if (question !== null && (kind === "unknown" || kind === "declined")) this.#wayOut(button, kind, question);
    else if (kind === "correct") this.#unfold(button.closest('[data-kind="known"]'));
    else if (question === null || !press(button, question, this.#engine, this.#view, this.#given)) {
      this.#repeats.press(button, kind);
    }
  }

  readonly #given = (question: HTMLElement, value: string): void => this.#answer(question, value, { tapped: true });

  #wayOut(button: HTMLElement, kind: Way, question: HTMLElement): void {
    const ref = question.dataset["ref"] ?? "";
    const way = button.getAttribute("aria-pressed") === "true" ? null : kind;
    this.#engine.way(ref, way);
    this.#changed(ref);
    this.#view.judge(ref);
    this.#events.onWay?.(ref, way);
    this.#settle(true);
  }
}

function passed(question: HTMLElement): boolean {
  return question.querySelector('[data-ways] [aria-pressed="true"]') !== null;
}

/** The control of an attachment looks after its own buttons and fields. */
function inCapture(target: Element): boolean {
  return target.closest("[data-capture]") !== null;
}

function questionOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(".q[data-ref]") : null;
}
