/** Which screen shows which state. */
import type { TemplateResult } from "lit/html.js";
import type { Actions, Model } from "../model.ts";
import type { LaterState, State } from "../states.ts";
import { enrolScreen } from "./enrol.ts";
import { homeScreen } from "./home.ts";
import { outboxScreen } from "./outbox.ts";
import { readyScreen } from "./ready.ts";
import { brokenScreen, elsewhereScreen, openingScreen, startScreen } from "./start.ts";
import { unlockScreen } from "./unlock.ts";

export type Screen = (model: Model, act: Actions) => TemplateResult;

export const SCREENS: Record<Exclude<State, LaterState>, Screen> = {
  opening: openingScreen,
  elsewhere: elsewhereScreen,
  broken: brokenScreen,
  start: startScreen,
  enrol: enrolScreen,
  ready: readyScreen,
  unlock: unlockScreen,
  home: homeScreen,
  outbox: outboxScreen,
};
