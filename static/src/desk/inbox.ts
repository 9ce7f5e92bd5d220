// The inbox as rows: who, which card, which form, from where, in which state. What is sealed to others says so.
import type { CompiledForm, PartPayload } from "../form/index.ts";
import type { Ledger } from "./ledger.ts";
import { peopleOf } from "./people.ts";
import type { Decision, Failure, PartSeen, Submission } from "./records.ts";
import type { Shown } from "./route.ts";
import { isPeople, plainText } from "./texts.ts";
import { type Urgency, urgencyOf } from "./told.ts";

export type RowState = "new" | "opened" | "accepted" | "returned" | "sealed" | "problem";

/** What stands in the person column; never an empty cell. */
export type Who =
  | { is: "named"; name: string; more: number }
  | { is: "unnamed" }
  | { is: "sealed"; audience: string }
  | { is: "opening" }
  | { is: "failed"; failure: Failure };

export type InboxRow = {
  hash: string;
  who: Who;
  card: string | null;
  cards: number;
  form: string;
  site: string;
  tablet: string;
  state: RowState;
  /** the decision waits for the centre's receipt */
  pending: boolean;
  /** another entry claims the same submission id */
  twice: boolean;
  received: number;
  /** as far as this reader's parts tell; null also once it was accepted: somebody saw to it */
  urgency: Urgency | null;
};

/** The parts that tell who it is about, the fuller one first. */
export function namingParts(parts: readonly PartSeen[]): PartSeen[] {
  const rank = (part: PartSeen) => (part.audience === "coordination" ? 0 : isPeople(part.audience) ? 1 : 2);
  return parts.filter((part) => rank(part) < 2).sort((a, b) => rank(a) - rank(b));
}

/** The first failure of an entry or of one of its parts. */
export function failureOf(entry: Submission): Failure | null {
  if (entry.failure) return entry.failure;
  const failed = entry.parts.map((part) => part.state).find((state) => state.is === "failed");
  return failed?.is === "failed" ? failed.failure : null;
}

/** Nothing of it is for this reader. */
export function allSealed(entry: Submission): boolean {
  return (
    entry.parts.length > 0 && entry.parts.every((part) => part.state.is === "sealed" || part.state.is === "erased")
  );
}

/** The decision that stands: the last by the writers' own times. */
export function standing(decisions: readonly Decision[]): Decision | null {
  return decisions.at(-1) ?? null;
}

export function stateOf(entry: Submission, ledger: Ledger, opened: ReadonlySet<string>): RowState {
  if (failureOf(entry)) return "problem";
  const decision = standing(ledger.decisionsOn(entry.hash));
  if (decision) return decision.state;
  if (allSealed(entry)) return "sealed";
  return opened.has(entry.hash) ? "opened" : "new";
}

function whoOf(entry: Submission, form: CompiledForm | undefined): Who {
  const failure = failureOf(entry);
  if (failure) return { is: "failed", failure };
  const naming = namingParts(entry.parts);
  for (const part of naming) {
    if (part.state.is !== "open") continue;
    const names = peopleOf(part.state.payload, form)
      .map((person) => person.name)
      .filter((name) => name !== "");
    const [name] = names;
    return name ? { is: "named", name, more: names.length - 1 } : { is: "unnamed" };
  }
  if (naming.some((part) => part.state.is === "waiting" || part.state.is === "unreached")) return { is: "opening" };
  return { is: "sealed", audience: naming[0]?.audience ?? entry.parts[0]?.audience ?? "coordination" };
}

function cardsOf(entry: Submission): string[] {
  for (const part of entry.parts) {
    if (part.state.is !== "open") continue;
    const { card, subject } = part.state.payload;
    const cards = card ? [card] : subject.cards;
    if (cards.length > 0) return cards;
  }
  return [];
}

export function inboxRow(
  entry: Submission,
  ledger: Ledger,
  opened: ReadonlySet<string>,
  forms: ReadonlyMap<string, CompiledForm>,
  language: string,
): InboxRow {
  const cards = cardsOf(entry);
  const form = forms.get(entry.form);
  const decision = standing(ledger.decisionsOn(entry.hash));
  const state = stateOf(entry, ledger, opened);
  return {
    hash: entry.hash,
    who: whoOf(entry, form),
    card: cards[0] ?? null,
    cards: cards.length,
    form: form ? plainText(form.title, language, form.default_language) : "",
    site: entry.writer?.is === "device" ? entry.writer.site : "",
    tablet: entry.writer?.name ?? "",
    state,
    pending: decision?.pending ?? false,
    twice: ledger.twins(entry).length > 0,
    received: entry.received,
    urgency: state === "accepted" || state === "problem" ? null : urgencyOf(openPayloads(entry)),
  };
}

function openPayloads(entry: Submission): PartPayload[] {
  return entry.parts.flatMap(({ state }) => (state.is === "open" ? [state.payload] : []));
}

/**
 * P1 that nobody took over, other P1, what is not proven, then by deadline, then newest first; equal ones by hash, so that
 * the list never jumps.
 */
export function sortRows(rows: readonly InboxRow[]): InboxRow[] {
  const due = (row: InboxRow) => row.urgency?.due ?? Number.MAX_SAFE_INTEGER;
  return [...rows].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      due(a) - due(b) ||
      b.received - a.received ||
      (a.hash < b.hash ? -1 : a.hash > b.hash ? 1 : 0),
  );
}

function rank({ urgency, state }: InboxRow): number {
  if (urgency?.level === "P1") return urgency.nobody ? 0 : 1;
  if (state === "problem") return 2;
  return urgency?.due == null ? 4 : 3;
}

export function filterRows(rows: readonly InboxRow[], shown: Shown): InboxRow[] {
  return shown === "all" ? [...rows] : rows.filter((row) => row.state === shown);
}

export function countRows(rows: readonly InboxRow[]): Record<Shown, number> {
  const counts: Record<Shown, number> = {
    all: rows.length,
    new: 0,
    opened: 0,
    returned: 0,
    accepted: 0,
    sealed: 0,
    problem: 0,
  };
  for (const row of rows) counts[row.state] += 1;
  return counts;
}
