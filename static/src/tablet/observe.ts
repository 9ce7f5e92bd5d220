/** Gathers the facts behind *Ready for offline*: each asked of the browser, the cache or the centre just now. */
import { nowMs } from "../sync/clock.ts";
import { LANGUAGES, languageName } from "../ui/languages.ts";
import type { Vault } from "../vault/index.ts";
import { batteryNow } from "./battery.ts";
import { lookAtCamera } from "./camera.ts";
import type { Facts } from "./checks.ts";
import { keepForms } from "./form-cache.ts";
import type { Installer } from "./install.ts";
import { WORDS } from "./words/index.ts";

/** How long a check waits for a worker that is being installed. */
const INSTALLING = 20_000;

/** `updateWaits` = a newer release is here, whole. */
export async function observe(
  vault: Vault,
  release: string,
  installer: Installer,
  updateWaits: boolean,
): Promise<Facts> {
  const [status, storage, forms, shellWhole, wordsWhole, clockAhead, battery, camera] = await Promise.all([
    vault.status(),
    vault.storage(),
    keepForms(vault, release),
    shellIsWhole(release),
    wordsAreWhole(),
    aheadOfCentre(),
    batteryNow(),
    lookAtCamera(),
  ]);
  return {
    now: nowMs(),
    shellWhole,
    standalone: matchMedia("(display-mode: standalone), (display-mode: fullscreen)").matches,
    canInstall: installer.offered,
    persistent: storage.persistent,
    free: storage.free,
    forms: forms.forms,
    formLanguages: forms.languages.map((code) => languageName(code).name),
    missingPages: forms.missing,
    screenLanguages: LANGUAGES.map((one) => one.name),
    wordsWhole,
    camera,
    clockAhead,
    lastContact: status.lastContact,
    keysConfirmed: status.keysConfirmed,
    confirmed: status.confirmed,
    digits: status.device?.digits ?? "",
    battery,
    release,
    updateWaits,
    staff: status.staff,
  };
}

/** The worker of this release is active, and the start page, styles and scripts that this page runs on are cached. */
async function shellIsWhole(release: string): Promise<boolean> {
  const registration = await navigator.serviceWorker?.getRegistration("/tablet/");
  // Just after enrolment it may still be fetching: waited for, within reason.
  if (registration && !registration.active) await Promise.race([navigator.serviceWorker.ready, later(INSTALLING)]);
  if (!registration?.active || !(await caches.has(`shell-${release}`))) return false;
  const shell = await caches.open(`shell-${release}`);
  const loaded = [...document.querySelectorAll<HTMLScriptElement>("script[src]")].map((one) => one.src);
  const styles = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")].map((one) => one.href);
  const found = await Promise.all(["/tablet/", ...loaded, ...styles].map((url) => shell.match(url)));
  return found.every((response) => response !== undefined);
}

const later = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function wordsAreWhole(): Promise<boolean> {
  try {
    const all = await Promise.all(LANGUAGES.map((one) => WORDS[one.code]()));
    return all.every((words) => Object.keys(words.default).length > 0);
  } catch {
    return false;
  }
}

/** This clock minus the centre's in ms, at the middle of the round trip; null when there was no answer. */
async function aheadOfCentre(): Promise<number | null> {
  try {
    const sent = nowMs();
    const response = await fetch("/health", { cache: "no-store", signal: AbortSignal.timeout(5000) });
    await response.arrayBuffer();
    const date = Date.parse(response.headers.get("date") ?? "");
    return Number.isNaN(date) ? null : (sent + nowMs()) / 2 - (date + 500);
  } catch {
    return null;
  }
}
