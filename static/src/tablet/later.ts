/**
 * Everything that is not needed to show who may unlock and home: loaded behind home, or when it is first asked for.
 *
 * Rules: an area is a controller with its screens and its own picture of the world; `forget` drops whatever names a
 * person, at every lock. Areas reach each other through here, the rest of the tablet through `Wired`.
 */
import type { TemplateResult } from "lit/html.js";
import type { Wired } from "./actions.ts";
import { Cards } from "./cards/index.ts";
import { Ending } from "./ending/index.ts";
import type { Actions, Model } from "./model.ts";
import { People } from "./people/index.ts";
import { Practice } from "./practice/index.ts";
import { Sittings } from "./sitting/index.ts";
import type { LaterState } from "./states.ts";

export type LaterScreen = (model: Model, act: Actions) => TemplateResult;

export interface Area {
  readonly screens: Partial<Record<LaterState, LaterScreen>>;
  /** Nothing of a person stays. */
  forget(): void;
}

export class Later {
  readonly cards: Cards;
  readonly people: People;
  readonly sittings: Sittings;
  readonly ending: Ending;
  readonly practice: Practice;
  readonly screens: Partial<Record<LaterState, LaterScreen>>;
  readonly #areas: readonly Area[];

  constructor(wired: Wired) {
    this.cards = new Cards(wired);
    this.people = new People(wired, this);
    this.sittings = new Sittings(wired, this);
    this.ending = new Ending(wired, this);
    this.practice = new Practice(wired, this);
    this.#areas = [this.cards, this.people, this.sittings, this.ending, this.practice];
    this.screens = Object.assign({}, ...this.#areas.map((area) => area.screens)) as typeof this.screens;
  }

  forget(): void {
    for (const area of this.#areas) area.forget();
  }
}
