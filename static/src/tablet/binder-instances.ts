/**
 * Instances of repeats: made from their templates, and put back into a draft after they were removed.
 *
 * Rules: every id, name and ref that begins with the repeat's gets the instance's index; templates inside are given theirs
 * too. What was removed comes back at its place, whatever was answered elsewhere meanwhile.
 */
import type { Draft, Ref } from "../form/index.ts";

/** `of` is the repeat (`members`), `as` the instance (`members[2]`). */
export function instance(template: HTMLTemplateElement, of: string, as: string): DocumentFragment {
  const made = document.importNode(template.content, true);
  rename(made, of, as);
  return made;
}

const NAMED = [
  "id",
  "for",
  "name",
  "aria-describedby",
  "aria-labelledby",
  "data-ref",
  "data-text",
  "data-list",
  "data-flag-slot",
];

function rename(root: DocumentFragment, of: string, as: string): void {
  for (const element of root.querySelectorAll("*")) {
    for (const attribute of NAMED) {
      const words = element.getAttribute(attribute)?.split(" ");
      if (words !== undefined) element.setAttribute(attribute, words.map((word) => moved(word, of, as)).join(" "));
    }
    if (element instanceof HTMLTemplateElement) rename(element.content, of, as);
  }
}

function moved(word: string, of: string, as: string): string {
  const rest = word.slice(of.length);
  return word.startsWith(of) && (rest === "" || rest.startsWith(".") || rest.startsWith(":")) ? as + rest : word;
}

/** An instance that was removed, with all that it held. */
export interface Gone {
  repeat: Ref;
  index: number;
  held: Draft;
}

export function gone(draft: Draft, repeat: Ref, index: number): Gone {
  const own = `${repeat}[${index}]`;
  const mine = <V>(all: Record<Ref, V>): Record<Ref, V> =>
    Object.fromEntries(Object.entries(all).filter(([ref]) => ref.startsWith(`${own}.`)));
  const { values, ways, repeats } = draft;
  return { repeat, index, held: { values: mine(values), ways: mine(ways), repeats: mine(repeats) } };
}

/** The draft with the instance at its place again; those behind it move up by one. */
export function putBack(draft: Draft, { repeat, index, held }: Gone): Draft {
  const shifted = <V>(all: Record<Ref, V>): Record<Ref, V> =>
    Object.fromEntries(Object.entries(all).map(([ref, value]) => [shift(ref, repeat, index), value]));
  const repeats = { ...shifted(draft.repeats), ...held.repeats };
  return {
    ...draft,
    values: { ...shifted(draft.values), ...held.values },
    ways: { ...shifted(draft.ways), ...held.ways },
    repeats: { ...repeats, [repeat]: (draft.repeats[repeat] ?? 0) + 1 },
  };
}

function shift(ref: Ref, repeat: Ref, index: number): Ref {
  if (!ref.startsWith(`${repeat}[`)) return ref;
  const end = ref.indexOf("]", repeat.length);
  const at = Number(ref.slice(repeat.length + 1, end));
  return at < index ? ref : `${repeat}[${at + 1}]${ref.slice(end + 1)}`;
}
