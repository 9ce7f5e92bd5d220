/**
 * The PIN of a shift: four to six digits that reopen the screen while the keys are in memory.
 *
 * Rules:
 * - In memory only, like the keys that it stands before: on disk four digits would be guessed in a moment.
 * - Five wrong tries and it is spent: the passphrase is asked again. A right one gives all tries back.
 */

export const SHORTEST = 4;
export const LONGEST = 6;
export const TRIES = 5;

/** Why a PIN is refused, or null. */
export type Weak = "length" | "easy";

export function weakness(pin: string): Weak | null {
  if (!/^\d+$/.test(pin) || pin.length < SHORTEST || pin.length > LONGEST) return "length";
  return isRepeated(pin) || isRun(pin) ? "easy" : null;
}

/** 0000, 1212, 123123. */
function isRepeated(pin: string): boolean {
  return /^(\d{1,3})\1+$/.test(pin);
}

/** 1234, 9876, 7890: each digit one up, or one down, from the one before. */
function isRun(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = digits.slice(1).map((digit, at) => (digit - (digits[at] ?? 0) + 10) % 10);
  return steps.every((step) => step === 1) || steps.every((step) => step === 9);
}

export class Pin {
  #digits: string | null = null;
  #wrong = 0;

  get set(): boolean {
    return this.#digits !== null;
  }

  get left(): number {
    return TRIES - this.#wrong;
  }

  /** Only what `weakness` lets pass. */
  choose(digits: string): void {
    if (weakness(digits) !== null) throw new RangeError("a weak PIN");
    this.#digits = digits;
    this.#wrong = 0;
  }

  drop(): void {
    this.#digits = null;
    this.#wrong = 0;
  }

  attempt(digits: string): "right" | "wrong" | "spent" {
    if (this.#digits === null || this.left <= 0) return "spent";
    if (digits === this.#digits) {
      this.#wrong = 0;
      return "right";
    }
    this.#wrong += 1;
    if (this.left > 0) return "wrong";
    this.#digits = null;
    return "spent";
  }
}
