/**
 * What of a page is out of sight, and for which reason: not relevant, folded because it is known, not among the questions
 * that were given to the person, parked until nobody else can hear or see.
 *
 * Rules: the reasons do not know each other; a question shows when none of them stands. Refs of groups and of questions in
 * repeats are given without indexes and mean every instance.
 */
import type { Ref } from "../form/index.ts";

export class Veil {
  readonly #at: (ref: Ref) => HTMLElement | null;
  readonly #irrelevant = new Set<Ref>();
  #folded: ReadonlySet<Ref> = new Set();
  #only: readonly Ref[] | null = null;
  #parked: readonly Ref[] = [];

  constructor(at: (ref: Ref) => HTMLElement | null) {
    this.#at = at;
  }

  /** Whether only some questions show. */
  get narrowed(): boolean {
    return this.#only !== null;
  }

  relevant(ref: Ref, relevant: boolean): void {
    if (relevant) this.#irrelevant.delete(ref);
    else this.#irrelevant.add(ref);
    this.draw(ref);
  }

  /** Whether a question is for this person and in these hands, parked or not. */
  shows(ref: Ref): boolean {
    return !this.#irrelevant.has(ref) && this.#among(ref);
  }

  /** Whether a question can be seen and answered once its section is open. */
  reaches(ref: Ref): boolean {
    const plain = unindexed(ref);
    return this.#among(ref) && !this.#parked.some((group) => inside(plain, group));
  }

  fold(refs: ReadonlySet<Ref>): void {
    const before = this.#folded;
    this.#folded = refs;
    for (const ref of new Set([...before, ...refs])) this.draw(ref);
  }

  only(refs: readonly Ref[] | null, all: Iterable<Ref>): void {
    this.#only = refs;
    for (const ref of all) this.draw(ref);
  }

  /** The title of a parked group stays, with the words that say why; its questions go, and the focus that was in them. */
  park(refs: readonly Ref[], elements: Iterable<[Ref, HTMLElement]>): void {
    this.#parked = refs;
    this.parkAlike(elements);
  }

  /** The same for elements that came later. */
  parkAlike(elements: Iterable<[Ref, HTMLElement]>): void {
    for (const [ref, element] of elements) {
      const notice = element.querySelector<HTMLElement>(':scope > [data-kind="parked"]');
      const content = element.querySelector<HTMLElement>(':scope > [data-kind="inside"]');
      if (notice === null || content === null) continue;
      const parked = this.#parked.includes(unindexed(ref));
      const held = parked && content.contains(document.activeElement);
      notice.hidden = !parked;
      content.hidden = parked;
      if (held) element.querySelector<HTMLElement>("h1, legend")?.focus();
    }
  }

  /** A question is given with the group that was named, and a group with a question in it. */
  #among(ref: Ref): boolean {
    const plain = unindexed(ref);
    return this.#only === null || this.#only.some((one) => inside(plain, one) || inside(one, plain));
  }

  /** Where an element came later than what is known of it, too. */
  draw(ref: Ref): void {
    const element = this.#at(ref);
    // A section holds its group's questions, each told for itself, and loose ones that the group says nothing about.
    if (element === null || element.dataset["kind"] === "section") return;
    const hidden = this.#irrelevant.has(ref) || this.#folded.has(ref) || !this.#among(ref);
    if (element.hidden !== hidden) element.hidden = hidden;
    if (element.dataset["kind"] === "instance")
      this.#around(element.closest<HTMLElement>('[data-kind="repeat"]'), element);
    else if (element.parentElement?.classList.contains("matrix")) this.#around(element.parentElement, element);
  }

  /** What stands around goes with the last that it holds. */
  #around(holder: HTMLElement | null, one: HTMLElement): void {
    const kind = one.classList.contains("row-q") ? ".row-q" : '[data-kind="instance"]';
    const all = [...(one.parentElement?.children ?? [])].filter((other) => other.matches(kind));
    if (holder !== null) holder.hidden = all.every((other) => (other as HTMLElement).hidden);
  }
}

/** `members[2].name` as `members.name`. */
export function unindexed(ref: Ref): Ref {
  return ref.replace(/\[\d+\]/g, "");
}

function inside(ref: Ref, over: Ref): boolean {
  return ref === over || ref.startsWith(`${over}.`);
}
