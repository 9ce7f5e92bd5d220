/**
 * The tablet's own back key: it leaves a form as the arrow does, and never the app with something half shown.
 *
 * Rules: addresses and history hold no name and no id; one entry guards whatever lies deeper than home.
 */
import type { App } from "./app.ts";
import type { Actions } from "./model.ts";
import type { State } from "./states.ts";

export function watchBack(app: App, actions: Actions): void {
  const wayBack: Partial<Record<State, () => void>> = {
    form: () => actions.leave(),
    seal: () => actions.backToForm(),
    outbox: () => actions.leave(),
    find: () => actions.later((areas) => areas.people.leave()),
    person: () => actions.later((areas) => areas.people.leave()),
    sitting: () => actions.later((areas) => areas.sittings.back()),
    handover: () => actions.later((areas) => areas.sittings.back()),
    // Whoever holds the tablet now finds no way back; the guard below stands again.
    given: () => undefined,
    colleague: () => actions.leave(),
    shift_end: () => actions.leave(),
    ready: () => actions.work(),
    scan: () => actions.later((areas) => areas.cards.leave()),
    invitation: () => actions.later((areas) => areas.cards.leave()),
  };
  let guarded = false;
  const guard = (): void => {
    if (guarded || !wayBack[app.model.state]) return;
    history.pushState(null, "");
    guarded = true;
  };
  addEventListener("popstate", () => {
    guarded = false;
    wayBack[app.model.state]?.();
    guard();
  });
  app.onScreen(guard);
}
