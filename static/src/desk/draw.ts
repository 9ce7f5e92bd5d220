// Which screen a view is.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { dialogs } from "./screens/dialogs.ts";
import { fleetFoot, fleetScreen } from "./screens/fleet.ts";
import { formsFoot, formsScreen } from "./screens/forms.ts";
import { inboxFoot, inboxScreen } from "./screens/inbox.ts";
import { inviteScreen } from "./screens/invite.ts";
import { reconcileFoot, reconcileScreen } from "./screens/reconcile.ts";
import { shell } from "./screens/shell.ts";
import { staffFoot, staffScreen } from "./screens/staff.ts";
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
  const { page } = view.route;
  if (page === "fleet") return shell(view, actions, fleetScreen(view, actions), fleetFoot(view, actions.showKeys));
  if (page === "forms") return shell(view, actions, formsScreen(view, actions), formsFoot(view, actions.showKeys));
  if (page === "invite") return shell(view, actions, inviteScreen(view, actions), html``);
  if (page === "reconcile") return shell(view, actions, reconcileScreen(view, actions), reconcileFoot(view));
  if (page === "staff") return shell(view, actions, staffScreen(view, actions), staffFoot(view, actions.showKeys));
  if (page === "submission") {
    const bar = decideBar(view, actions);
    return shell(view, actions, submissionScreen(view, actions), bar === nothing ? html`` : (bar as TemplateResult));
  }
  return shell(view, actions, inboxScreen(view, actions), inboxFoot(view, actions.showKeys));
}
