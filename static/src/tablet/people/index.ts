/** People: find, one person, what is done and what waits; *is it she?*, new card, wrong person, family, twin. */
import type { Wired } from "../actions.ts";
import type { Area, Later } from "../later.ts";

export class People implements Area {
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
