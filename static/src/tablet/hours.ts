/**
 * How long a tablet was at rest and how long its shift lasted, by a clock that somebody may set back.
 *
 * Rules: pure. A clock that goes back counts as one look: setting it back keeps no key in memory for longer.
 */

export const REST = 30 * 60 * 1000;
export const LOOK_EVERY = 15_000;
/** When the programme's `shift_hours` says nothing. */
export const SHIFT_HOURS = 12;
const HOUR = 60 * 60 * 1000;

/** Why the keys go by themselves. */
export type Over = "rest" | "shift";

export class Hours {
  #last: number;
  #rest = 0;
  #worked = 0;

  constructor(now: number) {
    this.#last = now;
  }

  /** A shift begins. */
  begin(now: number): void {
    this.#last = now;
    this.#rest = 0;
    this.#worked = 0;
  }

  look(now: number, shiftHours: number): Over | null {
    const passed = now >= this.#last ? now - this.#last : LOOK_EVERY;
    this.#last = now;
    this.#rest += passed;
    this.#worked += passed;
    if (this.#rest >= REST) return "rest";
    return this.#worked >= shiftHours * HOUR ? "shift" : null;
  }

  /** Somebody touched the screen: what is over stays over, else rest begins anew. */
  touched(now: number, shiftHours: number): Over | null {
    const over = this.look(now, shiftHours);
    if (over === null) this.#rest = 0;
    return over;
  }
}

/** The programme's word, when it is one that makes sense. */
export function hoursOf(setting: unknown): number {
  return typeof setting === "number" && setting > 0 && setting <= 24 ? setting : SHIFT_HOURS;
}
