/** Samples of enrolment, Ready, unlock, PIN, outbox, colleague and the end of the shift. */
import { type Check, checksFrom } from "../../../static/src/tablet/checks.ts";
import { Colleagues } from "../../../static/src/tablet/ending/colleague.ts";
import { Pins } from "../../../static/src/tablet/ending/pins.ts";
import { ShiftEnd } from "../../../static/src/tablet/ending/shift-end.ts";
import type { Model } from "../../../static/src/tablet/model.ts";
import { noHome } from "../../../static/src/tablet/today.ts";
import { t } from "../../../static/src/ui/messages.ts";
import { qrView } from "../../../static/src/ui/qr.ts";
import { when } from "../../../static/src/ui/times.ts";
import type { OutboxRow } from "../../../static/src/vault/index.ts";
import { at, NOW, type Sample, status } from "./ground.ts";

const RELEASE = "5d1f0c3a9be47726";

const checks = (good: boolean): Check[] =>
  checksFrom(
    {
      now: NOW,
      shellWhole: true,
      standalone: good,
      canInstall: !good,
      persistent: good,
      free: 14.2 * 1024 ** 3,
      forms: 3,
      formLanguages: ["English", "Қазақша"],
      missingPages: 0,
      screenLanguages: ["English", "Қазақша"],
      wordsWhole: true,
      clockAhead: good ? 900 : -11 * 60_000,
      lastContact: at("14:05"),
      keysConfirmed: at("09:00") - (good ? 0 : 20 * 86_400_000),
      confirmed: good,
      digits: status.device?.digits ?? "",
      battery: { percent: good ? 86 : 18, charging: false },
      release: RELEASE,
      updateWaits: !good,
      camera: "works",
      staff: status.staff.map(({ name }) => ({ name, ready: true })),
    },
    (ms) => when(ms, NOW),
  );

function sealed(seq: number, clock: string, card: string | null, state: OutboxRow["state"], problem: string | null = null): OutboxRow {
  const title = { en: "Registered", kk: "Тіркелді" };
  const about = { submission: String(seq), seq, form: "registration", version: "v", receiptAt: null, problem };
  const attachments = seq === 199 ? { sent: 3, all: 5 } : null;
  return { ...about, sealedAt: at(clock), state, title, card, name: null, attachments };
}

const rows = [
  sealed(200, "14:08", "7KQ4-M2XD-9P", "tablet", "missing_objects"),
  sealed(199, "13:31", "R2XD-0B1C-8M", "tablet"),
  sealed(188, "12:55", "9XHE-2QJT-5V", "carried"),
  sealed(158, "09:42", "4MWP-6ZRD-8K", "safe"),
];

const enrol: Model["enrol"] = { at: "register", done: ["link", "directory", "keys"] };
const draft = { id: "1", title: "Registration", name: "Aigul", card: "4MWP-6ZRD-8K", savedAt: at("14:06"), problem: null };
const drafts = [draft, { ...draft, id: "2", name: null, card: null }].map((one) => ({ ...one, givenBy: null, stopped: null }));
const withDrafts = { ...noHome(), drafts };
const unlock = (why: Model["unlock"]["why"], staff: string | null = "1"): Model["unlock"] => {
  return { staff, shown: false, lockedAt: why === null ? null : at("14:09"), why };
};
const carrying = { status: { ...status, oldestUnsent: at("11:02") }, battery: { percent: 18, charging: false } };
const said = { seq: 200, time: NOW, qr: "ESIK1 7WU8UR8HOXBL 4QTG9:NM15SQBJ2RMPM$3ZL0OSDL-8JGXTCN8B8TB2 KE3DL*1Q+SMM1C-T57AKC:GLRPL", code: "200-K9Q2" };

const press = (keys: string): void => {
  for (const key of keys) document.dispatchEvent(new KeyboardEvent("keydown", { key: key === "\n" ? "Enter" : key }));
};

const afterwards = (keys: string): Promise<void> => Promise.resolve().then(() => press(keys));

/** A shift end with its head drawn. */
function shiftEnd(area: ShiftEnd, sure = false): ShiftEnd {
  area.view = { head: { said, drawn: qrView(said.qr, t("shift_end.qr")) }, sure };
  return area;
}

export const SHIFT: Record<string, Sample> = {
  start: { state: "start", model: { status: { ...status, device: null } } },
  lost: { state: "start", model: { status: { ...status, device: null, problem: "storage_gone" } } },
  enrol: { state: "enrol", model: { status: null, busy: "enrol", enrol } },
  "enrol-problem": { state: "enrol", model: { status: null, problem: { code: "invitation_used" }, enrol } },
  ready: { state: "ready", model: () => ({ checks: { list: checks(true), at: NOW } }) },
  "ready-todo": { state: "ready", model: () => ({ checks: { list: checks(false), at: NOW } }) },
  unlock: { state: "unlock", model: () => ({ unlock: unlock("rest"), checks: { list: checks(true), at: NOW } }) },
  "unlock-wrong": { state: "unlock", model: { unlock: unlock(null), problem: { code: "wrong_passphrase" } } },
  "unlock-pin": { state: "unlock", model: () => ({ unlock: unlock("pin"), checks: { list: checks(false), at: NOW }, ...carrying }) },
  "unlock-wiped": { state: "unlock", model: { unlock: unlock("wiped", null) } },
  elsewhere: { state: "elsewhere" },
  broken: { state: "broken", model: { problem: { code: "storage_failed" } } },
  outbox: { state: "outbox", model: { outbox: { rows, all: false }, delivery: { code: "no_network" }, ...carrying } },
  pin: { state: "pin", screen: (wired) => new Pins(wired).screen, then: () => press("40") },
  "pin-choose": { state: "home", screen: chosen, then: () => afterwards("40") },
  "pin-weak": { state: "home", screen: chosen, then: () => afterwards("1234\n") },
  "pin-wrong": {
    state: "pin",
    screen: (wired) => {
      const pins = new Pins(wired);
      void pins.choose();
      press("4071\n4071\n");
      return pins.screen;
    },
    then: () => press("9999\n"),
  },
  colleague: {
    state: "colleague",
    screen: (wired) => {
      const area = new Colleagues(wired);
      const stations = ["First look", "Registration", "Medical"].map((title) => ({ station: title, title }));
      area.view = { stations, chosen: new Set(["Registration"]), made: null, wants: "name" };
      return area.screen;
    },
  },
  "colleague-made": {
    state: "colleague",
    screen: (wired) => {
      const area = new Colleagues(wired);
      const made = { name: "Timur Test-Helper", passphrase: "velvet thunder orbit mansion" };
      area.view = { stations: [], chosen: new Set(), made, wants: null };
      return area.screen;
    },
  },
  shift_end: {
    state: "shift_end",
    model: { home: withDrafts },
    screen: (wired, later) => shiftEnd(new ShiftEnd(wired, later)).screen,
  },
  "shift_end-sure": {
    state: "shift_end",
    screen: (wired, later) => shiftEnd(new ShiftEnd(wired, later), true).screen,
  },
  closed: {
    state: "closed",
    screen: (wired, later) => {
      const area = new ShiftEnd(wired, later);
      const care = { name: "Madina Test-Carer", what: "staff care", contact: "+7 700 000 00 00" };
      area.closed = { hard: 3, care, others: 1, unsent: 12 };
      return area.closedScreen;
    },
  },
};

/** Home under the sheet on which a PIN is chosen. */
function chosen(wired: ConstructorParameters<typeof Pins>[0]): Pins["screen"] {
  const pins = new Pins(wired);
  queueMicrotask(() => void pins.choose());
  return pins.screen;
}
