/**
 * The one place where a form's change set meets a page. (Types first; the body follows.)
 */
import type { Engine, Ref, Way } from "../form/index.ts";

export interface BinderEvents {
  /** Something in the engine changed by this person's hand: save the draft. Typed text comes after 300 ms of rest or blur. */
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
  /** Sections that hold something relevant now, as indexes into `sections`. */
  open(): number[];
  /** Shows section `index` and moves focus to its heading. */
  show(index: number): void;
  /** Refs that are wrong or missing in a section; `tell` shows the words at the fields. */
  wanting(index: number): Ref[];
  tell(index: number): void;
  /** Shows the section with this question and puts the focus into it. */
  focus(ref: Ref): void;
  /** Hands over typed text that still rests, then `onSettled` if there was any. */
  flush(): void;
  /** Takes listeners and page away; the engine stays as it is. */
  remove(): void;
}

/** Adopts the `<form>` of a page into `host`. A new language is a new page bound to the same engine. */
export declare function bindPage(host: HTMLElement, page: Document, engine: Engine, events: BinderEvents): BoundPage;
/** Fetches `/tablet/pages/{release}/{version}/{lang}.html` (from the cache when offline). */
export declare function fetchPage(url: string): Promise<Document>;
