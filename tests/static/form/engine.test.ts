/** What follows from an answer: the scenarios of tests/forms/test_evaluate.py on the tablet's engine. */
import assert from "node:assert/strict";
import test from "node:test";
import { type Changes, type Missing, openForm } from "../../../static/src/form/index.ts";
import { vectors } from "../vectors.ts";
import { form, opened, type Step } from "./opened.ts";

interface Given {
  form: string;
  steps: Step[];
}
interface Expect {
  changes: Partial<Changes>;
  missing: Missing;
  sealed: unknown;
}

for (const { sentence, given, expect } of vectors<Given, Expect>("forms", "engine")) {
  test(sentence, () => {
    const engine = opened(given.form, given.steps);
    const told = Object.entries(engine.changes()).filter(([, found]) => Object.keys(found).length > 0);
    assert.deepEqual(Object.fromEntries(told), expect.changes);
    assert.deepEqual(engine.missing(), expect.missing);
    assert.deepEqual(engine.answersForSeal(), expect.sealed);
  });
}

test("a draft that was put away and opened again reads the same", () => {
  const engine = opened("family", [
    ["set", "members[1].name", "Айгүл"],
    ["addRepeat", "members"],
    ["way", "members[2].birth_date", "unknown"],
  ]);
  const again = opened("family");
  again.restore(JSON.parse(JSON.stringify(engine.draft())));
  assert.deepEqual(again.all(), engine.all());
});

test("sealed answers open again as they were sealed", () => {
  const engine = opened("clinic", [
    ["set", "body.weight", 11.8],
    ["set", "seen", ["thin", "fever"]],
    ["set", "agreed", true],
    ["way", "born", "unknown"],
  ]);
  const sealed = JSON.parse(JSON.stringify(engine.answersForSeal()));
  const again = openForm(form("clinic"), { today: engine.today, now: "2026-03-01T14:06:00.000+05:00", ...sealed });
  assert.deepEqual(again.answersForSeal(), sealed);
});

test("the texts of a question follow the language, also before a page is there", () => {
  const engine = opened("family", [["set", "members[1].name", "Мадина"]]);
  assert.equal(engine.text("members[1].relation"), "Who is Мадина in this family?");
  engine.setLanguage("kk");
  assert.equal(engine.text("members[1].relation"), "Мадина осы отбасында кім?");
  assert.equal(engine.text("members[1].card", "hint"), "Картадағы он таңбаны теріңіз.");
  assert.deepEqual(engine.refs("members.card"), ["members[1].card"]);
});

for (const ref of ["nobody", "members", "members[2].name", "members.name", "members[1]", "members[01].name", ""]) {
  test(`there is no question ${ref || "without a name"} to answer`, () => {
    const engine = opened("family");
    assert.throws(() => engine.set(ref, "x"), RangeError);
  });
}

test("what is calculated is not for a person to change", () => {
  assert.throws(() => opened("clinic").set("age", "7"), RangeError);
});

test("a way out that the question does not offer is refused", () => {
  assert.throws(() => opened("family").way("members[1].name", "declined"), RangeError);
});

test("the last person of a household cannot be removed", () => {
  const engine = opened("family");
  assert.equal(engine.removeRepeat("members", 1), false);
  engine.addRepeat("members");
  assert.equal(engine.removeRepeat("members", 2), true);
  assert.throws(() => engine.removeRepeat("members", 2), RangeError);
});

test("a draft of another form changes nothing", () => {
  const engine = opened("family", [["set", "members[1].name", "Aigul"]]);
  assert.throws(() => engine.restore({ values: { nobody: "x" }, ways: {}, repeats: {} }), RangeError);
  assert.equal(engine.value("members[1].name"), "Aigul");
});
