/**
 * Pictures, signatures, sounds and files in a form: every `[data-capture]` slot of the page gets its control, also those
 * of a repeat's instance that is made later. Loaded when a form asks for such an answer.
 */
import { addMessages } from "../../ui/messages.ts";
import { CAPTURE_WORDS } from "../words/index.ts";
import { Control, type Store } from "./control.ts";

export type { Store } from "./control.ts";

let words: Promise<void> | undefined;

/** `form` = the adopted page. */
export async function openCaptures(form: HTMLElement, store: Store): Promise<Captures> {
  words ??= addMessages(CAPTURE_WORDS).catch((thrown: unknown) => {
    words = undefined;
    throw thrown;
  });
  await words;
  return new Captures(form, store);
}

export class Captures {
  readonly #store: Store;
  readonly #controls = new Map<HTMLElement, Control>();
  readonly #observers: MutationObserver[] = [];

  constructor(form: HTMLElement, store: Store) {
    this.#store = store;
    this.#find(form);
    this.#watch(form, {
      childList: true,
      subtree: true,
      attributes: true,
      attributeFilter: ["data-value", "data-fixed"],
    });
    // The words of the screens change with the language of the document.
    this.#watch(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
  }

  /** Something is made that is not kept yet. */
  get unfinished(): boolean {
    return [...this.#controls.values()].some((one) => one.unfinished);
  }

  /** Until everything that is unfinished is kept. */
  async settle(): Promise<void> {
    await Promise.all([...this.#controls.values()].map((one) => one.settle()));
  }

  remove(): void {
    for (const observer of this.#observers) observer.disconnect();
    for (const control of this.#controls.values()) control.end();
    this.#controls.clear();
  }

  #watch(element: HTMLElement, what: MutationObserverInit): void {
    const observer = new MutationObserver((records) => this.#changed(records));
    observer.observe(element, what);
    this.#observers.push(observer);
  }

  #changed(records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes } of records) {
      if (type === "childList") for (const node of addedNodes) if (node instanceof HTMLElement) this.#find(node);
      if (type === "attributes" && target === document.documentElement) {
        for (const control of this.#controls.values()) control.paint();
      } else if (type === "attributes") this.#controls.get(target as HTMLElement)?.follow();
    }
    for (const [slot, control] of this.#controls) {
      if (slot.isConnected) continue;
      control.end();
      this.#controls.delete(slot);
    }
  }

  #find(root: HTMLElement): void {
    const slots = [...root.querySelectorAll<HTMLElement>("[data-capture]")];
    if (root.matches("[data-capture]")) slots.push(root);
    for (const slot of slots) if (!this.#controls.has(slot)) this.#controls.set(slot, new Control(slot, this.#store));
  }
}
