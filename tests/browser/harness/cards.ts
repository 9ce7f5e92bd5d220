/** Samples of scanning: the camera that is live, refused and gone, what was read, what was typed, the window over a form. */
import { render } from "../../../static/node_modules/lit/html.js";
import type { Purpose, ScanActions, ScanView } from "../../../static/src/tablet/cards/model.ts";
import { cardScreen, invitationScreen, scanWindow } from "../../../static/src/tablet/cards/screens.ts";
import { EMPTY, typing } from "../../../static/src/tablet/cards/typing.ts";
import type { Sample } from "./ground.ts";

const RIGHT = "7KQ4-M2XD-R5";
const none = {} as ScanActions;

const view = (purpose: Purpose, change: Partial<ScanView> = {}): ScanView => {
  const still = { said: null, typing: EMPTY, asked: false, busy: false, problem: null };
  return { purpose, title: null, camera: "live", ...still, ...change };
};

const scan = (change: Partial<ScanView> = {}, purpose: Purpose = "open"): Sample => ({
  state: "scan",
  screen: () => (model, act) => cardScreen(model, act, view(purpose, change), none),
});

const invitation = (change: Partial<ScanView> = {}): Sample => ({
  state: "invitation",
  model: { status: null },
  screen: () => (model, act) => invitationScreen(model, act, view("invitation", change), none),
});

/** Puts the window over what is shown, as it stands over a form. */
function over(): void {
  const dialog = document.createElement("dialog");
  dialog.className = "scan-window";
  document.body.append(dialog);
  render(scanWindow(view("member", { typing: typing("7KQ4M2"), asked: true }), none), dialog);
  dialog.showModal();
}

export const CARDS: Record<string, Sample> = {
  scan: scan(),
  "scan-new": scan({ typing: typing("7kq4m2") }, "new_card"),
  "scan-other": scan({ said: { kind: "invitation", address: "" } }),
  "scan-refused": scan({ camera: { code: "camera_refused" } }),
  "scan-sign": scan({ camera: { code: "camera_missing" }, typing: typing("7KQ4-MÜ") }),
  "scan-check": scan({ typing: typing("7KQ4-M2XD-9Q") }),
  "scan-right": scan({ typing: typing(RIGHT) }),
  "scan-window": { state: "home", then: over },
  invitation: invitation(),
  "invitation-elsewhere": invitation({ said: { kind: "elsewhere", address: "https://esik.example" } }),
};
