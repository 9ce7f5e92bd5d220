/**
 * Reading and writing the fields of one question: what was typed into them, and what the engine says stands there.
 *
 * Rules: by the kind of the question (`data-kind`) and its fields alone; a date is three boxes, a long list the browser's
 * own; nothing is kept here.
 */

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

export function fields(question: HTMLElement): Field[] {
  return [...question.querySelectorAll<Field>(".answer input, .answer textarea, .answer select")];
}

/** What the fields hold now, in the shape that `Engine.set` takes. */
export function typed(question: HTMLElement): string | string[] {
  const all = fields(question);
  switch (question.dataset["kind"]) {
    case "date":
      return dateOf(all.map((field) => field.value.trim()));
    case "select_one":
    case "acknowledge":
      return all[0] instanceof HTMLSelectElement ? all[0].value : (chosen(all)[0] ?? "");
    case "select_multiple":
      return chosen(all);
    default:
      return all[0]?.value ?? "";
  }
}

/** Writes a value into the fields; the one that the person is typing in is left alone. */
export function write(question: HTMLElement, value: string): void {
  const all = fields(question);
  const kind = question.dataset["kind"];
  if (kind === "date") {
    const [year = "", month = "", day = ""] = value.split("-");
    for (const [place, part] of [day, month, year].entries()) put(all[place], part);
  } else if (all[0] instanceof HTMLSelectElement) put(all[0], value);
  else if (kind === "select_one" || kind === "select_multiple" || kind === "acknowledge") {
    const names = kind === "select_multiple" ? value.split(" ") : [value];
    for (const field of all) if (field instanceof HTMLInputElement) field.checked = names.includes(field.value);
  } else put(all[0], value);
}

/** Where an answer is given by one tap; nothing is being typed then. */
export function isTapped(field: EventTarget | null): boolean {
  if (field instanceof HTMLSelectElement) return true;
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

function put(field: Field | undefined, value: string): void {
  if (field !== undefined && field.value !== value) field.value = value;
}

function chosen(all: Field[]): string[] {
  return all.filter((field) => field instanceof HTMLInputElement && field.checked).map((field) => field.value);
}

/** Half a date is kept as it stands ("2021--05") and told as no date; a year is never filled up with zeros. */
function dateOf([day = "", month = "", year = ""]: string[]): string {
  if (day === "" && month === "" && year === "") return "";
  return `${year}-${month.padStart(month === "" ? 0 : 2, "0")}-${day.padStart(day === "" ? 0 : 2, "0")}`;
}

/**
 * An instance of a repeat from its template: every id, name and ref that begins with the repeat's gets its index.
 * `of` is the repeat (`members`), `as` the instance (`members[2]`); templates inside are given theirs too.
 */
export function instance(template: HTMLTemplateElement, of: string, as: string): DocumentFragment {
  const made = document.importNode(template.content, true);
  rename(made, of, as);
  return made;
}

const NAMED = ["id", "for", "name", "aria-describedby", "data-ref", "data-text", "data-list", "data-flag-slot"];

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
