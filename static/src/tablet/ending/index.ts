/** The shift: PIN, a colleague on the spot, end of shift, *Close the tablet*. */
import type { Wired } from "../actions.ts";
import type { Area, Later } from "../later.ts";
import { Colleagues } from "./colleague.ts";
import { Pins } from "./pins.ts";
import { ShiftEnd } from "./shift-end.ts";

export class Ending implements Area {
  readonly screens: Area["screens"];
  readonly #wired: Wired;
  readonly #pins: Pins;
  readonly #colleagues: Colleagues;
  readonly #shiftEnd: ShiftEnd;

  constructor(wired: Wired, later: Later) {
    this.#wired = wired;
    this.#pins = new Pins(wired);
    this.#colleagues = new Colleagues(wired);
    this.#shiftEnd = new ShiftEnd(wired, later);
    this.screens = {
      pin: this.#pins.screen,
      colleague: this.#colleagues.screen,
      shift_end: this.#shiftEnd.screen,
      closed: this.#shiftEnd.closedScreen,
    };
  }

  /** A PIN stands in this shift. */
  get pinStands(): boolean {
    return this.#pins.stands;
  }

  /** From home: choose a PIN for this shift. */
  openPin(): void {
    void this.#pins.choose();
  }

  /** No PIN in this shift: the lock lets the keys go. */
  skipPin(): void {
    this.#wired.app.model.pin = "none";
    this.#wired.app.paint();
  }

  /** True when the shift has a PIN now. */
  pinChoose(): Promise<boolean> {
    return this.#pins.choose();
  }

  /** Whether whoever holds the tablet knows the PIN; false also when there is none. */
  pinAsk(): Promise<boolean> {
    return this.#pins.ask();
  }

  openColleague(): void {
    void this.#colleagues.open();
  }

  openShiftEnd(): void {
    void this.#shiftEnd.open();
  }

  /** The keys are gone. */
  dropPin(): void {
    this.#pins.drop();
  }

  forget(): void {
    this.#pins.close();
    this.#colleagues.forget();
    this.#shiftEnd.forget();
  }
}
