/**
 * Places on the earth: `lat lon alt acc`, how far they are apart and what lies between them. The same as forms/geo.py.
 *
 * Rules: a sphere of ODK's radius, results to the centimetre; angles come from numeric.ts, so that both languages agree.
 */
import { acos, cos, sin } from "./numeric.ts";
import { plainNumber, tokens, trim } from "./values.ts";

const RADIUS = 6_378_100;
const DEGREE = 0.017453292519943295;
export type Point = readonly [number, number];

/** Latitude and longitude in degrees, of two to four numbers; null when it is no place. */
export function readPoint(text: string): Point | null {
  const found = tokens(text).map(plainNumber);
  const [north = 0, east = 0] = found;
  if (found.length < 2 || found.length > 4 || found.some(Number.isNaN)) return null;
  return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? [north, east] : null;
}

/** Of several places, or of one text with ; between them; null when one is no place. */
function points(texts: readonly string[]): Point[] | null {
  const [first = ""] = texts;
  let pieces = texts;
  if (texts.length === 1) {
    const split = first.split(";").map(trim);
    while (split.length > 0 && split.at(-1) === "") split.pop();
    pieces = split;
  }
  const found = pieces.map(readPoint);
  return found.some((point) => point === null) ? null : found.filter((point) => point !== null);
}

/** Metres along the places; NaN when one is none, or there are fewer than two. */
export function distance(texts: readonly string[]): number {
  const found = points(texts);
  if (found === null || found.length < 2) return Number.NaN;
  let total = 0;
  found.slice(1).forEach(([other, further], before) => {
    const [north, east] = found[before] ?? [0, 0];
    const [one, two] = [north * DEGREE, other * DEGREE];
    const cosine = sin(one) * sin(two) + cos(one) * cos(two) * cos((east - further) * DEGREE);
    total += acos(Math.max(-1, Math.min(1, cosine))) * RADIUS;
  });
  return rounded(total);
}

/** Square metres between the places; NaN when one is none; 0 for fewer than three. */
export function area(texts: readonly string[]): number {
  const found = points(texts);
  if (found === null) return Number.NaN;
  if (found.length < 3) return 0;
  let total = 0;
  found.forEach(([north, east], place) => {
    const [other, further] = found[(place + 1) % found.length] ?? [0, 0];
    total += (further - east) * DEGREE * (2 + sin(other * DEGREE) + sin(north * DEGREE));
  });
  return rounded(Math.abs((total * RADIUS * RADIUS) / 2));
}

function rounded(metres: number): number {
  return Math.floor(metres * 100 + 0.5) / 100;
}
