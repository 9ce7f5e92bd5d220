/** Cards: scanned by the camera or typed; whatever is read goes to whoever asked for a card. */
import type { Wired } from "../actions.ts";
import type { Area, Later } from "../later.ts";

export class Cards implements Area {
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
