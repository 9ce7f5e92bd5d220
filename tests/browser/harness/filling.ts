/** Samples of a form that is being filled, and of the check before sealing. */
import { type CompiledForm, openForm } from "../../../static/src/form/index.ts";
import { bindPage, fetchPage } from "../../../static/src/tablet/binder.ts";
import type { Model } from "../../../static/src/tablet/model.ts";
import type { SealSummary } from "../../../static/src/tablet/sealing.ts";
import { at, type Sample } from "./ground.ts";

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

export const FILLING: Record<string, Sample> = {
  form: { state: "form", model: { form }, then: fill },
  "form-failed": { state: "form", model: { form: { ...form, save: { kind: "failed", at: at("14:06"), problem: { code: "storage_full" } } }, problem: { code: "storage_full" } }, then: fill },
  seal: { state: "seal", model: { seal } },
  "seal-blocked": { state: "seal", model: { seal: { ...seal, required: [{ ref: "members[2].name", label: "Name", section: "Who came", whose: "2" }] } } },
};
