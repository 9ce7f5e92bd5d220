/**
 * From one open form to one payload an audience. The same as forms/split.py.
 *
 * Rules: an answer goes to exactly one audience; what identifies goes to `people` as rows and to `coordination` as answers.
 * Every audience of the form gets a payload, empty or not: a missing part would tell. In other audiences the items of a
 * repeat stand in the same order and repeat the card. A raised flag goes to its own audience; `coordination` learns the most
 * urgent level of what is medical, education or family, and of psychiatric and protection flags only by when the duty lead
 * must be asked. Completeness never counts psychiatric or protection questions.
 */
import { answer, asks, sealed } from "./answers.ts";
import { inside } from "./engine.ts";
import type { Node } from "./tree.ts";
import type {
  Answers,
  CompiledForm,
  Engine,
  Facts,
  PartFlag,
  PartPayload,
  PersonRow,
  Question,
  Raised,
  SplitContext,
  Ways,
} from "./types.ts";

type Row = Record<string, string>;
const HOUR = 3_600_000;
/** Audiences that are counted by nobody, and whose flags show no level elsewhere. */
const PRIVATE = new Set(["psychiatric", "protection"]);

/** Payloads in the order of the form's audiences. */
export function split(engine: Engine, context: SplitContext): PartPayload[] {
  const { root, today } = inside(engine);
  const form = engine.form;
  const everybody = people(root);
  const cards = context.card === null ? everybody.flatMap((row) => row["card"] ?? []) : [context.card];
  const raised = engine.flags();
  const facts = form.subject === "person" ? ownFacts(context, everybody[0] ?? {}) : {};
  return form.audiences.map(({ audience }) => ({
    v: 1,
    audience,
    submission: context.submission,
    form: { key: form.key, version: context.version, number: form.number },
    subject: { household: context.household, cards },
    card: context.card,
    staff: context.staff,
    asked_at: context.asked_at,
    mode: context.mode,
    language: engine.language,
    facts: { ...facts, visit_date: today },
    answers: answersFor(audience, root, form.questions),
    ways: waysFor(audience, root),
    handed: context.handed ?? [],
    sitting: context.sitting ?? null,
    outcome: context.outcome ?? "done",
    again_on: context.again_on ?? null,
    continues: context.continues ?? null,
    parked: context.parked ?? [],
    stopped: context.stopped ?? null,
    typed_at: context.typed_at ?? null,
    paper: context.paper ?? null,
    flags: raised.filter((flag) => flag.audience === audience).map((flag) => partFlag(flag, context)),
    ...(audience === "people" ? { people: personRows(everybody, form, context) } : {}),
    ...(audience === "coordination" ? { ...urgency(raised, context), completeness: completeness(root) } : {}),
  }));
}

function ownFacts(context: SplitContext, row: Row): Partial<Facts> {
  const names = ["sex", "birth_date", "birth_date_precision"] as const;
  const own = names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]] as const]));
  return { ...context.facts, ...Object.fromEntries(own) };
}

/** Milliseconds; null for what waits for the next visit. */
function dueOf(flag: Raised, context: SplitContext): number | null {
  return flag.hours === null ? null : context.asked_at + flag.hours * HOUR;
}

function partFlag(flag: Raised, context: SplitContext): PartFlag {
  const taken = context.taken_over?.findLast((one) => one.flag === flag.name);
  const found: PartFlag = { name: flag.name, level: flag.level, due: dueOf(flag, context) };
  return taken === undefined
    ? found
    : { ...found, taken_over: { by: taken.by, carer_unsafe: taken.carer_unsafe ?? false } };
}

function urgency(raised: Raised[], context: SplitContext): Pick<PartPayload, "urgency" | "due"> {
  const [first] = raised.filter((flag) => !PRIVATE.has(flag.audience));
  const dues = raised.filter((flag) => PRIVATE.has(flag.audience)).map((flag) => dueOf(flag, context));
  const known = dues.filter((due) => due !== null);
  return {
    urgency: first === undefined ? null : { level: first.level, due: dueOf(first, context) },
    due: known.length === 0 ? null : Math.min(...known),
  };
}

/** A person is known by her card: a row without one would tell nobody anything. */
function personRows(everybody: Row[], form: CompiledForm, context: SplitContext): PersonRow[] {
  const { card: known, outcome = "done" } = context;
  const done = {
    stations: form.station === null || outcome === "part" ? [] : [form.station],
    ...(context.queue == null ? {} : { queue: context.queue }),
    ...(outcome === "part" ? { part: part(form, context) } : {}),
    ...(outcome === "not_wanted" && form.station !== null
      ? { not_wanted: { station: form.station, again_on: context.again_on ?? null } }
      : {}),
  };
  const rows = form.subject === "person" && everybody.length === 0 ? [{} as Row] : everybody;
  const family = familyCard(everybody, form, context);
  return rows.flatMap((row) => {
    const card = row["card"] ?? (form.subject === "person" ? known : null);
    return card === null ? [] : [{ ...family, ...row, card, ...done }];
  });
}

/** The family's card as it was said for all, else as it is known, else of a household its first member's own. */
function familyCard(everybody: Row[], form: CompiledForm, context: SplitContext): { family_card?: string } {
  const household = form.subject === "household";
  const said = household
    ? everybody.find((row) => row["card"] === undefined && row["family_card"] !== undefined)
    : null;
  const first = household ? everybody.find((row) => row["card"] !== undefined)?.["card"] : undefined;
  const card = said?.["family_card"] ?? context.family_card ?? first;
  return card === undefined ? {} : { family_card: card };
}

function part(form: CompiledForm, context: SplitContext): NonNullable<PersonRow["part"]> {
  const { version, submission, sections = [] } = context;
  return { form: form.key, version, submission, sections };
}

function answersFor(audience: string, root: Node, questions: Question[]): Answers {
  if (audience === "people") return {};
  if (audience === "coordination") return sealed(root, (question) => question.audience === audience);
  const top = (question: Question): string => question.ref.split(".")[0] ?? "";
  const mine = new Set(questions.filter((q) => q.audience === audience && q.kind !== "repeat").map(top));
  return sealed(root, (q) => q.audience === audience || (q.role === "card" && mine.has(top(q))));
}

function waysFor(audience: string, root: Node): Ways {
  const ways: Ways = {};
  if (audience === "people") return ways;
  for (const node of root.walk()) {
    if (node.question?.audience === audience && node.way !== null && node.shown()) ways[node.ref()] = node.way;
  }
  return ways;
}

/** One row for everybody whom the form identifies, in its order; cards as printed. */
function people(root: Node): Row[] {
  const rows = new Map<Node, Row>();
  for (const node of root.walk()) {
    const question = node.question;
    if (question?.role === undefined || node.string() === "") continue;
    const instance = instanceOf(node);
    rows.set(instance, { ...rows.get(instance), [question.role]: String(answer(question, node.value)) });
  }
  const dated = [...rows.values()].map(({ birth_date_precision = "day", ...row }) =>
    row["birth_date"] === undefined ? row : { ...row, birth_date_precision },
  );
  return dated.filter((row) => Object.keys(row).length > 0);
}

/** The repeat's instance that a node stands in, or the form. */
function instanceOf(node: Node): Node {
  let at = node;
  while (at.parent !== null && at.question?.kind !== "repeat") at = at.parent;
  return at;
}

function completeness(root: Node): { answered: number; unknown: number; declined: number; not_asked: number } {
  const counts = { answered: 0, unknown: 0, declined: 0, not_asked: 0 };
  for (const node of root.walk()) {
    const question = node.question;
    if (question === null || !asks(question) || !node.shown() || PRIVATE.has(question.audience)) continue;
    counts[node.way ?? (node.value === "" ? "not_asked" : "answered")] += 1;
  }
  return counts;
}
