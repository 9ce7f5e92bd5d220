/**
 * The tablet, wired once, visibly: vault, screens, worker, and what the browser tells. Logic lives in the modules beside.
 */
import { nowMs } from "../sync/clock.ts";
import { Problem } from "../sync/problems.ts";
import { addMessages, useMessages } from "../ui/messages.ts";
import { openVault } from "../vault/index.ts";
import { actionsOf, type Wired } from "./actions.ts";
import { App } from "./app.ts";
import { watchBack } from "./back.ts";
import { watchBattery } from "./battery.ts";
import { Enrolling } from "./enrolling.ts";
import { Filling } from "./filling.ts";
import { dropOldPages, keepForms } from "./form-cache.ts";
import { Installer } from "./install.ts";
import type { Later } from "./later.ts";
import { preferredLanguage } from "./preference.ts";
import { Sending } from "./sending.ts";
import { Shift } from "./shift.ts";
import { Today } from "./today.ts";
import { Updates } from "./updates.ts";
import { DAY_WORDS, WORDS } from "./words/index.ts";

/** Once an hour is often enough to look for a newer release; nothing waits for it. */
const LOOK_FOR_RELEASE = 60 * 60 * 1000;

const root = document.getElementById("app") ?? document.body;
const release = document.querySelector<HTMLMetaElement>("meta[name=esik-release]")?.content ?? "";

/** An invitation is a secret: it leaves the address bar, and the history, before anything else happens. */
function takeInvitation(): string {
  const fragment = location.hash.slice(1);
  if (fragment) history.replaceState(null, "", location.pathname);
  return fragment;
}

async function start(): Promise<void> {
  let invitation = takeInvitation();
  useMessages(WORDS);
  const app = new App(root, release);
  const installer = new Installer();
  const filling = new Filling(app, () => wired.later());
  const today = new Today(app);
  const shift = new Shift(app, today, filling);
  const enrolling = new Enrolling(app, installer);
  const updates = new Updates(
    // A cache that is full or cannot be read has not everything: the old release goes on.
    async (next) =>
      app.open
        ? keepForms(app.vault, next).then(
            (kept) => kept.missing,
            () => 1,
          )
        : 1,
    (ready) => {
      app.model.update = ready;
      app.paint();
    },
  );
  const sending = new Sending(app, async () => {
    // Who was met on other tablets stands on home as soon as it is known here.
    if (app.model.state === "home" && app.model.busy === null) app.model.home = await today.read();
    app.paint();
    await updates.look();
  });

  const registered = updates.start().catch(() => undefined);

  const open = async (takeOver: boolean): Promise<void> => {
    app.go(takeOver ? "use_here" : "again");
    try {
      // Over plain HTTP a browser gives no keys, no caches and no locks; nothing below could work.
      if (!isSecureContext) throw Problem.of("insecure_page");
      const vault = await openVault({ takeOver, release });
      app.setVault(vault);
      vault.on("changed", () => void sending.refresh().catch((thrown: unknown) => app.tell(thrown)));
      vault.on("taken", () => lost("taken"));
      vault.on("gone", () => {
        lost("gone");
        // Says what is left, once the lock on the vault is given back.
        void vault.close().finally(() => open(false));
      });
      await app.refresh();
      await enter();
    } catch (thrown) {
      app.go(Problem.is(thrown, "open_elsewhere") ? "open_elsewhere" : "failed");
      if (app.model.state === "broken") app.tell(thrown);
    }
  };

  const lost = (how: "taken" | "gone"): void => {
    sending.stop();
    filling.drop();
    shift.forget();
    app.setVault(null);
    app.go(how);
  };

  const enter = async (): Promise<void> => {
    const enrolled = app.model.status?.state === "enrolled";
    const fragment = invitation;
    invitation = "";
    if (fragment) {
      app.go("invited");
      await enrolling.enrol(fragment);
    } else app.go(enrolled ? "enrolled" : "new");
    if (app.model.status?.state === "enrolled") {
      sending.start();
      const waiting = await registered.then(() => updates.waiting());
      await dropOldPages(waiting === null ? [release] : [release, waiting], await app.vault.forms());
      await updates.look();
      if (app.model.state !== "ready") void enrolling.quietly();
    }
  };

  let loading: Promise<Later> | null = null;
  const invite = async (fragment: string): Promise<void> => {
    invitation = fragment;
    await enter();
  };
  const wired: Wired = {
    app,
    enrolling,
    shift,
    filling,
    sending,
    updates,
    today,
    open,
    invite,
    later: () => (loading ??= load()),
  };
  const load = async (): Promise<Later> => {
    try {
      const [{ Later }] = await Promise.all([import("./later.ts"), addMessages(DAY_WORDS)]);
      app.later = new Later(wired);
      return app.later;
    } catch (cause) {
      loading = null;
      throw Problem.of("no_network", {}, { cause });
    }
  };
  const actions = actionsOf(wired);
  app.act(actions);
  await app.speak(await preferredLanguage());
  watchBack(app, actions);
  shift.watchRest();
  void watchBattery((battery) => {
    app.model.battery = battery;
    app.paint();
  });
  addEventListener("online", () => sending.now());
  document.addEventListener("click", (press) => {
    const button = press.target instanceof Element ? press.target.closest<HTMLElement>('[data-kind^="scan"]') : null;
    if (button) actions.later((areas) => areas.cards.intoField(button));
  });
  addEventListener("pagehide", () => filling.flush());
  document.addEventListener("visibilitychange", () => filling.flush());
  addEventListener("beforeunload", (leaving) => {
    filling.flush();
    if (filling.unsaved) leaving.preventDefault();
  });
  addEventListener("hashchange", () => {
    invitation = takeInvitation();
    if (invitation && app.open) void enter();
  });
  setInterval(() => app.paint(), 60_000);
  setInterval(() => void updates.ask(), LOOK_FOR_RELEASE);
  await open(false);
  document.documentElement.dataset["started"] = String(nowMs());
}

void start();
