/**
 * What stands between a draft and its seal, and what goes under it. Pure: engine in, data out.
 *
 * Rules: `required` and `invalid` block; *not asked* is counted and said; every audience gets its part, always.
 */
import type { CompiledForm, Engine, PartPayload, PersonRow, Ref, Text } from "../form/index.ts";
import type { Payload, SealLabels } from "../vault/index.ts";

export interface SealRow {
  ref: Ref;
  label: string;
  section: string;
  /** Whose question it is, in a repeat: the name as entered, else its number. */
  whose: string | null;
}

export interface SealSummary {
  title: string;
  name: string | null;
  card: string | null;
  savedAt: number | null;
  required: SealRow[];
  invalid: SealRow[];
  notAsked: SealRow[];
  sections: { title: string; wanting: number }[];
  audiences: string[];
}

export interface SectionTitle {
  ref: Ref;
  title: string;
}

/** The first value of a role in the form, in page order; null while nothing is entered. */
export function roleValue(engine: Engine, role: string): string | null {
  return roleValues(engine, role)[0] ?? null;
}

function roleValues(engine: Engine, role: string): string[] {
  const asked = engine.form.questions.filter((question) => question.role === role);
  const values = asked.flatMap((question) => engine.refs(question.ref)).map((ref) => engine.value(ref).trim());
  return values.filter((value) => value !== "");
}

/** A text without expressions, in `language` or the form's own. */
export function plainText(text: Text, language: string, form: CompiledForm): string {
  const found = text[language] ?? text[form.default_language] ?? "";
  return typeof found === "string" ? found : found.filter((piece) => typeof piece === "string").join("");
}

export function sectionOf(ref: Ref, sections: readonly SectionTitle[]): number {
  const top = ref.split(/[.[]/)[0] ?? "";
  return Math.max(
    sections.findIndex((one) => one.ref === top),
    0,
  );
}

function whose(engine: Engine, ref: Ref): string | null {
  const inside = /^(.*\[(\d+)\])\./.exec(ref);
  if (!inside) return null;
  const [, prefix = "", place = ""] = inside;
  const names = engine.form.questions.filter((question) => question.role === "name");
  const own = names.flatMap((question) => engine.refs(question.ref)).find((one) => one.startsWith(`${prefix}.`));
  return (own && engine.value(own).trim()) || place;
}

export function sealRows(engine: Engine, refs: readonly Ref[], sections: readonly SectionTitle[]): SealRow[] {
  return refs.map((ref) => ({
    ref,
    label: engine.text(ref),
    section: sections[sectionOf(ref, sections)]?.title ?? "",
    whose: whose(engine, ref),
  }));
}

export function sealSummary(
  engine: Engine,
  sections: readonly SectionTitle[],
  savedAt: number | null,
  language: string,
): SealSummary {
  const missing = engine.missing();
  const blocking = [...missing.required, ...missing.invalid];
  const wanting = [...blocking, ...missing.notAsked].map((ref) => sectionOf(ref, sections));
  return {
    title: plainText(engine.form.title, language, engine.form),
    name: roleValue(engine, "name"),
    card: roleValue(engine, "card"),
    savedAt,
    required: sealRows(engine, missing.required, sections),
    invalid: sealRows(engine, missing.invalid, sections),
    notAsked: sealRows(engine, missing.notAsked, sections),
    sections: sections.map((one, index) => ({
      title: one.title,
      wanting: wanting.filter((at) => at === index).length,
    })),
    audiences: engine.form.audiences.map((one) => one.audience),
  };
}

/** Parts with the bucket that the compiled form sets for their audience. */
export function withBuckets(parts: readonly PartPayload[], form: CompiledForm): Payload[] {
  const buckets = new Map(form.audiences.map((one) => [one.audience, one.bucket]));
  return parts.map((part) => ({ audience: part.audience, bucket: buckets.get(part.audience) ?? 0, json: part }));
}

export function sealLabels(engine: Engine, parts: readonly PartPayload[]): SealLabels {
  const people: PersonRow[] = parts.flatMap((part) => part.people ?? []);
  const { form } = engine;
  const title = Object.fromEntries(form.languages.map((one) => [one, plainText(form.short_title, one, form)]));
  return { title, card: people[0]?.card ?? roleValue(engine, "card"), name: roleValue(engine, "name"), people };
}
