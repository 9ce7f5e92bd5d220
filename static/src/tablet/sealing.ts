/**
 * What stands between a draft and its seal, and what goes under it. Pure: engine in, data out.
 *
 * Rules:
 * - `required` and `invalid` block, in the sections that are in play; *not asked* is counted and said.
 * - Every audience gets its part, always. A form that `continues` may be sealed with what is done; the rest goes on anywhere.
 */
import type { CompiledForm, Engine, PartPayload, PersonRow, Ref, SplitContext } from "../form/index.ts";
import type { Hand, Payload, SealLabels } from "../vault/index.ts";
import { attachmentsIn } from "./attached.ts";
import { plainText } from "./plain-text.ts";
import { inside, titleOf } from "./sitting/groups.ts";
import type { About, Alarm, Memory } from "./sitting/model.ts";
import { alarmsOf, type Follow, follows } from "./sitting/raised.ts";
import { queueOf } from "./sitting/rules.ts";

export interface SealRow {
  ref: Ref;
  label: string;
  section: string;
  /** Whose question it is, in a repeat: the name as entered, else its number. */
  whose: string | null;
}

/** `sealed` = with an earlier submission that this one goes on with; `parked` = something in it stays shut. */
export interface SealSection {
  ref: Ref;
  title: string;
  wanting: number;
  state: "done" | "open" | "sealed" | "parked";
}

export interface SealSummary {
  title: string;
  name: string | null;
  card: string | null;
  about: About | null;
  savedAt: number | null;
  required: SealRow[];
  invalid: SealRow[];
  notAsked: SealRow[];
  sections: SealSection[];
  audiences: string[];
  follows: Follow[];
  alarms: Alarm[];
  /** Titles of the sensitive groups that stay shut. */
  parked: string[];
  /** Some sections are done and some are not, in a form that may be sealed so. */
  part: boolean;
}

/** A section of the page: `open` while something in it may be seen. */
export interface SectionTitle {
  ref: Ref;
  title: string;
}

export interface Room {
  sections: readonly SectionTitle[];
  /** Indexes of the sections that hold something to see. */
  open: readonly number[];
  sectionOf(ref: Ref): number;
}

/** The first value of a role in the form, in page order; null while nothing is entered. */
export function roleValue(engine: Engine, role: string): string | null {
  const asked = engine.form.questions.filter((question) => question.role === role);
  const values = asked.flatMap((question) => engine.refs(question.ref)).map((ref) => engine.value(ref).trim());
  return values.find((value) => value !== "") ?? null;
}

function whose(engine: Engine, ref: Ref): string | null {
  const inside = /^(.*\[(\d+)\])\./.exec(ref);
  if (!inside) return null;
  const [, prefix = "", place = ""] = inside;
  const names = engine.form.questions.filter((question) => question.role === "name");
  const own = names.flatMap((question) => engine.refs(question.ref)).find((one) => one.startsWith(`${prefix}.`));
  return (own && engine.value(own).trim()) || place;
}

function rows(engine: Engine, refs: readonly Ref[], room: Room): SealRow[] {
  return refs.map((ref) => ({
    ref,
    label: engine.text(ref),
    section: room.sections[room.sectionOf(ref)]?.title ?? "",
    whose: whose(engine, ref),
  }));
}

export interface Standing {
  parked: readonly Ref[];
  memory: Memory;
}

/**
 * Sections that were sealed with what this talk goes on with. One stays in play when something required in it is not known
 * here and hides what must still be asked: without an age, on another tablet, most of a screening would go unasked.
 */
export function sealedBefore(engine: Engine, { continues }: Memory): ReadonlySet<Ref> {
  const sealed = new Set(continues?.sections ?? []);
  if (sealed.size === 0) return sealed;
  const { relevant } = engine.all();
  const wanted = engine.form.questions.filter(
    ({ ref, required, from }) => required && relevant[ref] && !(from && engine.value(ref) !== ""),
  );
  const carrying = wanted.filter(({ ref }) => sealed.has(top(ref)) && hides(engine.form, ref, sealed));
  return new Set([...sealed].filter((section) => !carrying.some(({ ref }) => top(ref) === section)));
}

const top = (ref: Ref): Ref => ref.split(".")[0] ?? ref;

/** Whether a section that is still open, or something required in it, shows or not by the answer to `ref`. */
function hides(form: CompiledForm, ref: Ref, sealed: ReadonlySet<Ref>): boolean {
  const required = new Set(form.questions.flatMap((one) => (one.required ? [one.ref] : [])));
  const reached = new Set([ref]);
  for (const at of reached) {
    for (const place of form.affects[at] ?? []) {
      const [other, aspect] = form.order[place] ?? [];
      if (other === undefined) continue;
      if (aspect === "calculation") reached.add(other);
      const counts = required.has(other) || other === top(other);
      if (aspect === "relevant" && counts && !sealed.has(top(other))) return true;
    }
  }
  return false;
}

/** What is missing where it is in play: not in what was sealed before, nor in what is parked. */
export function missingIn(engine: Engine, room: Room, { parked, memory }: Standing): ReturnType<Engine["missing"]> {
  const sealed = sealedBefore(engine, memory);
  const plays = (ref: Ref): boolean =>
    !inside(ref, parked) && !sealed.has(room.sections[room.sectionOf(ref)]?.ref ?? "");
  const all = engine.missing();
  return {
    required: all.required.filter(plays),
    invalid: all.invalid.filter(plays),
    notAsked: all.notAsked.filter(plays),
  };
}

export function sealSections(engine: Engine, room: Room, standing: Standing): SealSection[] {
  const missing = missingIn(engine, room, standing);
  const blocking = [...missing.required, ...missing.invalid].map((ref) => room.sectionOf(ref));
  const wanting = [...blocking, ...missing.notAsked.map((ref) => room.sectionOf(ref))];
  const { seen } = standing.memory;
  const before = sealedBefore(engine, standing.memory);
  const shut = new Set(standing.parked.map((ref) => room.sectionOf(engine.refs(ref)[0] ?? ref)));
  return room.open.map((index) => {
    const { ref, title } = room.sections[index] as SectionTitle;
    const done = seen.includes(ref) && !blocking.includes(index);
    const now = shut.has(index) ? "parked" : done ? "done" : "open";
    const state = before.has(ref) ? "sealed" : now;
    return { ref, title, wanting: wanting.filter((at) => at === index).length, state };
  });
}

export function sealSummary(engine: Engine, room: Room, standing: Standing, savedAt: number | null): SealSummary {
  const { form } = engine;
  const { memory } = standing;
  const missing = missingIn(engine, room, standing);
  const sections = sealSections(engine, room, standing);
  const states = new Set(sections.map((one) => one.state));
  return {
    title: plainText(form.title, engine.language, form),
    name: roleValue(engine, "name") ?? memory.about?.name ?? null,
    card: memory.about?.card ?? roleValue(engine, "card"),
    about: memory.about,
    savedAt,
    required: rows(engine, missing.required, room),
    invalid: rows(engine, missing.invalid, room),
    notAsked: rows(engine, missing.notAsked, room),
    sections,
    audiences: form.audiences.map((one) => one.audience),
    follows: follows(engine),
    alarms: alarmsOf(engine, memory),
    parked: standing.parked.map((ref) => titleOf(form, ref, engine.language)),
    part: form.continues === true && (states.has("open") || states.has("parked")) && states.has("done"),
  };
}

export interface Sealing {
  submission: string;
  version: string;
  staff: { id: string; name: string };
  handed: readonly Hand[];
  asked_at: number;
  typed_at: number;
  outcome: "done" | "part" | "not_wanted";
  again_on?: string | null;
  /** Sections that this submission closes, for `part`. */
  sections?: string[];
  parked: readonly Ref[];
  stopped: string | null;
}

/** What `split` needs to know beside the answers. */
export function sealContext(engine: Engine, memory: Memory, sealing: Sealing): SplitContext {
  const { form } = engine;
  const { about, paper } = memory;
  const household = form.subject === "household";
  const facts = ["sex", "birth_date", "birth_date_precision"] as const;
  const { handed, parked, sections = [], again_on = null, typed_at, asked_at, ...plain } = sealing;
  return {
    ...plain,
    household: household ? memory.household : null,
    card: form.subject === "person" ? (about?.card ?? roleValue(engine, "card")) : null,
    // Somebody may have moved to another family since this was begun: a talk does not say whose family she is of.
    family_card: memory.family ?? (household ? about?.family_card : null) ?? null,
    asked_at: paper?.asked_at ?? asked_at,
    typed_at: paper ? typed_at : null,
    paper: paper?.number ?? null,
    mode: paper ? "paper" : memory.given ? "given" : "tablet",
    facts: Object.fromEntries(facts.flatMap((name) => (about?.[name] ? [[name, about[name]]] : []))),
    handed: handed.map(({ id, name }) => ({ id, name })),
    sitting: memory.sitting,
    again_on,
    sections: [...(memory.continues?.sections ?? []), ...sections],
    continues: memory.continues?.submission ?? null,
    taken_over: memory.taken_over,
    parked: [...parked],
    queue: placeOf(engine, memory, plain.outcome),
  };
}

/**
 * Only a whole talk takes somebody out of the first place: not one that was not wanted, nor the rest of one whose beginning
 * may have put them there.
 */
function placeOf(engine: Engine, memory: Memory, outcome: Sealing["outcome"]): 0 | 1 | 2 | null {
  const place = queueOf(engine.form.station, alarmsOf(engine, memory), colourOf(engine), memory.taken_over);
  return place === 0 || (outcome !== "not_wanted" && memory.continues === null) ? place : null;
}

/**
 * The parts without what was only carried over from the list into the people rows: it is no news, and may be older than a
 * correction that was made since. A date and its precision are one word.
 */
export function withoutCarried(about: About | null, parts: readonly PartPayload[]): PartPayload[] {
  if (about === null) return [...parts];
  const dated = (of: PersonRow | About): string => `${of.birth_date} ${of.birth_date_precision ?? "day"}`;
  const news = (row: PersonRow): PersonRow => {
    const { name, sex, birth_date, birth_date_precision, ...rest } = row;
    const date = dated(row) === dated(about) ? {} : { birth_date, birth_date_precision };
    const said = {
      ...rest,
      name: name === about.name ? undefined : name,
      sex: sex === about.sex ? undefined : sex,
      ...date,
    };
    return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as unknown as PersonRow;
  };
  return parts.map((part) => (part.people ? { ...part, people: part.people.map(news) } : part));
}

/** The colour of a first look; null in every other form. */
function colourOf(engine: Engine): string | null {
  if (engine.form.station !== "first_look") return null;
  const asked = engine.form.questions.find((one) => /(^|\.)colour$/.test(one.ref) && one.kind !== "note");
  return asked ? engine.value(asked.ref) : null;
}

/** Parts with the bucket that the compiled form sets for their audience, and what is attached to their answers. */
export function withBuckets(parts: readonly PartPayload[], form: CompiledForm): Payload[] {
  const buckets = new Map(form.audiences.map((one) => [one.audience, one.bucket]));
  return parts.map((part) => {
    const attachments = attachmentsIn(form, part.answers);
    const payload = { audience: part.audience, bucket: buckets.get(part.audience) ?? 0, json: part };
    return attachments.length > 0 ? { ...payload, attachments } : payload;
  });
}

export function sealLabels(engine: Engine, about: About | null, parts: readonly PartPayload[]): SealLabels {
  const people: PersonRow[] = parts.flatMap((part) => part.people ?? []);
  const { form } = engine;
  const title = Object.fromEntries(form.languages.map((one) => [one, plainText(form.short_title, one, form)]));
  const name = roleValue(engine, "name") ?? about?.name ?? null;
  return { title, card: people[0]?.card ?? about?.card ?? roleValue(engine, "card"), name, people };
}
