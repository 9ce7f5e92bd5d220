/**
 * Lists that need a hand of their own: one too long for a screen, which is searched, and one that is put in order.
 *
 * Rules: what is chosen always stands; a search shows a dozen more. Names and labels come from the compiled form, what
 * stands of them from the engine; nothing is kept here but the words of the search.
 */
import { type Engine, keyOf, type Ref } from "../form/index.ts";

const SHOWN = 12;
const MARKS = /\p{M}/gu;

interface Line {
  name: string;
  key: string;
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
    const met = new Map<string, number>();
    const made = (this.#engine.form.lists[list] ?? []).map(({ name, label }) => {
      const words = label[this.#engine.language];
      const said = typeof words === "string" ? words : name;
      const nth = (met.get(name) ?? 0) + 1;
      met.set(name, nth);
      return { name, key: keyOf(name, nth), label: said, folded: fold(said) };
    });
    this.#lines.set(list, made);
    return made;
  }

  /** The keys that stand now, where a filter says so. */
  stand(ref: Ref, keys: readonly string[]): void {
    this.#standing.set(ref, new Set(keys));
  }

  stands(ref: Ref, key: string): boolean {
    return this.#standing.get(ref)?.has(key) ?? true;
  }

  /**
   * Where a list has a name twice, a filter tells which of them is meant: the one that stands is chosen, and the other is
   * out of sight, or a village would be shown in another district.
   */
  tellApart(question: HTMLElement, ref: Ref): void {
    if (!this.#standing.has(ref) || question.querySelector("[data-nth]") === null) return;
    const picker = question.querySelector<HTMLSelectElement>("select[data-list]");
    if (picker !== null) {
      const meant = [...picker.options].find((one) => one.value === picker.value && this.stands(ref, keyIn(one)));
      if (meant !== undefined) meant.selected = true;
      for (const one of picker.options) {
        one.hidden = one.value !== "" && !one.selected && !this.stands(ref, keyIn(one));
        one.disabled = one.hidden;
      }
      return;
    }
    const all = [...question.querySelectorAll<HTMLInputElement>("[data-list] input")];
    const chosen = new Set(all.filter((field) => field.checked).map((field) => field.value));
    const standing = new Set(all.filter((field) => this.stands(ref, keyIn(field))).map((field) => field.value));
    for (const field of all) {
      const here = this.stands(ref, keyIn(field));
      // what no longer fits stays in sight, once
      const left = chosen.has(field.value) && !standing.has(field.value) && field.dataset["nth"] === undefined;
      field.checked = chosen.has(field.value) && (here || left);
      const card = field.closest<HTMLElement>(".opt");
      if (card !== null) card.hidden = !here && !left;
    }
  }

  /** Draws what is chosen and what the search finds; cards that stay keep their fields, and the focus in them. */
  drawFound(question: HTMLElement, ref: Ref, value: string): void {
    const host = question.querySelector<HTMLElement>(".find .opts");
    const template = question.querySelector<HTMLTemplateElement>(".find > template");
    if (host === null || template === null) return;
    const chosen = new Set(value.split(" ").filter((name) => name !== ""));
    const known = this.of(unindexed(ref));
    const standing = new Set(known.filter(({ key }) => this.stands(ref, key)).map(({ name }) => name));
    const left = ({ name, key }: Line): boolean => chosen.has(name) && !standing.has(name) && key === name;
    const all = known.filter((line) => this.stands(ref, line.key) || left(line));
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

/** The key of the choice that a field stands for. */
export function keyIn({ value, dataset }: { value: string; dataset: DOMStringMap }): string {
  return keyOf(value, Number(dataset["nth"] ?? 1));
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
