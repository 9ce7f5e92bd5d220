import assert from "node:assert/strict";
import test from "node:test";
import type { Known, PlaceKind } from "../../../static/src/tablet/plan.ts";
import type { PersonHere } from "../../../static/src/vault/index.ts";
import { closed, desk, draft, HOUR, mark, NOW, person } from "./arrived.ts";

const DAY = 24 * HOUR;

function kind(station: string, more: Partial<PersonHere> = {}, known: Partial<Known> = {}): PlaceKind | undefined {
  const places = desk(known).places(person("A", more));
  return places.find((place) => place.form.station === station)?.kind;
}

test("every station has its place, always the same, whatever became of it", () => {
  const stations = desk()
    .places(person("A"))
    .map((place) => place.form.station);
  assert.deepEqual(stations, ["first_look", "registration", "medical", "education"]);
});

test("a station is due from its day on", () => {
  assert.equal(kind("medical"), "later");
  assert.equal(kind("medical", { at: NOW - DAY, first: NOW - DAY }), "waits");
});

test("a form for children is not asked of adults; without a birth date nobody loses it", () => {
  assert.equal(kind("education", { birth_date: "1990-03-01" }), "none");
  assert.equal(kind("education", { birth_date: "2015-03-01" }), "waits");
  assert.equal(kind("education"), "waits");
});

test("not wanted closes a station until the day on which it is offered again", () => {
  const until = (again_on: string): Partial<PersonHere> => ({
    closed: { registration: closed(NOW, { not_wanted: { station: "registration", again_on } }) },
  });
  assert.equal(kind("registration", until("2026-03-05")), "not_wanted");
  assert.equal(kind("registration", until("2026-03-02")), "waits");
});

test("not now is for today; tomorrow she waits again", () => {
  assert.equal(kind("registration", {}, { marks: [mark("A", "registration")] }), "not_now");
  assert.equal(kind("registration", {}, { marks: [mark("A", "registration", NOW - DAY)] }), "waits");
});

test("a draft comes before everything, what another tablet sealed in part is gone on with", () => {
  const part = { form: "medical", version: "medical-1", submission: "s", sections: ["danger"] };
  const yesterday = { at: NOW - DAY, first: NOW - DAY };
  assert.equal(kind("medical", { ...yesterday, parts: [part] }), "part");
  assert.equal(kind("medical", { ...yesterday, parts: [part] }, { drafts: [draft("medical", "A")] }), "draft");
  assert.equal(kind("medical", { closed: { medical: closed(NOW) } }), "done");
});

test("a draft on an old card is found by the new one", () => {
  assert.equal(kind("registration", { codes: ["A", "OLD"] }, { drafts: [draft("registration", "OLD")] }), "draft");
});

test("behind the medic's screening a first look sorts nothing any more", () => {
  assert.equal(kind("first_look"), "waits");
  assert.equal(kind("first_look", { closed: { medical: closed(NOW) } }), "none");
});
