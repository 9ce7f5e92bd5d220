/** Samples of a talk: who is near, the tablet in somebody's hands, handing over. */

import type { Wired } from "../../../static/src/tablet/actions.ts";
import type { Later } from "../../../static/src/tablet/later.ts";
import { Asking } from "../../../static/src/tablet/sitting/asking.ts";
import { Giving } from "../../../static/src/tablet/sitting/giving.ts";
import { HandingOver } from "../../../static/src/tablet/sitting/handing-over.ts";
import { FILLING } from "./filling.ts";
import type { Sample, Screen } from "./ground.ts";

function asking(wired: Wired, overheard: boolean | null): Screen {
  const area = new Asking(wired);
  area.view = {
    language: overheard ? "other" : "kk",
    other: "Pashto",
    interpreter: overheard ? "relative" : "none",
    near: new Set(overheard ? ["family"] : []),
    overheard,
    wants: overheard === null ? "near" : null,
  };
  return area.screen;
}

const pins = (pinStands: boolean): Later => ({ ending: { pinStands } }) as unknown as Later;

function handing(wired: Wired, sure: boolean): Screen {
  const area = new HandingOver(wired);
  const one = (name: string, ready = true) => ({
    id: name,
    name,
    stations: ["medical"],
    ready,
    added: false,
  });
  const marat = one("Marat Test-Staff");
  area.view = {
    draft: {
      id: "1",
      name: "Gulnar Test-Sample",
      card: "7KQ4-M2XD-9P",
      station: "medical",
    },
    same: [marat, one("Saule Test-Staff", false)],
    others: [one("Yerlan Test-Staff")],
    chosen: sure ? marat : null,
    filling: false,
  };
  return area.screen;
}

const form = (): Partial<NonNullable<Sample["model"]>> => {
  const { model } = FILLING["form-talk"] as Sample;
  return typeof model === "function" ? model() : (model ?? {});
};

export const SITTING: Record<string, Sample> = {
  sitting: { state: "sitting", screen: (wired) => asking(wired, null) },
  "sitting-heard": { state: "sitting", screen: (wired) => asking(wired, true) },
  given: {
    ...(FILLING["form"] as Sample),
    state: "given",
    model: form,
    screen: (wired) => new Giving(wired, pins(true)).screen,
  },
  "given-back": {
    state: "given",
    model: form,
    screen: (wired) => {
      const area = new Giving(wired, pins(false));
      area.finished = true;
      return area.screen;
    },
  },
  handover: { state: "handover", screen: (wired) => handing(wired, false) },
  "handover-sure": {
    state: "handover",
    screen: (wired) => handing(wired, true),
  },
};
