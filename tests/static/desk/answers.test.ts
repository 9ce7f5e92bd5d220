import assert from "node:assert/strict";
import { test } from "node:test";
import { readAnswers } from "../../../static/src/desk/answers.ts";
import { FORM, payload } from "./made.ts";

test("answers stand under the form's own words, one group a person", () => {
  const answers = { members: [{ name: "Aigul Test", sex: "f", born: "2015-03-01" }, { name: "Timur Test" }] };
  const read = readAnswers(FORM, payload({ answers }), "kk");
  assert.equal(read.groups.length, 2);
  const [first] = read.groups;
  assert.deepEqual([first?.title, first?.number, first?.of], ["Адам", 1, 2]);
  assert.deepEqual(
    first?.lines.map((line) => [line.label, line.said]),
    [
      ["Аты", { is: "said", text: "Aigul Test" }],
      ["Жынысы", { is: "said", text: "Әйел" }],
      ["Туған күні", { is: "date", date: "2015-03-01" }],
    ],
  );
});

test("ways out are told apart from not asked", () => {
  const read = readAnswers(
    FORM,
    payload({ audience: "protection", answers: { members: [{}, {}] }, ways: { "members[1].relation": "declined" } }),
    "en",
  );
  assert.deepEqual(
    read.groups.map((group) => group.lines.map((line) => line.said)),
    [[{ is: "way", way: "declined" }], [{ is: "not_asked" }]],
  );
});

test("a part shows only its own audience's questions, with units", () => {
  const read = readAnswers(FORM, payload({ audience: "family", answers: { weight: 41.8 } }), "en");
  assert.deepEqual(read.lines, [
    { ref: "weight", label: "Weight", said: { is: "said", text: "41.8" }, unit: "kg" },
    { ref: "first_need", label: "First need", said: { is: "not_asked" }, unit: "" },
  ]);
  assert.deepEqual(read.groups, []);
});

test("an answer that the form does not name is shown under its own name, never dropped", () => {
  const read = readAnswers(FORM, payload({ audience: "family", answers: { later: "kept" } }), "en");
  assert.ok(read.lines.some((line) => line.label === "later" && line.said.is === "said" && line.said.text === "kept"));
});

test("a language that the form does not have falls back to the form's own", () => {
  const read = readAnswers(FORM, payload({ audience: "family", answers: { weight: 1 } }), "ar");
  assert.equal(read.lines[0]?.label, "Weight");
});

test("the people list stands under the words of its questions, one group a person", () => {
  const people = [{ card: "7KQ4-M2XD-9P", name: "Aigul Test", sex: "f", stations: ["registration"] }];
  const read = readAnswers(FORM, payload({ audience: "people", people }), "kk");
  assert.deepEqual(
    read.groups.map((group) => [group.title, group.number, group.lines.map((line) => [line.label, line.said])]),
    [
      [
        "Адам",
        1,
        [
          ["Аты", { is: "said", text: "Aigul Test" }],
          ["Жынысы", { is: "said", text: "Әйел" }],
        ],
      ],
    ],
  );
});
