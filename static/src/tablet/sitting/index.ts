/** A sitting: language, interpreter, who is near; privacy in the room; forms begun, given, stopped, handed over. */
import type { Wired } from "../actions.ts";
import type { Area, Later } from "../later.ts";

export class Sittings implements Area {
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
