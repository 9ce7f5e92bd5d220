/**
 * Every tablet screen with invented people, for looking at: `?screen=home&language=kk`, `&dir=rtl` for the layout of Arabic
 * with the words of that language, `&text=200` for large text. Nothing here is tested; the screens are the real ones, the
 * models are made up. Each area has its samples in a file beside.
 */
import { render } from "../../../static/node_modules/lit/html.js";
import type { Wired } from "../../../static/src/tablet/actions.ts";
import { firstModel } from "../../../static/src/tablet/app.ts";
import type { Later } from "../../../static/src/tablet/later.ts";
import type { Actions, Model } from "../../../static/src/tablet/model.ts";
import { SCREENS } from "../../../static/src/tablet/screens/index.ts";
import { DAY_WORDS, WORDS } from "../../../static/src/tablet/words/index.ts";
import { declareDocument } from "../../../static/src/ui/dom.ts";
import type { Language } from "../../../static/src/ui/languages.ts";
import { addMessages, speak, t, useMessages } from "../../../static/src/ui/messages.ts";
import { CARDS } from "./cards.ts";
import { FILLING } from "./filling.ts";
import { NOW, type Sample, type Screen, status } from "./ground.ts";
import { HOME } from "./home.ts";
import { PERSONS } from "./people.ts";
import { PRACTICE } from "./practice.ts";
import { SHIFT } from "./shift.ts";
import { SITTING } from "./sitting.ts";

const SAMPLES: Record<string, Sample> = {
  ...SHIFT,
  ...HOME,
  ...CARDS,
  ...FILLING,
  ...PERSONS,
  ...PRACTICE,
  ...SITTING,
};
const RELEASE = "5d1f0c3a9be47726";

async function show(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  const language = (asked.get("language") ?? "en") as Language;
  useMessages(WORDS);
  await speak(language);
  await addMessages(DAY_WORDS);
  const sample = SAMPLES[asked.get("screen") ?? "home"];
  const root = document.getElementById("app");
  if (!root || !sample) return;
  const { state } = sample;
  const part = typeof sample.model === "function" ? sample.model() : sample.model;
  const model: Model = {
    ...firstModel(RELEASE),
    status,
    who: "Dana Test-Staff",
    ...part,
    state,
    now: NOW,
  };
  const wired = { app: { model, paint: () => paint() } } as unknown as Wired;
  let screen: Screen | null = null;
  const paint = (): void => void (screen && render(screen(model, {} as Actions), root));
  const made = sample.screen?.(wired, {} as Later);
  // A sheet lies above the screen of its state.
  screen = state in SCREENS ? SCREENS[state as keyof typeof SCREENS] : (made ?? null);
  if (screen && sample.around) screen = sample.around(screen);
  declareDocument(t(`title.${state}`));
  if (asked.has("dir")) document.documentElement.dir = asked.get("dir") ?? "ltr";
  if (asked.has("text")) document.documentElement.attributeStyleMap.set("font-size", `${asked.get("text")}%`);
  paint();
  await sample.then?.(language);
  // Pictures show what is there once everything that was begun has ended.
  await new Promise((resolve) => setTimeout(resolve, 0));
  scrollTo(0, 0);
  document.documentElement.dataset["screens"] = Object.keys(SAMPLES).join(" ");
}

void show();
