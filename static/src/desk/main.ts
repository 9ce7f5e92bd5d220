// Start of the desk: wires everything once, draws on change, listens to keys. Nothing of a person stands in the title.
import { html, render } from "lit/html.js";
import { httpTransport } from "../sync/transport.ts";
import {
  declareDocument,
  focusHeading,
  isLanguage,
  type Language,
  pickLanguage,
  speak,
  t,
  useMessages,
} from "../ui/index.ts";
import { derive } from "../vault/argon.ts";
import { deskActions, doorActions } from "./actions.ts";
import { App } from "./app.ts";
import { httpCentre } from "./centre.ts";
import { drawDesk, drawDoor } from "./draw.ts";
import { listenToKeys } from "./keys.ts";
import { browserMemory } from "./memory.ts";

const REST_CHECK_MS = 20_000;

useMessages({ en: () => import("./words/en.ts"), kk: () => import("./words/kk.ts") });
const memory = browserMemory();
const host = document.getElementById("app") ?? document.body;
const release = document.querySelector<HTMLMetaElement>('meta[name="esik-release"]')?.content ?? "";
const wanted = memory.language;
const language: Language = isLanguage(wanted) ? wanted : pickLanguage(navigator.languages);
const doorway = { centre: httpCentre(), transport: httpTransport(), derive, memory, address: location.origin };

let asked = false;
/** Draws before the next frame; many changes make one picture. */
function changed(): void {
  // A page that nobody sees gets no frame: a desk that locks in the background must not keep its answers on it.
  if (document.hidden) {
    setTimeout(draw);
    return;
  }
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    draw();
  });
}

const app = new App(doorway, release, language, location.hash, changed);
const speakTo = async (to: Language): Promise<void> => {
  await speak(to);
  app.language = to;
  memory.setLanguage(to);
  changed();
};
const door = doorActions(app, speakTo);
const desk = deskActions(app, speakTo);

let place = "";
function draw(): void {
  const { work, chores } = app;
  declareDocument(t("desk.title"));
  if (work && chores) render(drawDesk(app.deskView(work, chores), desk), host);
  else render(drawDoor(app.doorView(), door), host);
  const dialog = host.querySelector("dialog");
  if (dialog && !dialog.open) dialog.showModal();
  // A new page begins at its heading; another picture of the same page leaves the focus alone.
  const here = work ? location.hash : "door";
  if (here === place) return;
  place = here;
  if (work) focusHeading(host);
  else host.querySelector<HTMLElement>("#door-name")?.focus();
}

async function start(): Promise<void> {
  render(html``, host);
  await speak(language);
  addEventListener("hashchange", () => app.go(location.hash));
  for (const sign of ["keydown", "pointerdown", "wheel"]) addEventListener(sign, () => app.touch(), { passive: true });
  setInterval(() => app.checkRest(), REST_CHECK_MS);
  document.addEventListener("visibilitychange", () => app.checkRest());
  addEventListener("beforeunload", (leaving) => {
    if (app.outbox.waiting.length > 0) leaving.preventDefault();
  });
  listenToKeys(app, desk);
  document.documentElement.dataset["started"] = "desk";
  changed();
}

start();
