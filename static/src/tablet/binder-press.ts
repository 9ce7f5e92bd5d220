/**
 * The buttons of a question that give its answer another way: today, now, the device's calendar, a step more or less, a
 * line up or down, where the tablet is; and the sound of a label.
 *
 * Rules: each ends in one answer, given by a tap, or in none; a refused place is said in the page's own words.
 */
import type { Engine } from "../form/index.ts";
import { sliderOf } from "./binder-fields.ts";
import { clockTyped, offsetOf, pointFound } from "./binder-moments.ts";
import type { PageView } from "./binder-page.ts";

/** Milliseconds until a place that is not found is given up. */
const PATIENCE = 30_000;

export type Answer = (question: HTMLElement, value: string) => void;

/** True when the button was one of these. */
export function press(
  button: HTMLElement,
  question: HTMLElement,
  engine: Engine,
  view: PageView,
  answer: Answer,
): boolean {
  const ref = question.dataset["ref"] ?? "";
  switch (button.dataset["kind"]) {
    case "today":
      answer(question, engine.today);
      return true;
    case "now":
      answer(question, nowFor(question.dataset["kind"], engine.now));
      return true;
    case "pick":
      pick(button, engine.value(ref));
      return true;
    case "less":
    case "more": {
      const value = stepped(question, engine.value(ref), button.dataset["kind"] === "more" ? 1 : -1);
      if (value !== null) answer(question, value);
      return true;
    }
    case "up":
    case "down": {
      const line = button.closest<HTMLElement>('[data-kind="placed-one"]');
      const order = line && view.lists.moved(question, line, button.dataset["kind"] === "up" ? -1 : 1);
      if (order !== null && order !== undefined) answer(question, order);
      return true;
    }
    case "as-is":
      answer(question, view.lists.asIs(question));
      return true;
    case "locate":
      locate(button, question, view, answer);
      return true;
    default:
      return false;
  }
}

function nowFor(kind: string | undefined, now: string): string {
  const [date = "", clock = ""] = now.split("T");
  const time = clockTyped(clock.slice(0, 5), offsetOf(now));
  return kind === "time" ? time : `${date}T${time}`;
}

/** The device's own calendar or clock, opened at what stands there. */
function pick(button: HTMLElement, value: string): void {
  const picker = button.nextElementSibling;
  if (!(picker instanceof HTMLInputElement)) return;
  const [date = "", clock = ""] = value.split("T");
  picker.value =
    picker.type === "time" ? value.slice(0, 5) : picker.type === "date" ? date : `${date}T${clock.slice(0, 5)}`;
  picker.showPicker();
}

/** What was picked there, as it is kept. */
export function picked(picker: HTMLInputElement, now: string): string {
  const offset = offsetOf(now);
  if (picker.value === "" || picker.type === "date") return picker.value;
  if (picker.type === "time") return clockTyped(picker.value.slice(0, 5), offset);
  const [date = "", clock = ""] = picker.value.split("T");
  return `${date}T${clockTyped(clock.slice(0, 5), offset)}`;
}

/** A step from where it stands; the first press begins at the least. Null at an end. */
function stepped(question: HTMLElement, value: string, by: 1 | -1): string | null {
  const slider = sliderOf(question);
  if (slider === null) return null;
  const [least, most, step] = [slider.min, slider.max, slider.step].map(Number) as [number, number, number];
  if (value === "" || Number.isNaN(Number(value))) return String(least);
  const places = Math.max(decimals(slider.step), decimals(slider.min));
  const next = Number((Number(value) + by * step).toFixed(places));
  return next < least || next > most ? null : String(next);
}

const decimals = (text: string): number => text.split(".")[1]?.length ?? 0;

function locate(button: HTMLElement, question: HTMLElement, view: PageView, answer: Answer): void {
  const told = question.querySelector<HTMLElement>('[data-kind="accuracy"]');
  const tell = (key: string): void => {
    if (told !== null) told.textContent = view.word(key);
  };
  const failed = (): void => {
    button.removeAttribute("aria-busy");
    tell("not_located");
  };
  if (button.getAttribute("aria-busy") === "true") return;
  if (!("geolocation" in navigator)) {
    failed();
    return;
  }
  button.setAttribute("aria-busy", "true");
  tell("locating");
  const found = ({ coords }: GeolocationPosition): void => {
    button.removeAttribute("aria-busy");
    if (question.isConnected) answer(question, pointFound(coords));
  };
  navigator.geolocation.getCurrentPosition(found, failed, {
    enableHighAccuracy: true,
    timeout: PATIENCE,
    maximumAge: 0,
  });
}

/** Plays the sound beside a label, or stops it. */
export function play(button: HTMLElement): void {
  const sound = button.nextElementSibling;
  if (!(sound instanceof HTMLAudioElement)) return;
  if (sound.paused) {
    sound.currentTime = 0;
    void sound.play().catch(() => undefined); // no sound to be had: the words stand beside it
  } else sound.pause();
}
