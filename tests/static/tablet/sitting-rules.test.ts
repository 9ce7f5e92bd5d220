import assert from "node:assert/strict";
import test from "node:test";
import { type Alarm, freshMemory, remembered, type Sitting } from "../../../static/src/tablet/sitting/model.ts";
import { aboutOf, dialled, dutyFor, known, parks, queueOf, sits } from "../../../static/src/tablet/sitting/rules.ts";
import type { PersonHere } from "../../../static/src/vault/types.ts";
import { form } from "../form/opened.ts";

const alone: Sitting = { language: "kk", interpreter: "none", near: ["nobody"], overheard: false, asked: 1 };
const alarm = (flag: string, audience = "medical"): Alarm => {
  return { flag, audience, quiet: false, action: "", taken: null };
};

test("sensitive questions stay shut while others can hear or see, and while a relative interprets", () => {
  assert.equal(parks(alone), false);
  assert.equal(parks({ ...alone, near: ["carer"] }), false);
  assert.equal(parks({ ...alone, interpreter: "staff" }), false);
  assert.equal(parks({ ...alone, overheard: true }), true);
  assert.equal(parks({ ...alone, interpreter: "relative" }), true);
  assert.equal(parks(null), false);
});

test("whoever must be seen now stands first until somebody took over", () => {
  const raised = [alarm("breathing"), alarm("bleeding")];
  const by = (flag: string, name: string | null) => ({ flag, by: name });
  assert.equal(queueOf("first_look", raised, "red", []), 0);
  assert.equal(queueOf("first_look", raised, "red", [by("breathing", "Bota")]), 0);
  assert.equal(queueOf("first_look", raised, "red", [by("breathing", "Bota"), by("bleeding", null)]), 0);
  assert.equal(queueOf("first_look", raised, "red", [by("breathing", "Bota"), by("bleeding", "Bota")]), 1);
});

test("a first look sorts by colour, a medical screening puts in turn, other stations say nothing", () => {
  assert.equal(queueOf("first_look", [], "yellow", []), 1);
  assert.equal(queueOf("first_look", [], "green", []), 2);
  assert.equal(queueOf("medical", [], null, []), 2);
  assert.equal(queueOf("education", [], null, []), null);
  assert.equal(queueOf("education", [alarm("harm", "protection")], null, []), 0);
});

test("the number for an audience is called first, in whatever language it was written", () => {
  const duty = [
    { name: "A", contact: "1", what: "logistics" },
    { name: "B", contact: "2", what: "дәрігер, кезекші" },
    { name: "C", contact: "3", what: "child protection lead" },
  ];
  assert.deepEqual(
    dutyFor("medical", duty).map((one) => one.name),
    ["B", "A", "C"],
  );
  assert.equal(dutyFor("protection", duty)[0]?.name, "C");
  assert.equal(dutyFor("psychiatric", duty).length, 3);
});

test("a contact is dialled when it holds a number, and read out when it does not", () => {
  assert.equal(dialled("+7 700 000-00-01"), "+77000000001");
  assert.equal(dialled("103"), "103");
  assert.equal(dialled("tent 4"), null);
  assert.equal(dialled("radio, channel three"), null);
});

test("a form is told of a person what the list knows of them, and nothing else", () => {
  const row = { card: "C", name: "Aigul", sex: "female", birth_date: "2021-11-20", birth_date_precision: "day" };
  const person = { ...row, stations: ["registration"], queue: 1, codes: ["C"], parts: [] } as unknown as PersonHere;
  assert.deepEqual(aboutOf(person), row);
  assert.deepEqual(known(aboutOf(person)), {
    "person.name": "Aigul",
    "person.sex": "female",
    "person.birth_date": "2021-11-20",
    "person.birth_date_precision": "day",
  });
  assert.deepEqual(known(null), {});
});

test("a talk comes before a form about one person, and before no first look", () => {
  assert.equal(sits(form("visit")), true);
  assert.equal(sits(form("family")), false);
  assert.equal(sits({ ...form("visit"), station: "first_look" }), false);
});

test("a draft from before talks were remembered opens, and remembers nothing", () => {
  assert.deepEqual(remembered(null), freshMemory());
  assert.deepEqual(remembered({ seen: ["body"], given: true }).seen, ["body"]);
  assert.deepEqual(remembered("torn"), freshMemory());
});
