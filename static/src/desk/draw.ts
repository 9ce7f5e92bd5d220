// Which screen a view is.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { dialogs } from "./screens/dialogs.ts";
import { fleetFoot, fleetScreen } from "./screens/fleet.ts";
import { inboxFoot, inboxScreen } from "./screens/inbox.ts";
import { shell } from "./screens/shell.ts";
import { decideBar, submissionScreen } from "./screens/submission.ts";
import { unlockScreen } from "./screens/unlock.ts";
import type { DeskActions, DeskView, DoorActions, DoorView } from "./view.ts";

export function drawDoor(view: DoorView, actions: DoorActions): TemplateResult {
  return unlockScreen(view, actions);
}

export function drawDesk(view: DeskView, actions: DeskActions): TemplateResult {
  return html`${pageOf(view, actions)}${dialogs(view, actions)}`;
}

function pageOf(view: DeskView, actions: DeskActions): TemplateResult {
  if (view.route.page === "fleet") return shell(view, actions, fleetScreen(view), fleetFoot(view));
  if (view.route.page === "submission") {
    const bar = decideBar(view, actions);
    return shell(view, actions, submissionScreen(view), bar === nothing ? html`` : (bar as TemplateResult));
  }
  return shell(view, actions, inboxScreen(view, actions), inboxFoot(view, actions.showKeys));
}
