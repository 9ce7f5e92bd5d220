/** Samples of home. */
import { noHome } from "../../../static/src/tablet/today.ts";
import { at, type Sample } from "./ground.ts";

const home = { ...noHome(), canBegin: true };

export const HOME: Record<string, Sample> = {
  home: { state: "home", model: { home, notice: { kind: "sealed", at: at("14:08") }, update: true, pin: "offer" } },
  "home-empty": { state: "home", model: { home } },
};
