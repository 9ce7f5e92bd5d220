/**
 * Every tablet screen with invented people, for looking at: `?screen=home&language=kk`. Nothing here is tested; the
 * screens are the real ones, the models are made up.
 */
import { render } from "../../../static/node_modules/lit/html.js";
import { bindPage, fetchPage } from "../../../static/src/tablet/binder.ts";
import { type Check, checksFrom } from "../../../static/src/tablet/checks.ts";
import { type CompiledForm, openForm } from "../../../static/src/form/index.ts";
import { firstModel } from "../../../static/src/tablet/app.ts";
import type { Actions, Model } from "../../../static/src/tablet/model.ts";
import { SCREENS } from "../../../static/src/tablet/screens/index.ts";
import type { SealSummary } from "../../../static/src/tablet/sealing.ts";
import type { State } from "../../../static/src/tablet/states.ts";
import { families } from "../../../static/src/tablet/today.ts";
import { WORDS } from "../../../static/src/tablet/words/index.ts";
import { declareDocument } from "../../../static/src/ui/dom.ts";
import type { Language } from "../../../static/src/ui/languages.ts";
import { speak, t, useMessages } from "../../../static/src/ui/messages.ts";
import { when } from "../../../static/src/ui/times.ts";
import type { OutboxRow, PersonHere, Status } from "../../../static/src/vault/index.ts";

const NOW = Date.parse("2026-03-02T14:09:00");
const at = (clock: string): number => Date.parse(`2026-03-02T${clock}:00`);

const status: Status = {
  state: "enrolled",
  problem: null,
  device: { name: "T-07", site: "a", siteName: "Arrival point A", programmeName: "Sample", digits: "12345 67890" },
  staff: [
    { id: "1", name: "Dana Test-Staff", drafts: 2, ready: true },
    { id: "2", name: "Marat Test-Staff", drafts: 1, ready: true },
    { id: "3", name: "Saule Test-Staff", drafts: 0, ready: true },
    { id: "4", name: "Yerlan Test-Staff", drafts: 0, ready: false },
  ],
  counts: { tablet: 12, carried: 30, safe: 158 },
  lastContact: at("14:05"),
  keysConfirmed: at("09:00"),
  release: "5d1f0c3a9be47726",
  unlocked: false,
  alarms: [],
};

function person(card: string, family: string, name: string, sex: string, birth: string, clock: string): PersonHere {
  const row = { card, family_card: family, name, sex, birth_date: birth, stations: ["registration"] };
  return { ...row, at: at(clock), submission: `${card}-s` };
}

const people = [
  person("W5TN-1AAA-7Q", "W5TN-1AAA-7Q", "Zarina", "female", "1985-04-01", "13:50"),
  person("R2XD-0B1C-8M", "R2XD-0B1C-8M", "Botagoz", "female", "1998-09-12", "12:25"),
  person("9XHE-2QJT-5V", "R2XD-0B1C-8M", "Samat", "male", "2025-06-02", "12:25"),
  person("7KQ4-M2XD-9P", "7KQ4-M2XD-9P", "Gulnar", "female", "1994-11-30", "09:10"),
  person("T8VB-3HNE-2C", "7KQ4-M2XD-9P", "Timur", "male", "2014-12", "09:10"),
  person("4MWP-6ZRD-8K", "7KQ4-M2XD-9P", "Aigul", "female", "2021-11-20", "09:10"),
];

const checks = (good: boolean): Check[] =>
  checksFrom(
    {
      now: NOW,
      shellWhole: true,
      standalone: good,
      canInstall: !good,
      persistent: good,
      free: 14.2 * 1024 ** 3,
      forms: 1,
      formLanguages: ["English", "Қазақша"],
      missingPages: 0,
      screenLanguages: ["English", "Қазақша"],
      wordsWhole: true,
      clockAhead: good ? 900 : -11 * 60_000,
      lastContact: at("14:05"),
      staff: status.staff.map(({ name }) => ({ name, ready: true })),
    },
    (ms) => when(ms, NOW),
  );

const seal: SealSummary = {
  title: "Registration",
  name: "Gulnar Test-Sample",
  card: "7KQ4-M2XD-9P",
  savedAt: at("14:06"),
  required: [],
  invalid: [],
  notAsked: [
    { ref: "members[2].relation", label: "How is he related to the first person?", section: "Who came", whose: "Timur" },
    { ref: "first_need", label: "What is needed first?", section: "First need", whose: null },
  ],
  sections: [
    { title: "Who came", wanting: 1 },
    { title: "First need", wanting: 1 },
  ],
  audiences: ["people", "coordination", "family", "protection"],
};

function sealed(seq: number, clock: string, card: string, state: OutboxRow["state"]): OutboxRow {
  const title = { en: "Registered", kk: "Тіркелді" };
  const about = { submission: String(seq), seq, form: "registration", version: "v", receiptAt: null, problem: null };
  return { ...about, sealedAt: at(clock), state, title, card, name: null };
}

const form: Model["form"] = {
  title: "Registration",
  name: "Gulnar Test-Sample",
  card: "7KQ4-M2XD-9P",
  place: 1,
  count: 2,
  next: "First need",
  languages: ["en", "kk"],
  language: "en",
  save: { kind: "saved", at: at("14:06"), problem: null },
  wrong: 1,
};

const told = { code: "wrong_passphrase" };
const home = { drafts: [], families: families(people, NOW), all: false, canBegin: true };
const drafts = [
  { id: "1", title: "Registration", name: "Aigul", card: "4MWP-6ZRD-8K", savedAt: at("14:06"), problem: null },
  { id: "2", title: "Registration", name: null, card: null, savedAt: at("13:58"), problem: null },
];
const enrol: Model["enrol"] = { at: "register", done: ["link", "directory", "keys"] };
const rows = [
  sealed(200, "14:08", "7KQ4-M2XD-9P", "tablet"),
  sealed(199, "13:31", "R2XD-0B1C-8M", "tablet"),
  sealed(188, "12:55", "9XHE-2QJT-5V", "carried"),
  sealed(158, "09:42", "4MWP-6ZRD-8K", "safe"),
];

/** Screen by name: the state and what stands in the model beside the ordinary. */
const SAMPLES: Record<string, [State, Partial<Model>]> = {
  start: ["start", { status: { ...status, device: null } }],
  lost: ["start", { status: { ...status, device: null, problem: "storage_gone" } }],
  enrol: ["enrol", { status: null, busy: "enrol", enrol }],
  "enrol-problem": ["enrol", { status: null, problem: { code: "invitation_used" }, enrol }],
  ready: ["ready", { checks: { list: checks(true), at: NOW } }],
  "ready-todo": ["ready", { checks: { list: checks(false), at: NOW } }],
  unlock: ["unlock", { unlock: { staff: "1", shown: false, lockedAt: at("14:09") } }],
  "unlock-wrong": ["unlock", { unlock: { staff: "1", shown: false, lockedAt: null }, problem: told }],
  elsewhere: ["elsewhere", {}],
  broken: ["broken", { problem: { code: "storage_failed" } }],
  home: ["home", { home: { ...home, drafts }, notice: { kind: "sealed", at: at("14:08") }, update: true }],
  "home-empty": ["home", { home: { ...home, families: [] } }],
  form: ["form", { form }],
  "form-failed": ["form", { form: { ...form, save: { kind: "failed", at: at("14:06"), problem: { code: "storage_full" } } }, problem: { code: "storage_full" } }],
  seal: ["seal", { seal }],
  "seal-blocked": ["seal", { seal: { ...seal, required: [{ ref: "members[2].name", label: "Name", section: "Who came", whose: "2" }] } }],
  outbox: ["outbox", { outbox: { rows, all: false }, delivery: { code: "no_network" } }],
};

/** The library's registration, half filled, in the place of the form. */
async function fill(language: string): Promise<void> {
  const host = document.getElementById("page");
  if (!host) return;
  const compiled = (await (await fetch("/form.json")).json()) as CompiledForm;
  const engine = openForm(compiled, { today: "2026-03-02", now: "2026-03-02T14:06:00.000+05:00", language });
  const page = bindPage(host, await fetchPage(`/page-${language}.html`), engine, { onSettled: () => undefined });
  engine.set("members[1].card", "7KQ4-M2XD-9P");
  engine.set("members[1].name", "Gulnar Test-Sample");
  engine.set("members[1].sex", "female");
  page.remove();
  bindPage(host, await fetchPage(`/page-${language}.html`), engine, { onSettled: () => undefined }).show(0);
}

async function show(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  useMessages(WORDS);
  await speak((asked.get("language") ?? "en") as Language);
  const [state, part] = SAMPLES[asked.get("screen") ?? "home"] ?? ["home", {}];
  const ordinary = { ...firstModel("5d1f0c3a9be47726"), status, who: "Dana Test-Staff" };
  const model: Model = { ...ordinary, ...part, state, now: NOW };
  const root = document.getElementById("app");
  if (!root) return;
  declareDocument(t(`title.${state}`));
  render(SCREENS[state as keyof typeof SCREENS](model, {} as Actions), root);
  if (state === "form") await fill(asked.get("language") ?? "en");
  scrollTo(0, 0);
  document.documentElement.dataset["screens"] = Object.keys(SAMPLES).join(" ");
}

void show();
