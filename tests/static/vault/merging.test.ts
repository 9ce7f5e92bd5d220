/** What rows of many submissions and tablets say together of each person. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { mergePeople, type Said } from "../../../static/src/vault/merging.ts";
import type { Person, PersonHere } from "../../../static/src/vault/types.ts";

let number = 0;

/** One submission of a tablet: its rows, and what is known of it. */
function said(at: number, people: Partial<Person>[], about: Partial<Said> = {}): Said {
  number += 1;
  const rows = people.map((one): Person => ({ card: "", stations: [], ...one }));
  const whole = { submission: `s${number}`, form: "registration", log: "T-01", seq: number, here: true };
  return { ...whole, at, device: "T-01", state: "safe", rows, ...about };
}

function only(...rows: Said[]): PersonHere {
  const { people } = mergePeople(rows);
  assert.equal(people.length, 1);
  return people[0] as PersonHere;
}

test("an intake worker sees the newest name of a card, and every station that was closed", () => {
  const rows = [
    said(1, [{ card: "A", name: "Old", stations: ["registration"] }]),
    said(2, [{ card: "B", name: "Other" }]),
    said(3, [{ card: "A", name: "New", stations: ["medical"] }]),
  ];
  const { people } = mergePeople(rows);
  assert.deepEqual(
    people.map((one) => [one.card, one.name]),
    [
      ["A", "New"],
      ["B", "Other"],
    ],
  );
  assert.deepEqual(people[0]?.stations.toSorted(), ["medical", "registration"]);
  assert.equal(people[0]?.first, 1);
  assert.equal(people[0]?.at, 3);
});

test("people without a card are never taken for one another", () => {
  assert.equal(mergePeople([said(1, [{}, {}]), said(1, [{}]), said(2, [{}])]).people.length, 4);
});

test("a later row that has no name does not take the name away", () => {
  const person = only(
    said(1, [{ card: "A", name: "Dana", sex: "f" }]),
    said(2, [{ card: "A", stations: ["medical"] }]),
  );
  assert.equal(person.name, "Dana");
  assert.equal(person.sex, "f");
});

test("a birth year that took the place of a day does not keep the day's precision", () => {
  const person = only(
    said(1, [{ card: "A", birth_date: "2019-05-04", birth_date_precision: "day" }]),
    said(2, [{ card: "A", birth_date: "2018-01-01" }]),
  );
  assert.equal(person.birth_date, "2018-01-01");
  assert.equal(person.birth_date_precision, undefined);
});

test("a clock that was set back does not make a tablet's later work older", () => {
  const rows = [said(100, [{ card: "A", name: "Old" }], { seq: 1 }), said(5, [{ card: "A", name: "New" }], { seq: 2 })];
  for (const order of [rows, rows.toReversed()]) assert.equal(only(...order).name, "New");
});

test("a new card and the one that it replaces are one person, along a chain", () => {
  const rows = [
    said(1, [{ card: "A", name: "Dana", stations: ["registration"] }]),
    said(2, [{ card: "B", replaces: "A" }]),
    said(3, [{ card: "C", replaces: "B" }]),
    said(4, [{ card: "A", stations: ["medical"] }]),
  ];
  const person = only(...rows);
  assert.equal(person.card, "C");
  assert.deepEqual(person.codes.toSorted(), ["A", "B", "C"]);
  assert.deepEqual(person.stations.toSorted(), ["medical", "registration"]);
  const { byCode } = mergePeople(rows);
  for (const code of ["A", "B", "C"]) assert.equal(byCode.get(code)?.name, "Dana");
});

test("cards that replace each other in a ring are one person and hang nobody up", () => {
  const person = only(said(1, [{ card: "A", replaces: "B" }]), said(2, [{ card: "B", replaces: "A", name: "Dana" }]));
  assert.equal(person.card, "B");
  assert.deepEqual(person.codes.toSorted(), ["A", "B"]);
});

test("a card that says that it replaces itself is itself", () => {
  const person = only(said(1, [{ card: "A", replaces: "A" }]));
  assert.deepEqual(person.codes, ["A"]);
  assert.equal(person.replaces, undefined);
});

test("the newest row that says how urgent it is decides who goes first", () => {
  const person = only(said(1, [{ card: "A", queue: 0 }]), said(2, [{ card: "A", queue: 2 }]), said(3, [{ card: "A" }]));
  assert.equal(person.queue, 2);
});

const part = (submission: string, ...sections: string[]) => ({ form: "medical", version: "v1", submission, sections });
const medical = { form: "medical" };

test("an unfinished form stays open until it is finished, and sections done in several goes count together", () => {
  const first = said(1, [{ card: "A", part: part("s1", "eyes", "ears") }], medical);
  const second = said(2, [{ card: "A", part: part("s2", "heart") }], medical);
  const open = only(first, second).part;
  assert.equal(open?.submission, "s2");
  assert.deepEqual(open?.sections.toSorted(), ["ears", "eyes", "heart"]);
  const done = said(3, [{ card: "A", stations: ["medical"] }], medical);
  assert.equal(only(first, second, done).part, undefined);
  assert.deepEqual(only(first, second, done).parts, []);
});

test("another form that is finished does not close an unfinished one", () => {
  const person = only(
    said(1, [{ card: "A", part: part("s1", "eyes") }], medical),
    said(2, [{ card: "A", stations: ["registration"] }]),
  );
  assert.equal(person.part?.submission, "s1");
});

test("what is not wanted now does not undo what was already asked", () => {
  const begun = said(1, [{ card: "A", part: part("s1", "eyes") }], medical);
  const not_wanted = { station: "medical", again_on: "2026-03-08" };
  const unwanted = said(2, [{ card: "A", stations: ["medical"], not_wanted }], medical);
  assert.deepEqual(only(begun, unwanted).part?.sections, ["eyes"]);
  assert.equal(only(begun, unwanted).not_wanted?.again_on, "2026-03-08");
  const done = said(3, [{ card: "A", stations: ["medical"] }], medical);
  assert.equal(only(begun, unwanted, done).part, undefined);
});

test("what was not wanted stands until it was done after all", () => {
  const unwanted = said(1, [{ card: "A", stations: ["medical"], not_wanted: { station: "medical", again_on: null } }]);
  assert.equal(only(unwanted).not_wanted?.station, "medical");
  const after = only(unwanted, said(2, [{ card: "A", stations: ["medical"] }]));
  assert.equal(after.not_wanted, undefined);
  assert.equal(after.closed["medical"]?.not_wanted, undefined);
});

test("two tablets that register different people under one card are told apart as one card to look at", () => {
  const here = said(1, [{ card: "A", name: "Dana", stations: ["registration"] }]);
  const there = said(2, [{ card: "A", name: "Erlan", stations: ["registration"] }], { log: "T-02", here: false });
  assert.equal(only(here, there).twice, true);
  const same = said(2, [{ card: "A", name: " DANA ", stations: ["registration"] }], { log: "T-02", here: false });
  assert.equal(only(here, same).twice, false);
});

test("a station done on another tablet says which, and that it came from the centre", () => {
  const away = { log: "T-02", device: "T-02", here: false, state: null };
  const person = only(said(1, [{ card: "A", stations: ["registration"] }], away));
  assert.equal(person.from, "site");
  assert.equal(person.closed["registration"]?.device, "T-02");
  assert.equal(person.closed["registration"]?.state, null);
});

test("no order in which rows arrive changes what they say", () => {
  const rows = [
    said(1, [{ card: "A", name: "Dana", stations: ["registration"] }], { log: "T-01" }),
    said(2, [{ card: "B", replaces: "A", queue: 1 }], { log: "T-02", here: false }),
    said(2, [{ card: "A", part: part("s9", "eyes") }], { log: "T-03", here: false, form: "medical" }),
    said(9, [{ card: "C", name: "Erlan" }], { log: "T-01" }),
  ];
  const expected = mergePeople(rows).people;
  for (let turn = 1; turn < rows.length; turn++) {
    const turned = [...rows.slice(turn), ...rows.slice(0, turn)];
    assert.deepEqual(mergePeople(turned).people, expected);
  }
});
