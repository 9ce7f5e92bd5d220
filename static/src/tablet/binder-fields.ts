/**
 * Reading and writing the fields of one question: what was typed into them, and what the engine says stands there.
 *
 * Rules: by the kind of the question (`data-kind`) and its fields alone; what is not the answer itself (a search, the
 * device's own calendar, an attachment's control) is none of its fields; nothing is kept here.
 */
import {
  clockShown,
  clockTyped,
  dateShown,
  dateTyped,
  momentShown,
  momentTyped,
  pointShown,
  pointTyped,
} from "./binder-moments.ts";
import type { Figures } from "./figures.ts";

export type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

const FIELDS = ".answer :is(input, textarea, select):not(.picker, [data-kind=search])";

export function fields(question: HTMLElement): Field[] {
  const all = [...question.querySelectorAll<Field>(FIELDS)];
  return all.filter((field) => field.closest("[data-capture]") === null);
}

function part(question: HTMLElement, kind: string): HTMLInputElement | null {
  return question.querySelector<HTMLInputElement>(`.answer input[data-kind=${kind}]`);
}

const partText = (question: HTMLElement, kind: string): string => part(question, kind)?.value ?? "";

/** Only the boxes that the question has: a year asked alone is its first of January. */
function datePart(question: HTMLElement): string {
  const [day, month, year] = ["day", "month", "year"].map((kind) => part(question, kind));
  const typed = { day: day?.value ?? "", month: month?.value ?? "", year: year?.value ?? "" };
  if (!(typed.day + typed.month + typed.year).trim()) return "";
  return dateTyped({ ...typed, day: day ? typed.day : "1", month: month ? typed.month : "1" });
}

/** What the fields hold now, in the shape that `Engine.set` takes. `from`: the field that the hand was in. */
export function typed(question: HTMLElement, offset: string, from: EventTarget | null = null): string | string[] {
  switch (question.dataset["kind"]) {
    case "date":
      return datePart(question);
    case "time":
      return clockOf(question, offset);
    case "datetime":
      return momentTyped(datePart(question), clockOf(question, offset));
    case "geopoint":
      return pointTyped(partText(question, "latitude"), partText(question, "longitude"));
    case "image":
    case "audio":
    case "file":
      return slotOf(question)?.dataset["value"] ?? "";
    case "select_multiple":
      return chosen(fields(question));
    case "select_one":
    case "acknowledge": {
      const all = fields(question);
      return all[0] instanceof HTMLSelectElement ? all[0].value : (chosen(all)[0] ?? "");
    }
    case "range":
      return from instanceof HTMLInputElement && from.type === "range"
        ? from.value
        : (numberBox(question)?.value ?? "");
    default:
      return fields(question)[0]?.value ?? "";
  }
}

function clockOf(question: HTMLElement, offset: string): string {
  const text = partText(question, "clock");
  return text.trim() === "" ? "" : clockTyped(text, offset);
}

/** Writes a value into the fields. */
export function write(question: HTMLElement, value: string, figures: Figures): void {
  switch (question.dataset["kind"]) {
    case "date":
      writeDate(question, value, figures);
      break;
    case "time":
      put(part(question, "clock"), figures.digits(clockShown(value)));
      break;
    case "datetime": {
      const { date, clock } = momentShown(value);
      writeDate(question, date, figures);
      put(part(question, "clock"), figures.digits(clockShown(clock)));
      break;
    }
    case "geopoint": {
      const { latitude, longitude } = pointShown(value);
      put(part(question, "latitude"), figures.number(latitude));
      put(part(question, "longitude"), figures.number(longitude));
      break;
    }
    case "image":
    case "audio":
    case "file": {
      const slot = slotOf(question);
      if (slot !== null) slot.dataset["value"] = value;
      break;
    }
    case "range":
      writeRange(question, value, figures);
      break;
    case "integer":
    case "decimal":
      put(fields(question)[0], figures.number(value));
      break;
    default:
      writeChosen(question, value);
  }
}

function writeDate(question: HTMLElement, value: string, figures: Figures): void {
  for (const [kind, text] of Object.entries(dateShown(value))) put(part(question, kind), figures.digits(text));
}

function writeRange(question: HTMLElement, value: string, figures: Figures): void {
  put(numberBox(question), figures.number(value));
  slide(question, value);
}

/** The slider follows what is typed beside it. It has no blank: unanswered it stands at its least, and looks so. */
export function slide(question: HTMLElement, value: string): void {
  const slider = sliderOf(question);
  if (slider === null) return;
  slider.value = value === "" ? slider.min : value;
  slider.closest(".range")?.classList.toggle("blank", value === "");
  slider.setAttribute("aria-valuetext", value === "" ? "–" : value);
}

function writeChosen(question: HTMLElement, value: string): void {
  const all = fields(question);
  const kind = question.dataset["kind"];
  if (all[0] instanceof HTMLSelectElement) put(all[0], value);
  else if (kind === "select_one" || kind === "select_multiple" || kind === "acknowledge") {
    const names = kind === "select_multiple" ? value.split(" ") : [value];
    for (const field of all) if (field instanceof HTMLInputElement) field.checked = names.includes(field.value);
  } else if (kind !== "rank") put(all[0], value);
}

export function slotOf(question: HTMLElement): HTMLElement | null {
  return question.querySelector<HTMLElement>("[data-capture]");
}

export function sliderOf(question: HTMLElement): HTMLInputElement | null {
  return question.querySelector<HTMLInputElement>(".answer .slider");
}

function numberBox(question: HTMLElement): HTMLInputElement | null {
  return question.querySelector<HTMLInputElement>(".answer .box input");
}

/** Where an answer is given by one tap; nothing is being typed then. */
export function isTapped(field: EventTarget | null): boolean {
  if (field instanceof HTMLSelectElement) return true;
  return field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox");
}

function put(field: Field | null | undefined, value: string): void {
  if (field && field.value !== value) field.value = value;
}

function chosen(all: Field[]): string[] {
  return all.filter((field) => field instanceof HTMLInputElement && field.checked).map((field) => field.value);
}
