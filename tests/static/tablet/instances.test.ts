/** An instance that was removed by mistake comes back at its place, whatever was answered elsewhere meanwhile. */
import assert from "node:assert/strict";
import test from "node:test";
import type { Draft } from "../../../static/src/form/index.ts";
import { gone, putBack } from "../../../static/src/tablet/binder-instances.ts";

const BEFORE: Draft = {
  values: {
    street: "Abay",
    "homes[1].rooms": "1",
    "homes[2].rooms": "2",
    "homes[2].members[1].name": "Aigul",
    "homes[2].members[2].name": "Timur",
    "homes[3].rooms": "3",
    "homesteads[2].rooms": "9",
  },
  ways: { "homes[2].members[2].age": "unknown", "homes[3].age": "declined" },
  repeats: { homes: 3, "homes[1].members": 0, "homes[2].members": 2, "homes[3].members": 1, homesteads: 2 },
};
const REMOVED: Draft = {
  values: { street: "Abay", "homes[1].rooms": "1", "homes[2].rooms": "3", "homesteads[2].rooms": "9" },
  ways: { "homes[2].age": "declined" },
  repeats: { homes: 2, "homes[1].members": 0, "homes[2].members": 1, homesteads: 2 },
};

test("all that it held comes back, and those behind it move up", () => {
  assert.deepEqual(putBack(REMOVED, gone(BEFORE, "homes", 2)), BEFORE);
});

test("what was answered meanwhile stays", () => {
  const later = { ...REMOVED, values: { ...REMOVED.values, "homes[2].rooms": "4", street: "Satpayev" } };
  const { values } = putBack(later, gone(BEFORE, "homes", 2));
  assert.equal(values["homes[3].rooms"], "4");
  assert.equal(values["street"], "Satpayev");
  assert.equal(values["homes[2].rooms"], "2");
});

test("an instance within another comes back into its own", () => {
  const held = gone(BEFORE, "homes[2].members", 1);
  assert.deepEqual(held.held.values, { "homes[2].members[1].name": "Aigul" });
  const without: Draft = {
    ...BEFORE,
    values: { "homes[2].members[1].name": "Timur" },
    ways: { "homes[2].members[1].age": "unknown" },
    repeats: { ...BEFORE.repeats, "homes[2].members": 1 },
  };
  const back = putBack(without, held);
  assert.deepEqual(back.values, { "homes[2].members[1].name": "Aigul", "homes[2].members[2].name": "Timur" });
  assert.deepEqual(back.ways, { "homes[2].members[2].age": "unknown" });
  assert.equal(back.repeats["homes[2].members"], 2);
});
