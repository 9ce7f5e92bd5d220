/**
 * Lists of choices and data files, as expressions see them: rows with columns of text. The same as forms/lists.py.
 *
 * Rules: a row is looked up by the text of a column without going over the list, because lists may hold ten thousand rows;
 * what is found is what going over it would find.
 */
import type { CompiledForm, Expression, ExpressionPart, Language } from "./types.ts";

export type Syntax = Expression | ExpressionPart;
/** A text, or a label with expressions in it. */
export type Written = string | readonly (string | Expression)[];

/** A row, as paths see it. */
export class Item {
  readonly columns: Readonly<Record<string, Written>>;
  /** Which of those with its name. */
  readonly #nth: number;
  constructor(columns: Readonly<Record<string, Written>>, nth = 1) {
    this.columns = columns;
    this.#nth = nth;
  }
  string(): string {
    return "";
  }
  get name(): string {
    const name = this.columns["name"];
    return typeof name === "string" ? name : "";
  }
  get key(): string {
    return keyOf(this.name, this.#nth);
  }
}

/** A choice's name; where a list has a name twice, with a tab and which of them it is. */
export function keyOf(name: string, nth: number): string {
  return nth === 1 ? name : `${name}\t${nth}`;
}

/** Names of choices, each once. */
export function namesOf(keys: readonly string[]): ReadonlySet<string> {
  return new Set(keys.map((key) => key.split("\t", 1)[0] ?? key));
}

/** The place of a row in its list, from 1, and the row. */
export type Placed = readonly [number, Item];
const NOTHING: readonly Placed[] = [];

/** The lists of one form in one language; each is read when it is first asked for. */
export class Lists {
  readonly #form: CompiledForm;
  readonly #language: Language;
  readonly #items = new Map<string, Item[]>();
  readonly #places = new Map<string, Map<string, Placed[]>>();

  constructor(form: CompiledForm, language: Language) {
    this.#form = form;
    this.#language = language;
  }

  items(name: string): Item[] {
    let found = this.#items.get(name);
    if (found === undefined) {
      found = this.#read(name);
      this.#items.set(name, found);
    }
    return found;
  }

  #read(name: string): Item[] {
    const rows = this.#rows(name);
    const list = this.#form.lists[name];
    if (list === undefined) return rows.map((row) => new Item(row));
    const met = new Map<string, number>();
    return list.map(({ name, label, columns }, place) => {
      const said = { name, label: label[this.#language] ?? "", ...columns };
      met.set(name, (met.get(name) ?? 0) + 1);
      return new Item(rows.length > 0 ? { ...rows[place], ...said } : said, met.get(name));
    });
  }

  /** Of a data file; a list that is chosen from it has the same rows. */
  #rows(name: string): Record<string, Written>[] {
    const table = this.#form.tables?.[name];
    if (table === undefined) return [];
    return table.rows.map((row) =>
      Object.fromEntries(table.columns.map((column, place) => [column, row[place] ?? ""] as const)),
    );
  }

  /** Those whose column holds one of the texts, in the list's order. */
  places(name: string, column: string, texts: readonly string[]): readonly Placed[] {
    const index = this.#index(name, column);
    if (texts.length === 1) return index.get(texts[0] ?? "") ?? NOTHING;
    const found = new Map(texts.flatMap((text) => index.get(text) ?? NOTHING));
    return [...found].sort(([one], [other]) => one - other);
  }

  #index(name: string, column: string): Map<string, Placed[]> {
    const key = `${column} ${name}`;
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const index = new Map<string, Placed[]>();
    for (const [before, item] of this.items(name).entries()) {
      const text = item.columns[column];
      if (typeof text !== "string") continue;
      const same = index.get(text);
      if (same === undefined) index.set(text, [[before + 1, item]]);
      else same.push([before + 1, item]);
    }
    this.#places.set(key, index);
    return index;
  }

  find(name: string, column: string, text: string): Item | undefined {
    return this.places(name, column, [text])[0]?.[1];
  }
}

export interface LookUp {
  column: string;
  wanted: Syntax;
  /** Whether the predicate asks nothing else. */
  all: boolean;
}

/** What a predicate asks of a column, when that does not depend on the row. */
export function lookedUp(predicate: Syntax): LookUp | null {
  if (!Array.isArray(predicate)) return null;
  const [head, left, right] = predicate;
  if (left === undefined || right === undefined) return null;
  if (head === "and") {
    const found = lookedUp(left) ?? lookedUp(right);
    return found === null ? null : { ...found, all: false };
  }
  if (head !== "=") return null;
  for (const [one, wanted] of [[left, right] as const, [right, left] as const]) {
    const column = columnOf(one);
    if (column === null || column === "label" || !still(wanted)) continue;
    return column === ".." ? null : { column, wanted, all: true };
  }
  return null;
}

function columnOf(tree: Syntax): string | null {
  if (!Array.isArray(tree) || tree.length !== 3 || tree[0] !== "path" || tree[1] !== ".") return null;
  return typeof tree[2] === "string" ? tree[2] : null;
}

const RESTLESS = new Set<Syntax>(["position", "last", "random", "uuid"]);

/** Whether it is the same for every row. */
function still(tree: Syntax): boolean {
  if (!Array.isArray(tree)) return true;
  if (tree[0] === "path") return tree[1] !== ".";
  if (tree[0] === "call") return !RESTLESS.has(tree[1] ?? "") && tree.slice(2).every(still);
  return tree.slice(1).every(still);
}
