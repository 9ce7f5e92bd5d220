import assert from "node:assert/strict";
import { test } from "node:test";
import { Ledger } from "../../../static/src/desk/ledger.ts";
import { decision, stated, submission } from "./made.ts";

test("the order of arrival changes no answer", () => {
  const entries = [1, 2, 4].map((seq) => submission({ seq }));
  const decisions = [decision({ seq: 1 }), decision({ seq: 2, state: "returned", time: 9000 })];
  const forwards = new Ledger();
  const backwards = new Ledger();
  for (const one of entries) forwards.addSubmission(one);
  for (const one of decisions) forwards.addDecision(one);
  forwards.addStated(stated({ seq: 5 }));
  backwards.addStated(stated({ seq: 5 }));
  for (const one of decisions.toReversed()) backwards.addDecision(one);
  for (const one of entries.toReversed()) backwards.addSubmission(one);
  assert.deepEqual(forwards.gaps("device-1:a"), backwards.gaps("device-1:a"));
  assert.deepEqual(forwards.decisionsOn("entry-1"), backwards.decisionsOn("entry-1"));
  assert.equal(forwards.decisionsOn("entry-1").at(-1)?.state, "returned");
});

test("an entry that comes twice is one entry", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission());
  ledger.addSubmission(submission());
  assert.equal(ledger.submissions.size, 1);
  assert.deepEqual(ledger.forks("device-1:a"), []);
});

test("a number used twice is a fork for ever", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 1 }));
  ledger.addSubmission(submission({ seq: 1, hash: "another" }));
  ledger.addSubmission(submission({ seq: 2 }));
  assert.deepEqual(ledger.forks("device-1:a"), [1]);
});

test("an entry with a bad signature says nothing about the log it names", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 9, failure: { step: 1, code: "bad_signature" } }));
  assert.deepEqual(ledger.logs(), []);
  assert.equal(ledger.keptApart(), 1);
});

test("an older head statement never lowers what is owed", () => {
  const ledger = new Ledger();
  ledger.addStated(stated({ seq: 5, time: 10 }));
  ledger.addStated(stated({ seq: 2, time: 20 }));
  assert.equal(ledger.gaps("device-1:a").owed, 5);
});

test("a log that continues another says how far the other went", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 1 }));
  ledger.addContinued("device-1:a", 3);
  assert.deepEqual(ledger.gaps("device-1:a").missing, [{ from: 2, to: 3 }]);
});

test("a decision signed here is pending until it comes back, and its words stay readable", () => {
  const ledger = new Ledger();
  const made = decision({ pending: true, question: { is: "open", words: "Which village?" } });
  ledger.addDecision(made);
  assert.equal(ledger.has(made.hash), false);
  assert.equal(ledger.pending().length, 1);
  assert.deepEqual(ledger.logs(), []);
  ledger.addDecision({ ...made, pending: false, question: { is: "sealed" } });
  assert.equal(ledger.pending().length, 0);
  assert.deepEqual(ledger.decisionsOn("entry-1")[0]?.question, { is: "open", words: "Which village?" });
  ledger.addDecision(made);
  assert.equal(ledger.pending().length, 0);
});

test("two entries that claim one submission id are two", () => {
  const ledger = new Ledger();
  const first = submission({ seq: 1 });
  const second = submission({ seq: 2, submission: first.submission });
  ledger.addSubmission(first);
  ledger.addSubmission(second);
  assert.deepEqual(ledger.twins(first), [second]);
  assert.deepEqual(ledger.twins(second), [first]);
});
