/** Samples of a form that is being filled, and of the check before sealing. */
import { type CompiledForm, openForm } from "../../../static/src/form/index.ts";
import { bindPage, fetchPage } from "../../../static/src/tablet/binder.ts";
import type { Model } from "../../../static/src/tablet/model.ts";
import { formScreen } from "../../../static/src/tablet/screens/form.ts";
import { sealScreen } from "../../../static/src/tablet/screens/seal.ts";
import type { SealSummary } from "../../../static/src/tablet/sealing.ts";
import type { Alarm } from "../../../static/src/tablet/sitting/model.ts";
import type { FormTools, Panel } from "../../../static/src/tablet/sitting/tools.ts";
import { at, type Sample } from "./ground.ts";

/** Tools of a form with a panel open; nothing happens when a button is pressed. */
export function tools(panel: Panel | null = null): FormTools {
  const duty = [
    {
      name: "Madina Test-Duty",
      contact: "+7 700 000 00 01",
      what: "medic on duty",
    },
    {
      name: "Serik Test-Duty",
      contact: "+7 700 000 00 02",
      what: "protection lead",
    },
  ];
  const colleagues = ["Marat Test-Staff", "Saule Test-Staff"].map((name) => ({
    name,
  }));
  return {
    panel,
    wants: panel === "paper" ? "number" : null,
    writing: null,
    colleagues,
    duty,
  } as unknown as FormTools;
}

const alarm: Alarm = {
  flag: "thin",
  audience: "medical",
  quiet: false,
  action: "",
  taken: null,
};
const about = {
  card: "7KQ4-M2XD-9P",
  name: "Gulnar Test-Sample",
  sex: "female",
  birth_date: "1994-11-30",
};
const sitting = {
  language: "ar",
  interpreter: "relative",
  near: ["family"],
  overheard: true,
  asked: at("13:50"),
} as const;

const seal: SealSummary = {
  title: "Registration",
  name: "Gulnar Test-Sample",
  card: "7KQ4-M2XD-9P",
  about: null,
  savedAt: at("14:06"),
  required: [],
  invalid: [],
  notAsked: [
    {
      ref: "members[2].relation",
      label: "How is he related to the first person?",
      section: "Who came",
      whose: "Timur",
    },
    {
      ref: "first_need",
      label: "What is needed first?",
      section: "First need",
      whose: null,
    },
  ],
  sections: [
    { ref: "members", title: "Who came", wanting: 1, state: "done" },
    { ref: "needs", title: "First need", wanting: 1, state: "open" },
  ],
  audiences: ["people", "coordination", "family", "protection"],
  follows: [],
  alarms: [],
  parked: [],
  part: false,
};

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
  about: null,
  alarms: [],
  marked: false,
  sitting: null,
  sensitive: true,
  stopped: null,
  continues: false,
  paper: null,
  person: false,
  parts: false,
  givable: false,
  given: false,
};

const talk: Model["form"] = {
  ...form,
  about,
  person: true,
  givable: true,
  sitting: { ...sitting, near: [...sitting.near] },
};
const urgent: SealSummary = {
  ...seal,
  about,
  alarms: [alarm],
  parked: ["In private"],
  part: true,
  follows: [
    {
      flag: "thin",
      level: "P1",
      hours: 0,
      audience: "medical",
      action: "Stay and call the clinician now.",
      why: "Both feet are swollen.",
    },
    {
      flag: "arm",
      level: "P2",
      hours: 24,
      audience: "medical",
      action: "Send to the nutrition clinician today.",
      why: "",
    },
  ],
};

/** The library's registration, half filled, in the place of the form. */
async function fill(language: string): Promise<void> {
  const host = document.getElementById("page");
  if (!host) return;
  const compiled = (await (await fetch("/form.json")).json()) as CompiledForm;
  const engine = openForm(compiled, {
    today: "2026-03-02",
    now: "2026-03-02T14:06:00.000+05:00",
    language,
  });
  const page = bindPage(host, await fetchPage(`/page-${language}.html`), engine, { onSettled: () => undefined });
  engine.set("members[1].card", "7KQ4-M2XD-9P");
  engine.set("members[1].name", "Gulnar Test-Sample");
  engine.set("members[1].sex", "female");
  page.remove();
  bindPage(host, await fetchPage(`/page-${language}.html`), engine, {
    onSettled: () => undefined,
  }).show(0);
}

const filled = (model: Partial<Model>, panel: Panel | null = null): Sample => ({
  state: "form",
  model,
  screen: () => (shown, act) => formScreen(shown, act, tools(panel)),
  then: fill,
});

const checked = (summary: SealSummary): Sample => ({
  state: "seal",
  model: { seal: summary },
  screen: () => (shown, act) => sealScreen(shown, act, tools()),
});

const failed = { code: "storage_full" };
const required = [{ ref: "members[2].name", label: "Name", section: "Who came", whose: "2" }];

export const FILLING: Record<string, Sample> = {
  form: filled({ form }),
  "form-failed": filled({
    form: {
      ...form,
      save: { kind: "failed", at: at("14:06"), problem: failed },
    },
    problem: failed,
  }),
  "form-talk": filled({ form: { ...talk, stopped: "tired", marked: true } }),
  "form-stop": filled({ form: talk }, "stop"),
  "form-give": filled({ form: talk }, "give"),
  "form-more": filled({ form: talk }, "more"),
  "form-paper": filled({ form: talk }, "paper"),
  "form-alarm": filled({ form: { ...talk, alarms: [alarm] } }),
  "form-taken": filled(
    {
      form: {
        ...talk,
        alarms: [
          alarm,
          {
            ...alarm,
            audience: "protection",
            quiet: true,
            taken: { flag: "thin", by: null },
          },
        ],
      },
    },
    "taken",
  ),
  seal: checked(seal),
  "seal-blocked": checked({ ...seal, required }),
  "seal-urgent": checked(urgent),
};
