import assert from "node:assert/strict";
import test from "node:test";
import { years } from "../../../static/src/tablet/people/find-screen.ts";
import { Index, MOST, plainCode, type Wanted } from "../../../static/src/tablet/people/search.ts";
import type { PersonHere } from "../../../static/src/vault/index.ts";
import { NOW, person } from "./arrived.ts";

const PEOPLE: PersonHere[] = [
  person("7KQ4-M2XD-9P", { name: "Айгүл Тест", sex: "female", birth_date: "2022-01-01", family_card: "7KQ4-M2XD-9P" }),
  person("R2XD-AAAA-00", { name: "أيغول", sex: "female", birth_date: "1995-01-01" }),
  person("W5TN-BBBB-11", { name: "Timur Sample", sex: "male", birth_date: "2015-01-01", family_card: "7KQ4-M2XD-9P" }),
  person("Z9ZZ-CCCC-22"),
];
const anything: Wanted = { text: "", age: null, sex: null };

async function found(wanted: Partial<Wanted>, people = PEOPLE): Promise<string[]> {
  const index = await Index.of(people, NOW, () => Promise.resolve());
  return index.find({ ...anything, ...wanted }).people.map((one) => one.card.slice(0, 4));
}

test("a name is found in whatever script somebody types it", async () => {
  for (const text of ["Айгүл", "айгул", "Aigul", "Aygül", "أيغول"]) {
    assert.deepEqual((await found({ text })).sort(), ["7KQ4", "R2XD"], text);
  }
  assert.deepEqual(await found({ text: "Тимур" }), ["W5TN"]);
});

test("what is spelled the same stands before what only sounds alike", async () => {
  assert.equal((await found({ text: "Айгүл" }))[0], "7KQ4");
  assert.equal((await found({ text: "أيغول" }))[0], "R2XD");
});

test("a piece of a card finds its person and the family that is called by it", async () => {
  assert.deepEqual((await found({ text: "7kq4" })).sort(), ["7KQ4", "W5TN"]);
  assert.deepEqual(await found({ text: "w5tn-bb" }), ["W5TN"]);
  assert.equal(plainCode("o1-Il"), "0111");
});

test("age is told, not known: a year more or less counts too", async () => {
  assert.deepEqual(await found({ age: 10 }), ["W5TN"]);
  assert.deepEqual(await found({ age: 11, sex: "female" }), []);
  assert.equal(years("4"), 4);
  assert.equal(years("٤"), 4);
  assert.equal(years("9 months"), 0);
  assert.equal(years("9 ай"), 0);
  assert.equal(years("18 ай"), 1);
  assert.equal(years(""), null);
});

test("among two thousand the list stays short and says how many there are", async () => {
  const many = Array.from({ length: 2000 }, (_, at) => person(`C${at}`, { name: `Айгүл ${at}` }));
  const index = await Index.of(many, NOW, () => Promise.resolve());
  const { people, count } = index.find({ ...anything, text: "aigul" });
  assert.equal(people.length, MOST);
  assert.equal(count, 2000);
});
