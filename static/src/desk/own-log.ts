// How this browser's own log goes on. A number must never be used twice (I12), so before writing, what this browser
// remembers is compared with what the centre holds:
//
//   nothing remembered                                   a new log
//   the centre's head is the remembered one              goes on
//   the centre is behind, and all between waits here     goes on
//   anything else: restored, cloned or lost              a new log that says which it continues
import type { OwnLog, Place } from "./memory.ts";

/** What waits here unsent of the remembered log, by number. */
export type Waiting = readonly Place[];

export type Going = { on: true; from: OwnLog } | { on: false; after: OwnLog | null };

/** Pure. `centre` is the log's head there, seq 0 when the centre has nothing of it. */
export function howToGoOn(remembered: OwnLog | null, centre: Place, waiting: Waiting): Going {
  if (!remembered || remembered.seq === 0) return { on: false, after: null };
  if (centre.seq === remembered.seq && centre.hash === remembered.hash) return { on: true, from: remembered };
  if (centre.seq < remembered.seq && covers(remembered, centre, waiting)) return { on: true, from: remembered };
  return { on: false, after: remembered };
}

function covers(remembered: OwnLog, centre: Place, waiting: Waiting): boolean {
  const numbers = new Map(waiting.map((place) => [place.seq, place.hash]));
  for (let seq = centre.seq + 1; seq <= remembered.seq; seq++) if (!numbers.has(seq)) return false;
  return numbers.get(remembered.seq) === remembered.hash;
}
