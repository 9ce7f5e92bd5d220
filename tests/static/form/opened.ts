/** Forms of the vectors, opened as a tablet opens them, and steps played on them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CompiledForm, type Engine, type Known, openForm } from "../../../static/src/form/index.ts";

const FORMS = join(import.meta.dirname, "..", "..", "..", "forms", "vectors", "forms");

export type Step = [keyof Engine, ...unknown[]];

export function form(name: string): CompiledForm {
  return JSON.parse(readFileSync(join(FORMS, `${name}.json`), "utf8"));
}

export function opened(name: string, steps: readonly Step[] = [], known: Known = {}): Engine {
  const engine = openForm(form(name), {
    today: "2026-03-01",
    now: "2026-03-01T14:06:00.000+05:00",
    known,
    device: { deviceid: "esik:tablet-7" },
    random: () => 0.375,
  });
  for (const [step, ...given] of steps) {
    engine.changes();
    (engine[step] as (...given: unknown[]) => unknown)(...given);
  }
  return engine;
}
