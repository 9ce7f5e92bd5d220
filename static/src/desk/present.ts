// From what the desk knows to what its screens are given. Pure: no clock, no DOM, no request.
import type { CompiledForm } from "../form/index.ts";
import { readAnswers } from "./answers.ts";
import { failureOf, type InboxRow, stateOf } from "./inbox.ts";
import type { Ledger } from "./ledger.ts";
import type { PartSeen, Submission } from "./records.ts";
import { isPeople, plainText } from "./texts.ts";
import { toldOf } from "./told.ts";
import type { PartView, SubmissionView } from "./view.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export type Known = {
  ledger: Ledger;
  forms: ReadonlyMap<string, CompiledForm>;
  /** hashes whose receipt was verified */
  safe: ReadonlySet<string>;
  language: string;
};

/** The submission page. `shown` are the rows of the list that it was opened from. */
export function presentSubmission(
  entry: Submission,
  rows: readonly InboxRow[],
  shown: readonly InboxRow[],
  known: Known,
): SubmissionView | null {
  const row = rows.find((one) => one.hash === entry.hash);
  if (!row) return null;
  const { ledger, forms } = known;
  const form = forms.get(entry.form);
  const payload = entry.parts.map((part) => part.state).find((state) => state.is === "open");
  return {
    row,
    place: placeOf(entry.hash, shown),
    failure: entry.failure,
    parts: inOrder(entry.parts).map((part) => partView(part, form, known.language)),
    staff: payload?.is === "open" ? payload.payload.staff.name : null,
    tablet: entry.writer?.name ?? "",
    seq: entry.seq,
    sealedAt: entry.time,
    receivedAt: entry.received,
    clockOff: entry.time - entry.received > DAY_MS,
    version: entry.form,
    formNumber: form?.number ?? null,
    safe: known.safe.has(entry.hash),
    twins: ledger.twins(entry).map(otherOf),
    successors: ledger.successors(entry.hash).map(otherOf),
    told: payload?.is === "open" ? toldOf(payload.payload) : null,
    before: entry.continues === null ? null : { hash: ledger.claims(entry.continues)[0]?.hash ?? null },
    after: ledger.pieces(entry.submission).map(otherOf),
    decisions: ledger.decisionsOn(entry.hash),
    mayDecide: mayDecide(entry),
  };
}

/** Only who can read something of it may decide on it, and only what passed every check. */
export function mayDecide(entry: Submission): boolean {
  return !failureOf(entry) && entry.parts.some((part) => part.state.is === "open");
}

/** Whether `a` in the list means this row: open to this reader and not accepted already. */
export function mayAccept(entry: Submission, ledger: Ledger): boolean {
  return mayDecide(entry) && stateOf(entry, ledger, new Set()) !== "accepted";
}

/** What is asked of the family first, then coordination, then who they are; what is not for this reader at the end. */
function inOrder(parts: readonly PartSeen[]): PartSeen[] {
  const rank = ({ audience, state }: PartSeen) =>
    (state.is === "sealed" || state.is === "erased" ? 10 : 0) +
    (isPeople(audience) ? 2 : audience === "coordination" ? 1 : 0);
  return [...parts].sort((a, b) => rank(a) - rank(b) || (a.audience < b.audience ? -1 : 1));
}

function partView(part: PartSeen, form: CompiledForm | undefined, language: string): PartView {
  const { audience, state } = part;
  if (state.is !== "open") return { audience, state };
  const { payload } = state;
  // Without its form an answer has no question: wait for it.
  if (!form) return { audience, state: { is: "waiting" } };
  const answers = readAnswers(form, payload, language);
  const flags = toldOf(payload).flags.map((flag) => ({ ...flag, action: actionOf(form, flag.name, language) }));
  return {
    audience,
    state: { is: "open", answers, formNumber: payload.form.number, language: payload.language, flags },
  };
}

/** What the form says to do; a flag that this version does not know shows its name. */
function actionOf(form: CompiledForm, name: string, language: string): string {
  const flag = form.flags?.find((one) => one.name === name);
  return plainText(flag?.action, language, form.default_language) || name;
}

function placeOf(hash: string, shown: readonly InboxRow[]): SubmissionView["place"] {
  const at = shown.findIndex((row) => row.hash === hash);
  return {
    n: at + 1,
    of: shown.length,
    previous: shown[at - 1]?.hash ?? null,
    next: at < 0 ? null : (shown[at + 1]?.hash ?? null),
  };
}

function otherOf(entry: Submission): { hash: string; receivedAt: number; tablet: string } {
  return { hash: entry.hash, receivedAt: entry.received, tablet: entry.writer?.name ?? "" };
}
