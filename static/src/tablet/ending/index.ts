/** The shift: PIN, a colleague on the spot, end of shift, *Close the tablet*. */
import type { Wired } from "../actions.ts";
import type { Area, Later } from "../later.ts";

export class Ending implements Area {
  readonly screens: Area["screens"] = {};
  protected readonly wired: Wired;
  protected readonly later: Later;

  constructor(wired: Wired, later: Later) {
    this.wired = wired;
    this.later = later;
  }

  forget(): void {
    // nothing yet
  }
}
