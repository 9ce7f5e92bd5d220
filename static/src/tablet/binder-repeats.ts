/**
 * Adding to a repeat, removing from it, and taking that back.
 *
 * Rules: answers are never deleted by one press, and can be had back while the section stands; an instance without answers
 * needs no second press. Focus goes to what came, or to what stood before what went.
 */
import type { Engine, Ref } from "../form/index.ts";
import { type Gone, gone, putBack } from "./binder-instances.ts";
import type { PageView } from "./binder-page.ts";

export class RepeatHands {
  readonly #engine: Engine;
  readonly #view: PageView;
  readonly #changed: (ref: Ref) => void;
  #gone: Gone | null = null;

  /** `changed` writes and settles what the engine made of it. */
  constructor(engine: Engine, view: PageView, changed: (ref: Ref) => void) {
    this.#engine = engine;
    this.#view = view;
    this.#changed = changed;
  }

  press(button: HTMLElement, kind: string): void {
    if (kind === "add") this.#add(button);
    else if (kind === "remove") this.#ask(button);
    else if (kind === "remove-now") this.#remove(button);
    else if (kind === "keep") this.#sure(button, false);
    else if (kind === "undo") this.#undo();
  }

  /** Nothing can be had back any more. */
  forget(): void {
    this.#offer(null);
  }

  #add(button: HTMLElement): void {
    const repeat = button.closest<HTMLElement>('[data-kind="repeat"]')?.dataset["ref"] ?? "";
    const made = this.#engine.addRepeat(repeat);
    this.#changed(made);
    this.#goTo(made);
  }

  #goTo(made: Ref): void {
    this.#view.at(made)?.querySelector<HTMLElement>("legend")?.focus();
    this.#view.at(made)?.scrollIntoView({ block: "start" });
  }

  #ask(button: HTMLElement): void {
    const made = instanceOf(button);
    const { values, ways } = this.#engine.draft();
    const holds = [...Object.keys(values), ...Object.keys(ways)].some((ref) => ref.startsWith(`${made}.`));
    if (holds) this.#sure(button, true);
    else this.#remove(button);
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

  #remove(button: HTMLElement): void {
    const made = instanceOf(button);
    const [, repeat = "", index = "1"] = /^(.*)\[(\d+)\]$/.exec(made) ?? [];
    const held = gone(this.#engine.draft(), repeat, Number(index));
    this.#sure(button, false);
    if (!this.#engine.removeRepeat(repeat, Number(index))) return;
    this.#changed(made);
    this.#view.forgetTold(repeat);
    this.#offer(held);
    const before = this.#view.at(`${repeat}[${Math.max(1, Number(index) - 1)}]`)?.querySelector<HTMLElement>("legend");
    (before ?? this.#view.at(repeat)?.querySelector<HTMLElement>('[data-kind="add"]'))?.focus();
  }

  /** The line with *Undo* stands at its repeat; null takes it away. */
  #offer(held: Gone | null): void {
    const line = (of: Gone | null): HTMLElement | null =>
      of === null
        ? null
        : (this.#view.at(of.repeat)?.querySelector<HTMLElement>(':scope > [data-kind="removed"]') ?? null);
    const before = line(this.#gone);
    if (before !== null) before.hidden = true;
    this.#gone = held;
    const now = line(held);
    if (now !== null) now.hidden = false;
  }

  #undo(): void {
    const held = this.#gone;
    if (held === null) return;
    this.#offer(null);
    this.#engine.restore(putBack(this.#engine.draft(), held));
    this.#view.forgetTold(held.repeat);
    const made = `${held.repeat}[${held.index}]`;
    this.#changed(made);
    this.#goTo(made);
  }
}

function instanceOf(button: HTMLElement): Ref {
  return button.closest<HTMLElement>('[data-kind="instance"]')?.dataset["ref"] ?? "";
}
