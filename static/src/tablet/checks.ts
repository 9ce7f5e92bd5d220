/**
 * Ready for offline, as decisions: facts in, checks out. The facts are gathered in observe.ts.
 *
 * Rules: a check passes only on what was seen just now; what could not be seen is *to do*, never a guess.
 */
import type { Places } from "../ui/messages.ts";
import type { CameraState } from "./camera.ts";
import type { Battery } from "./carrying.ts";

export type CheckName =
  | "offline"
  | "installed"
  | "kept"
  | "space"
  | "forms"
  | "languages"
  | "camera"
  | "clock"
  | "keys"
  | "confirmed"
  | "people"
  | "battery"
  | "release";
/** What the button of a check does. */
export type Fix = "install" | "keep" | "forms" | "send" | "camera";

export interface Check {
  name: CheckName;
  ok: boolean;
  /** Last piece of the key of its words, `ready.<name>.<verdict>`. */
  verdict: string;
  places: Places;
  fix?: Fix;
  /** A day can be worked without it: told, and not counted. */
  optional?: true;
}

export interface Facts {
  now: number;
  /** Every file of this release is in the service worker's cache, and the worker is active. */
  shellWhole: boolean;
  standalone: boolean;
  /** The browser offered to install. */
  canInstall: boolean;
  persistent: boolean;
  /** Bytes; null when the browser does not tell. */
  free: number | null;
  forms: number;
  formLanguages: readonly string[];
  missingPages: number;
  screenLanguages: readonly string[];
  wordsWhole: boolean;
  camera: CameraState;
  /** This clock minus the centre's, in ms; null when the centre did not answer. */
  clockAhead: number | null;
  lastContact: number | null;
  /** When the newest entry of the directory was signed; a desk signs one a day. */
  keysConfirmed: number | null;
  /** A desk gave this tablet the key of its site's people list. */
  confirmed: boolean;
  /** To be compared with the desk's. */
  digits: string;
  /** Null when the browser does not tell. */
  battery: Battery | null;
  release: string;
  /** A newer release is here, whole. */
  updateWaits: boolean;
  staff: readonly { name: string; ready: boolean }[];
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Clocks nearer than this agree: a round trip on a slow network is within it. */
const CLOCK_SLACK = 2 * MINUTE;
/** Bytes that a full day without pictures stays under. */
export const SPACE_NEEDED = 500 * 1024 * 1024;
/** PROTOCOL 6, *Freshness*. */
const KEYS_FRESH = 14 * DAY;
/** Percent with which a tablet may begin a day. */
const CHARGED = 50;

const pass = (name: CheckName, places: Places = {}): Check => ({ name, ok: true, verdict: "ok", places });
const todo = (name: CheckName, verdict: string, places: Places = {}, fix?: Fix): Check =>
  fix ? { name, ok: false, verdict, places, fix } : { name, ok: false, verdict, places };

function space(facts: Facts): Check {
  const need = bytesInWords(SPACE_NEEDED);
  if (facts.free === null) return todo("space", "unknown");
  const places = { free: bytesInWords(facts.free), need };
  return facts.free >= SPACE_NEEDED ? pass("space", places) : todo("space", "low", places);
}

function forms(facts: Facts): Check {
  if (facts.forms === 0) return todo("forms", "none", {}, "send");
  if (facts.missingPages > 0) return todo("forms", "missing", { n: facts.missingPages }, "forms");
  return pass("forms", { n: facts.forms, languages: facts.formLanguages.join(", ") });
}

/** Codes can be typed where there is no camera. */
function camera({ camera: found }: Facts): Check {
  if (found === "works") return pass("camera");
  return { ...todo("camera", found, {}, found === "missing" ? undefined : "camera"), optional: true };
}

/** With the wire cut nothing can be compared: a tablet that had an answer within a day is not called unready for that. */
function inTheField({ lastContact, now }: Facts): { optional?: true } {
  return lastContact !== null && Math.abs(now - lastContact) <= DAY ? { optional: true } : {};
}

function clock(facts: Facts): Check {
  if (facts.clockAhead === null) return { ...todo("clock", "unknown"), ...inTheField(facts) };
  if (Math.abs(facts.clockAhead) <= CLOCK_SLACK) return pass("clock");
  const n = Math.round(Math.abs(facts.clockAhead) / MINUTE);
  return todo("clock", facts.clockAhead > 0 ? "fast" : "slow", { n });
}

function keys(facts: Facts, when: (ms: number) => string): Check {
  if (facts.lastContact === null || facts.keysConfirmed === null) return todo("keys", "never", {}, "send");
  const places = { time: when(facts.keysConfirmed) };
  const age = facts.now - facts.keysConfirmed;
  return age <= KEYS_FRESH ? pass("keys", places) : todo("keys", "old", places, "send");
}

function confirmed({ confirmed: known, digits }: Facts): Check {
  return known ? pass("confirmed", { digits }) : todo("confirmed", "waits", { digits }, "send");
}

/** No line at all where the browser tells nothing. */
function battery({ battery: found }: Facts): Check[] {
  if (!found) return [];
  const places = { n: found.percent };
  if (found.percent >= CHARGED) return [pass("battery", places)];
  return [found.charging ? { ...pass("battery", places), verdict: "charging" } : todo("battery", "low", places)];
}

function release(facts: Facts): Check {
  return facts.updateWaits ? todo("release", "waits") : pass("release", { release: facts.release });
}

function people(facts: Facts): Check {
  if (facts.staff.length === 0) return todo("people", "nobody", {}, "send");
  const absent = facts.staff.filter((one) => !one.ready);
  const names = (some: readonly { name: string }[]): string => some.map((one) => one.name).join(", ");
  return absent.length > 0
    ? todo("people", "missing", { names: names(absent) }, "send")
    : pass("people", { names: names(facts.staff) });
}

/** All checks in the order of the screen. `when` tells a time in the language of the screen. */
export function checksFrom(facts: Facts, when: (ms: number) => string): Check[] {
  return [
    facts.shellWhole ? pass("offline") : todo("offline", "missing"),
    facts.standalone ? pass("installed") : todo("installed", "missing", {}, facts.canInstall ? "install" : undefined),
    facts.persistent ? pass("kept") : todo("kept", "missing", {}, "keep"),
    space(facts),
    forms(facts),
    facts.wordsWhole
      ? pass("languages", { languages: facts.screenLanguages.join(", ") })
      : todo("languages", "missing"),
    camera(facts),
    clock(facts),
    keys(facts, when),
    confirmed(facts),
    people(facts),
    ...battery(facts),
    release(facts),
  ];
}

/** `14.2 GB`, `310 MB`: figures only, the units are the same in every language of the screens. */
export function bytesInWords(bytes: number): string {
  const megabytes = bytes / (1024 * 1024);
  return megabytes >= 1024 ? `${(megabytes / 1024).toFixed(1)} GB` : `${Math.floor(megabytes)} MB`;
}

/** Every check that a day needs has passed. */
export function isReady(checks: readonly Check[]): boolean {
  return checks.length > 0 && checks.every((check) => check.ok || check.optional === true);
}
