/**
 * Lists that need a hand of their own: one too long for a screen, which is searched, and one that is put in order.
 *
 * Rules: what is chosen always stands; a search shows a dozen more. Names and labels come from the compiled form, what
 * stands of them from the engine; nothing is kept here but the words of the search.
 */
import type { Engine, Ref } from "../form/index.ts";

const SHOWN = 12;
const MARKS = /\p{M}/gu;

interface Line {
  name: string;
  label: string;
  folded: string;
}

export class Lists {
  readonly #engine: Engine;
  readonly #word: (key: string) => string;
  readonly #lines = new Map<string, Line[]>();
  readonly #standing = new Map<Ref, ReadonlySet<string>>();
  readonly queries = new Map<Ref, string>();

  constructor(engine: Engine, word: (key: string) => string) {
    this.#engine = engine;
    this.#word = word;
  }

  /** All choices of a question, in the page's language. */
  of(question: Ref): Line[] {
    const list = this.#engine.form.questions.find((one) => one.ref === question)?.list ?? "";
    const known = this.#lines.get(list);
    if (known !== undefined) return known;
    const made = (this.#engine.form.lists[list] ?? []).map(({ name, label }) => {
      const words = label[this.#engine.language];
      const said = typeof words === "string" ? words : name;
      return { name, label: said, folded: fold(said) };
    });
    this.#lines.set(list, made);
    return made;
  }

  /** The names that stand now, where a filter says so. */
  stand(ref: Ref, names: readonly string[]): void {
    this.#standing.set(ref, new Set(names));
  }

  stands(ref: Ref, name: string): boolean {
    return this.#standing.get(ref)?.has(name) ?? true;
  }

  /** Draws what is chosen and what the search finds; cards that stay keep their fields, and the focus in them. */
  drawFound(question: HTMLElement, ref: Ref, value: string): void {
    const host = question.querySelector<HTMLElement>(".find .opts");
    const template = question.querySelector<HTMLTemplateElement>(".find > template");
    if (host === null || template === null) return;
    const chosen = new Set(value.split(" ").filter((name) => name !== ""));
    const all = this.of(unindexed(ref)).filter(({ name }) => chosen.has(name) || this.stands(ref, name));
    const query = fold(this.queries.get(ref) ?? "");
    const fits = all.filter((line) => !chosen.has(line.name) && line.folded.includes(query));
    const first = fits.filter((line) => line.folded.startsWith(query));
    const found = [...new Set([...first, ...fits])].slice(0, SHOWN);
    const lines = [...all.filter((line) => chosen.has(line.name)), ...found];
    this.#draw(host, template, lines, chosen);
    const told = question.querySelector<HTMLElement>('[data-kind="found"]');
    if (told !== null) told.textContent = filled(this.#word("found"), { shown: lines.length, all: all.length });
  }

  #draw(host: HTMLElement, template: HTMLTemplateElement, lines: Line[], chosen: ReadonlySet<string>): void {
    const cards = new Map<string, Element>();
    for (const card of host.children) cards.set(card.querySelector("input")?.value ?? "", card);
    const wanted = lines.map(({ name, label }) => {
      const card = cards.get(name) ?? (document.importNode(template.content, true).firstElementChild as Element);
      const [field, words] = [card.querySelector("input"), card.querySelector("span")];
      if (field !== null) {
        field.value = name;
        field.checked = chosen.has(name);
      }
      if (words !== null) words.textContent = label;
      return card;
    });
    for (const card of [...host.children]) if (!wanted.includes(card)) card.remove();
    for (const [place, card] of wanted.entries()) {
      if (host.children[place] !== card) host.insertBefore(card, host.children[place] ?? null);
    }
  }

  /** Puts the lines into the order of `value`; blank: as the form has them, and said so. */
  drawOrder(question: HTMLElement, ref: Ref, value: string): void {
    const host = question.querySelector<HTMLElement>(".rank > ol");
    if (host === null) return;
    const held = host.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null;
    const names = value === "" ? this.of(unindexed(ref)).map(({ name }) => name) : value.split(" ");
    const lines = new Map(linesOf(host).map((line) => [nameIn(line), line]));
    for (const [place, line] of [...names.flatMap((name) => lines.get(name) ?? [])].entries()) {
      if (host.children[place] !== line) host.insertBefore(line, host.children[place] ?? null);
    }
    for (const [name, line] of lines) line.hidden = !names.includes(name) && !this.stands(ref, name);
    if (held !== null && document.activeElement !== held) held.focus();
    host.classList.toggle("blank", value === "");
    const told = question.querySelector<HTMLElement>('[data-kind="placed"]');
    if (told !== null && value === "") told.textContent = this.#word("not_placed");
    else if (told?.textContent === this.#word("not_placed")) told.textContent = "";
  }

  /** The order after a line moved by one place; null at the end of the list. */
  moved(question: HTMLElement, line: HTMLElement, by: 1 | -1): string | null {
    const lines = linesOf(question).filter((one) => !one.hidden);
    const at = lines.indexOf(line);
    const other = lines[at + by];
    if (at < 0 || other === undefined) return null;
    lines[at] = other;
    lines[at + by] = line;
    const what = line.querySelector(".what")?.textContent?.trim() ?? "";
    const told = question.querySelector<HTMLElement>('[data-kind="placed"]');
    const words = filled(this.#word("placed"), { what, place: at + by + 1, all: lines.length });
    queueMicrotask(() => {
      if (told !== null) told.textContent = words;
    });
    return lines.map(nameIn).join(" ");
  }

  /** The order as it stands on the screen. */
  asIs(question: HTMLElement): string {
    const lines = linesOf(question).filter((one) => !one.hidden);
    return lines.map(nameIn).join(" ");
  }
}

export function filled(words: string, places: Record<string, string | number>): string {
  return words.replace(/\{(\w+)\}/g, (place, name: string) => String(places[name] ?? place));
}

function linesOf(within: HTMLElement): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>('[data-kind="placed-one"]')];
}

function nameIn(line: HTMLElement): string {
  return line.querySelector("input")?.value ?? "";
}

function fold(text: string): string {
  return text.normalize("NFKD").replace(MARKS, "").toLocaleLowerCase().trim();
}

function unindexed(ref: Ref): Ref {
  return ref.replace(/\[\d+\]/g, "");
}
