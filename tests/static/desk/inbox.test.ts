import assert from "node:assert/strict";
import { test } from "node:test";
import { countRows, filterRows, inboxRow, sortRows } from "../../../static/src/desk/inbox.ts";
import { Ledger } from "../../../static/src/desk/ledger.ts";
import type { Submission } from "../../../static/src/desk/records.ts";
import { decision, FORM, part, payload, submission } from "./made.ts";

const forms = new Map([["form", FORM]]);
const people = [
  { card: "7KQ4-M2XD-9P", name: "Aigul Test", stations: [] },
  { card: "9C2M-TX7K-8D", name: "Timur Test", stations: [] },
];
const named = payload({ people, subject: { household: "h", cards: people.map((one) => one.card) } });

function row(entry: Submission, ledger = new Ledger(), opened = new Set<string>()) {
  ledger.addSubmission(entry);
  return inboxRow(entry, ledger, opened, forms, "kk");
}

test("a reviewer sees who it is about, the card and the form in her language", () => {
  const seen = row(submission({ parts: [part("people@arrival", { is: "open", payload: named })] }));
  assert.deepEqual(seen.who, { is: "named", name: "Aigul Test", more: 1 });
  assert.equal(seen.card, "7KQ4-M2XD-9P");
  assert.equal(seen.cards, 2);
  assert.equal(seen.form, "Тіркеу");
  assert.equal(seen.state, "new");
});

test("names are found in the coordination part by their role", () => {
  const answers = { members: [{ name: "Leyla Test" }, { name: "Yusuf Test" }] };
  const seen = row(submission({ parts: [part("coordination", { is: "open", payload: payload({ answers }) })] }));
  assert.deepEqual(seen.who, { is: "named", name: "Leyla Test", more: 1 });
});

test("what is sealed to others says to whom and shows nothing", () => {
  const seen = row(submission({ parts: [part("coordination", { is: "sealed" }), part("family", { is: "sealed" })] }));
  assert.deepEqual(seen.who, { is: "sealed", audience: "coordination" });
  assert.equal(seen.card, null);
  assert.equal(seen.state, "sealed");
});

test("a protection officer sees the row open without the name", () => {
  const parts = [part("coordination", { is: "sealed" }), part("protection", { is: "open", payload: payload() })];
  const seen = row(submission({ parts }));
  assert.deepEqual(seen.who, { is: "sealed", audience: "coordination" });
  assert.equal(seen.state, "new");
});

test("a part that fails a check is a problem and never a name", () => {
  const failure = { step: 4, code: "bad_binding" };
  const parts = [part("people@arrival", { is: "open", payload: named }), part("family", { is: "failed", failure })];
  const seen = row(submission({ parts }));
  assert.equal(seen.state, "problem");
  assert.deepEqual(seen.who, { is: "failed", failure });
});

test("opened, then decided, then decided otherwise", () => {
  const ledger = new Ledger();
  const entry = submission({ parts: [part("coordination", { is: "open", payload: payload() })] });
  assert.equal(row(entry, ledger, new Set([entry.hash])).state, "opened");
  ledger.addDecision(decision({ of: entry.hash, state: "accepted", pending: true }));
  assert.equal(row(entry, ledger).state, "accepted");
  assert.equal(row(entry, ledger).pending, true);
  ledger.addDecision(decision({ seq: 2, of: entry.hash, state: "returned" }));
  assert.equal(row(entry, ledger).state, "returned");
  assert.equal(row(entry, ledger).pending, false);
});

test("trouble first, then newest first, and every row in exactly one view", () => {
  const failure = { step: 1, code: "bad_signature" };
  const rows = sortRows([
    row(submission({ seq: 1, failure })),
    row(submission({ seq: 2, parts: [part("family", { is: "sealed" })] })),
    row(submission({ seq: 3, parts: [part("coordination", { is: "waiting" })] })),
  ]);
  assert.deepEqual(
    rows.map((one) => one.hash),
    ["entry-1", "entry-3", "entry-2"],
  );
  const { all, ...counts } = countRows(rows);
  assert.equal(
    Object.values(counts).reduce((a, b) => a + b),
    all,
  );
  assert.deepEqual(
    filterRows(rows, "sealed").map((one) => one.hash),
    ["entry-2"],
  );
});
