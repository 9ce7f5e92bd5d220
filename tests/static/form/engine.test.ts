/** What follows from an answer: the scenarios of tests/forms/test_evaluate.py on the tablet's engine. */
import assert from "node:assert/strict";
import test from "node:test";
import {
  type Changes,
  type Known,
  type Missing,
  openForm,
  type Raised,
  type Ref,
  sections,
} from "../../../static/src/form/index.ts";
import { vectors } from "../vectors.ts";
import { form, opened, type Step } from "./opened.ts";

interface Given {
  form: string;
  steps: Step[];
  known?: Known;
}
interface Expect {
  changes?: Partial<Changes>;
  missing?: Missing;
  sealed?: unknown;
  flags?: Raised[];
  prefilled?: Ref[];
}

for (const { sentence, given, expect } of vectors<Given, Expect>("forms", "engine")) {
  test(sentence, () => {
    const engine = opened(given.form, given.steps, given.known);
    const told = Object.entries(engine.changes()).filter(([, found]) => Object.keys(found).length > 0);
    const found: Required<Expect> = {
      changes: Object.fromEntries(told),
      missing: engine.missing(),
      sealed: engine.answersForSeal(),
      flags: engine.flags(),
      prefilled: engine.prefilled(),
    };
    for (const name of Object.keys(expect) as (keyof Expect)[]) assert.deepEqual(found[name], expect[name], name);
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

test("children that a smaller number took out come back after the tablet was locked", () => {
  const engine = opened("counted", [
    ["set", "any", "y"],
    ["set", "how_many", 3],
    ["set", "children[3].called", "Asel"],
    ["set", "children[3].toys_of", 2],
    ["set", "children[3].toys[2].toy", "kite"],
    ["set", "children[3].toys_of", 0],
    ["set", "any", "n"],
  ]);
  const again = opened("counted");
  again.restore(JSON.parse(JSON.stringify(engine.draft())));
  assert.deepEqual(again.all(), engine.all());
  assert.deepEqual(again.draft(), engine.draft());
  for (const one of [engine, again]) {
    one.set("any", "y");
    one.set("children[3].toys_of", 2);
  }
  assert.equal(again.value("children[3].called"), "Asel");
  assert.equal(again.value("children[3].toys[2].toy"), "kite");
  assert.deepEqual(again.all(), engine.all());
});

test("a draft of more instances than a ref can name is refused", () => {
  const engine = opened("counted", [["set", "any", "y"]]);
  const before = engine.all();
  for (const ref of ["children", "later.visits"]) {
    assert.throws(() => engine.restore({ values: {}, ways: {}, repeats: { [ref]: 1e12 } }), RangeError);
  }
  assert.deepEqual(engine.all(), before);
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

test("sections stand in the order of the page, and loose questions before them have one of their own", () => {
  assert.deepEqual(sections(form("visit")), ["", "body", "wounds", "private"]);
  assert.deepEqual(sections(form("clinic")), ["", "body", "pregnancy"]);
});

test("what is needed and not there is told of one question too", () => {
  const engine = opened("visit", [["set", "body.swollen", "no"]]);
  assert.equal(engine.lacks("sex"), true);
  assert.equal(engine.lacks("body.swollen"), false);
  engine.set("sex", "female");
  assert.equal(engine.lacks("sex"), false);
});

test("an answer touches what reads it, and nothing else is told again", () => {
  const engine = opened("visit", [["set", "born", "2022-08-14"]]);
  engine.changes();
  engine.set("body.muac", 112);
  const told = engine.changes();
  assert.deepEqual(Object.keys(told.relevant), []);
  assert.deepEqual(told.values, { "body.muac": "112" });
  assert.deepEqual(told.flags, { thin: true });
  engine.set("body.muac", 112);
  assert.deepEqual(Object.values(engine.changes()).flatMap(Object.keys), []);
});

test("a counted repeat is not for hands", () => {
  const engine = opened("counted", [
    ["set", "any", "y"],
    ["set", "how_many", 2],
  ]);
  assert.throws(() => engine.addRepeat("children"), RangeError);
  assert.throws(() => engine.removeRepeat("children", 1), RangeError);
  assert.equal(engine.all().repeats["children"], 2);
});

test("a talk that ends says when", () => {
  const engine = opened("counted");
  engine.changes();
  engine.finish("2026-03-01T15:00:00.000+05:00");
  assert.deepEqual(engine.changes().values, { ended: "2026-03-01T15:00:00.000+05:00" });
});

test("what takes the place of a removed instance is told whole", () => {
  const engine = opened("counted", [
    ["set", "stop", 1],
    ["addRepeat", "later.visits"],
    ["addRepeat", "later.visits[1].words"],
    ["set", "later.visits[1].words[2].word", "gone"],
  ]);
  engine.changes();
  engine.removeRepeat("later.visits", 1);
  engine.changes();
  engine.addRepeat("later.visits[1].words");
  const told = engine.changes();
  assert.equal(told.values["later.visits[1].words[1].word"] ?? "", "");
  assert.deepEqual(told.repeats, { "later.visits[1].words": engine.all().repeats["later.visits[1].words"] });
  for (const [ref, count] of Object.entries(engine.all().repeats)) assert.ok(count >= 0, ref);
});

test("a draft that is opened again does not begin again", () => {
  const engine = opened("counted", [
    ["set", "stop", 1],
    ["set", "later.visits[1].day", null],
  ]);
  const again = openForm(form("counted"), { today: "2026-04-01", now: "2026-04-01T09:00:00.000+05:00" });
  again.restore(engine.draft());
  assert.equal(again.value("later.visits[1].day"), "");
  assert.equal(again.value("began"), "2026-03-01T14:06:00.000+05:00");
});
