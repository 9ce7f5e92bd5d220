/**
 * Dates, times and places as they are typed into several boxes, and as they are kept.
 *
 * Rules: what can be read is kept canonically (`2026-03-01`, `09:30:00.000+05:00`, `43.2 76.9 0 0`); what cannot is kept
 * as it was typed and told, nothing is filled up or thrown away. The offset is that of the talk. No DOM.
 */
import { plainDigits, plainNumber } from "./figures.ts";

/** The offset of a time like `2026-03-01T14:06:00.000+05:00`. */
export function offsetOf(now: string): string {
  return /(Z|[+-]\d\d:\d\d)$/.exec(now)?.[1] ?? "Z";
}

const two = (text: string): string => text.padStart(2, "0");

/** `9.30`, `9:30`, `0930`, `٩٫٣٠`, `9` as `09:30:00.000+05:00`; anything else as it was typed. */
export function clockTyped(typed: string, offset: string): string {
  const text = plainDigits(typed).trim();
  const found = /^(\d{1,2})\s*[:.,٫،\-\s]\s*(\d{2})$/.exec(text) ?? /^(\d{1,2}?)(\d{2})?$/.exec(text);
  const [, hour = "", minute = "00"] = found ?? [];
  if (found === null || Number(hour) > 23 || Number(minute) > 59) return text;
  return `${two(hour)}:${minute}:00.000${offset}`;
}

/** What stands in the box of a time: hours and minutes, or what was typed. */
export function clockShown(value: string): string {
  const [, hour, minute] = /^(\d\d):(\d\d)(?::|$)/.exec(value) ?? [];
  return hour === undefined ? value : `${hour}:${minute}`;
}

/** Half a date is kept as it stands (`2021--05`) and told as no date; a year is never filled up with zeros. */
export function dateTyped(typed: { day: string; month: string; year: string }): string {
  const [day, month, year] = [typed.day, typed.month, typed.year].map((part) => plainDigits(part.trim()));
  if (!day && !month && !year) return "";
  return `${year}-${month && two(month)}-${day && two(day)}`;
}

export function dateShown(value: string): { day: string; month: string; year: string } {
  const [year = "", month = "", day = ""] = value.split("-");
  return { day, month, year };
}

/** A day without its time, or a time without its day, is kept and told. */
export function momentTyped(date: string, clock: string): string {
  return date === "" && clock === "" ? "" : `${date}T${clock}`;
}

export function momentShown(value: string): { date: string; clock: string } {
  const at = value.indexOf("T");
  return at < 0 ? { date: value, clock: "" } : { date: value.slice(0, at), clock: value.slice(at + 1) };
}

/** Latitude and longitude; `?` keeps the place of a latitude that is still to come. */
export function pointTyped(latitude: string, longitude: string): string {
  const [lat, lon] = [plainNumber(latitude), plainNumber(longitude)];
  if (lat === "" && lon === "") return "";
  if (lat === "" || lon === "") return lat === "" ? `? ${lon}` : lat;
  return `${lat} ${lon} 0 0`;
}

/** `accuracy` in metres; 0 when it is not known. */
export function pointShown(value: string): { latitude: string; longitude: string; accuracy: number } {
  const [lat = "", lon = "", , accuracy = "0"] = value.split(" ");
  return { latitude: lat === "?" ? "" : lat, longitude: lon, accuracy: Number(accuracy) || 0 };
}

/** As the tablet found it: degrees to a centimetre, metres to a tenth. */
export function pointFound({ latitude, longitude, altitude, accuracy }: GeolocationCoordinates): string {
  const round = (value: number, by: number): number => Math.round(value * by) / by;
  return [round(latitude, 1e7), round(longitude, 1e7), round(altitude ?? 0, 10), round(accuracy, 10)].join(" ");
}
