/**
 * From one open form to one payload an audience. The same as forms/split.py.
 *
 * Rules: an answer goes to exactly one audience; what identifies goes to `people` as rows and to `coordination` as answers.
 * Every audience of the form gets a payload, empty or not: a missing part would tell. In other audiences the items of a
 * repeat stand in the same order and repeat the card. Completeness never counts psychiatric or protection questions.
 */
import { answer, asks, sealed } from "./answers.ts";
import { inside } from "./engine.ts";
import type { Node } from "./tree.ts";
import type { Answers, Engine, Facts, PartPayload, PersonRow, Question, SplitContext, Ways } from "./types.ts";

type Row = Record<string, string>;
const COUNTED_BY_NOBODY = new Set(["psychiatric", "protection"]);

/** Payloads in the order of the form's audiences. */
export function split(engine: Engine, context: SplitContext): PartPayload[] {
  const { root, today } = inside(engine);
  const form = engine.form;
  const everybody = people(root);
  const cards = context.card === null ? everybody.flatMap((row) => row["card"] ?? []) : [context.card];
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
    ...(audience === "people" ? { people: personRows(everybody, context.card, form.station) } : {}),
    ...(audience === "coordination" ? { completeness: completeness(root) } : {}),
  }));
}

function ownFacts(context: SplitContext, row: Row): Partial<Facts> {
  const names = ["sex", "birth_date", "birth_date_precision"] as const;
  const own = names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]] as const]));
  return { ...context.facts, ...Object.fromEntries(own) };
}

/** A person is known by her card: a row without one would tell nobody anything. */
function personRows(everybody: Row[], known: string | null, station: string | null): PersonRow[] {
  const stations = station === null ? [] : [station];
  return everybody.flatMap((row) => {
    const card = row["card"] ?? known;
    return card === null ? [] : [{ ...row, card, stations }];
  });
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
  return [...rows.values()].map((row) =>
    row["birth_date"] === undefined ? row : { birth_date_precision: "day", ...row },
  );
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
    if (question === null || !asks(question) || !node.shown() || COUNTED_BY_NOBODY.has(question.audience)) continue;
    counts[node.way ?? (node.value === "" ? "not_asked" : "answered")] += 1;
  }
  return counts;
}
