// One opened part as questions and answers in the reader's language. Labels come from the compiled form; what was
// sealed is shown even where the form does not know it, under its own name: nothing of an answer is dropped.
import type { Answer, Answers, CompiledForm, PartPayload, PersonRow, Question, Way } from "../form/index.ts";
import { isAnswers } from "./people.ts";
import { isPeople, plainText } from "./texts.ts";

export type Said =
  | { is: "said"; text: string }
  | { is: "yes" }
  | { is: "way"; way: Way }
  | { is: "date"; date: string }
  /** a picture, a sound or a file; `about` null when the part does not list it */
  | { is: "attached"; name: string; about: { type: string; size: number } | null }
  /** required of nobody and blank, or not relevant: it was not asked */
  | { is: "not_asked" };

export type AnswerLine = { ref: string; label: string; said: Said; unit: string };
/** Questions under one heading; `number` is set in a repeat: instance 2 of 3. */
export type AnswerGroup = {
  title: string;
  number: number | null;
  of: number;
  lines: AnswerLine[];
  groups: AnswerGroup[];
};

const ATTACHED: ReadonlySet<string> = new Set(["image", "audio", "file"]);

type Reading = { form: CompiledForm; payload: PartPayload; language: string };

/** The answers of one part, in the form's order. The payload has passed all steps of Opening. */
export function readAnswers(form: CompiledForm, payload: PartPayload, language: string): AnswerGroup {
  const reading = { form, payload, language };
  const group = groupOf(reading, "", "", payload.answers, "", null, 1);
  addUnnamed(reading, group);
  const people = payload.people ?? [];
  for (const [index, row] of people.entries()) group.groups.push(personOf(reading, row, index + 1, people.length));
  return group;
}

/** A row of the site's people list, under the words of the questions that it was taken from. */
function personOf(reading: Reading, row: PersonRow, number: number, of: number): AnswerGroup {
  const group: AnswerGroup = { title: "", number, of, lines: [], groups: [] };
  for (const question of reading.form.questions) {
    const { role } = question;
    const value = role === undefined ? undefined : (row as unknown as Record<string, unknown>)[role];
    if (value === undefined) continue;
    const parent = reading.form.questions.find((one) => one.ref === parentOf(question.ref));
    if (parent) group.title = label(reading, parent);
    group.lines.push({
      ref: question.ref,
      label: label(reading, question),
      said: sayAnswer(reading, question, value),
      unit: "",
    });
  }
  return group;
}

function groupOf(
  reading: Reading,
  parent: string,
  at: string,
  answers: Answers,
  title: string,
  number: number | null,
  of: number,
): AnswerGroup {
  const group: AnswerGroup = { title, number, of, lines: [], groups: [] };
  const known = reading.form.questions.filter((question) => parentOf(question.ref) === parent);
  for (const question of known) {
    const name = nameOf(question.ref);
    const ref = at === "" ? name : `${at}.${name}`;
    if (question.kind === "group" || question.kind === "repeat")
      addInside(reading, group, question, ref, answers[name]);
    else addLine(reading, group, question, ref, answers[name]);
  }
  addUnknown(group, known, at, answers);
  return group;
}

function addInside(reading: Reading, group: AnswerGroup, question: Question, ref: string, inside: unknown): void {
  const title = label(reading, question);
  if (question.kind === "repeat" && Array.isArray(inside)) {
    const instances = inside.filter(isAnswers);
    instances.forEach((one, index) => {
      const at = `${ref}[${index + 1}]`;
      group.groups.push(groupOf(reading, question.ref, at, one, title, index + 1, instances.length));
    });
    return;
  }
  if (question.kind === "repeat" || (inside !== undefined && !isAnswers(inside))) return;
  const made = groupOf(reading, question.ref, ref, isAnswers(inside) ? inside : {}, title, null, 1);
  if (made.lines.length > 0 || made.groups.length > 0) group.groups.push(made);
}

function addLine(reading: Reading, group: AnswerGroup, question: Question, ref: string, value: unknown): void {
  // What a form works out for itself and gives no words is not an answer that anybody gave.
  const words = plainText(question.label, reading.language, reading.form.default_language);
  if (question.kind === "note" || (question.kind === "calculate" && words === "")) return;
  const way = reading.payload.ways[ref];
  const here = value !== undefined || way !== undefined || belongs(question, reading.payload.audience);
  if (!here) return;
  const said: Said = way ? { is: "way", way } : sayAnswer(reading, question, value);
  const unit = said.is === "said" ? plainText(question.unit, reading.language, reading.form.default_language) : "";
  group.lines.push({ ref, label: label(reading, question), said, unit });
}

/** Answers that this form version does not name: shown under their own name, never hidden. */
function addUnknown(group: AnswerGroup, known: readonly Question[], at: string, answers: Answers): void {
  const names = new Set(known.map((question) => nameOf(question.ref)));
  for (const [name, value] of Object.entries(answers)) {
    if (names.has(name)) continue;
    const ref = at === "" ? name : `${at}.${name}`;
    group.lines.push({ ref, label: name, said: { is: "said", text: plainValue(value) }, unit: "" });
  }
}

/** What is attached and no answer names: shown at the end, never hidden. */
function addUnnamed({ payload }: Reading, group: AnswerGroup): void {
  const said = new Set(attachedIn(group));
  for (const { name, type, length } of payload.attachments ?? []) {
    if (said.has(name)) continue;
    group.lines.push({
      ref: name,
      label: name,
      said: { is: "attached", name, about: { type, size: length } },
      unit: "",
    });
  }
}

function attachedIn({ lines, groups }: AnswerGroup): string[] {
  return [...lines.flatMap(({ said }) => (said.is === "attached" ? [said.name] : [])), ...groups.flatMap(attachedIn)];
}

function sayAnswer(reading: Reading, question: Question, value: unknown): Said {
  if (value === undefined || value === "") return { is: "not_asked" };
  if (question.kind === "acknowledge") return value === true ? { is: "yes" } : { is: "said", text: plainValue(value) };
  if (question.kind === "date" && typeof value === "string") return { is: "date", date: value };
  if (ATTACHED.has(question.kind) && typeof value === "string") {
    const listed = reading.payload.attachments?.find((one) => one.name === value);
    return { is: "attached", name: value, about: listed ? { type: listed.type, size: listed.length } : null };
  }
  if (question.list !== undefined) {
    const names = Array.isArray(value) ? value.map(String) : [plainValue(value)];
    return { is: "said", text: names.map((name) => choiceLabel(reading, question, name)).join(", ") };
  }
  return { is: "said", text: plainValue(value) };
}

function choiceLabel(reading: Reading, question: Question, name: string): string {
  const choice = reading.form.lists[question.list ?? ""]?.find((one) => one.name === name);
  const text = choice ? plainText(choice.label, reading.language, reading.form.default_language) : "";
  return text === "" ? name : text;
}

function label(reading: Reading, question: Question): string {
  const text = plainText(question.label, reading.language, reading.form.default_language);
  return text === "" ? nameOf(question.ref) : text;
}

function belongs(question: Question, audience: string): boolean {
  if (question.kind === "calculate") return false;
  if (question.role !== undefined) return audience === "coordination" || isPeople(audience);
  return question.audience === audience;
}

function plainValue(value: Answer | Answers | Answers[] | unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value) && value.every((one) => typeof one !== "object")) return value.join(", ");
  return JSON.stringify(value) ?? "";
}

function parentOf(ref: string): string {
  return ref.includes(".") ? ref.slice(0, ref.lastIndexOf(".")) : "";
}

function nameOf(ref: string): string {
  return ref.slice(ref.lastIndexOf(".") + 1);
}
