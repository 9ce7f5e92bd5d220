/**
 * Where somebody is in a page, so that the same page in another language goes on there: field, caret, what was opened,
 * what was told, and the question at the top of the screen.
 *
 * Rules: nothing of an answer is in it; the answers are the engine's. Pages of one form are built alike in every language,
 * so a field is found by its question and its place within.
 */
import type { Ref } from "../form/index.ts";
import type { PageView } from "./binder-page.ts";

const FOCUSABLE = "input, textarea, select, button, summary, legend";

export interface Place {
  section: number;
  field: { ref: Ref; at: number; caret: [number, number] | null } | null;
  /** The topmost question in sight, and how far it is from the top of the screen, in pixels. */
  sight: { ref: Ref; top: number } | null;
  left: Ref[];
  asked: Ref[];
  known: Ref[];
  details: { ref: Ref; at: number }[];
  searches: [Ref, string][];
}

export function placeOf(section: number, page: HTMLElement | undefined, view: PageView, held: Element | null): Place {
  const details = [...(page?.querySelectorAll<HTMLDetailsElement>("details") ?? [])];
  return {
    section,
    field: held === null ? null : fieldOf(held),
    sight: page === undefined ? null : sightOf(page),
    left: [...view.left],
    asked: [...view.asked],
    known: view.known.opened,
    details: details.filter((one) => one.open).flatMap((one) => within(one, "details") ?? []),
    searches: [...view.lists.queries],
  };
}

/** After the section was shown: everything as it was, and the focus back where it was. */
export function goTo(place: Place, view: PageView): void {
  for (const [ref, text] of place.searches) {
    view.lists.queries.set(ref, text);
    const field = view.at(ref)?.querySelector<HTMLInputElement>('[data-kind="search"]');
    if (field) field.value = text;
    view.redraw(ref);
  }
  for (const ref of place.known) view.known.open(null, ref);
  if (place.known.length > 0) view.fold();
  for (const ref of place.left) view.left.add(ref);
  for (const ref of place.asked) view.asked.add(ref);
  for (const ref of new Set([...place.left, ...place.asked])) view.judge(ref);
  for (const { ref, at } of place.details) {
    const one = view.at(ref)?.querySelectorAll("details")[at];
    if (one) one.open = true;
  }
  if (place.sight !== null) {
    const top = view.at(place.sight.ref)?.getBoundingClientRect().top;
    if (top !== undefined) window.scrollBy({ top: top - place.sight.top, behavior: "instant" });
  }
  if (place.field !== null) focusField(place.field, view);
}

function focusField({ ref, at, caret }: NonNullable<Place["field"]>, view: PageView): void {
  const field = view.at(ref)?.querySelectorAll<HTMLElement>(FOCUSABLE)[at];
  field?.focus({ preventScroll: true });
  const typing = field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && field.type === "text");
  if (typing && caret !== null) field.setSelectionRange(...caret);
}

function fieldOf(element: Element): Place["field"] {
  const found = within(element, FOCUSABLE);
  if (found === null) return null;
  const typing =
    element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === "text");
  const { selectionStart: start, selectionEnd: end } = typing ? element : { selectionStart: null, selectionEnd: null };
  return { ...found, caret: start === null || end === null ? null : [start, end] };
}

function within(element: Element, all: string): { ref: Ref; at: number } | null {
  const around = element.closest<HTMLElement>("[data-ref]");
  if (around === null) return null;
  return { ref: around.dataset["ref"] ?? "", at: [...around.querySelectorAll(all)].indexOf(element) };
}

function sightOf(page: HTMLElement): Place["sight"] {
  for (const one of page.querySelectorAll<HTMLElement>(".q[data-ref]")) {
    const { top, bottom, height } = one.getBoundingClientRect();
    if (height > 0 && bottom > 0) return { ref: one.dataset["ref"] ?? "", top };
  }
  return null;
}
