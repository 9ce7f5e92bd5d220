import assert from "node:assert/strict";
import test from "node:test";
import { careOf } from "../../../static/src/tablet/ending/care.ts";

const medic = { name: "Duty medic", what: "medical", contact: "1" };
const carer = { name: "Madina", what: "Staff care, day and night", contact: "2" };

test("after hard talks a worker reads whom the programme named for its staff", () => {
  assert.equal(careOf([medic, carer])?.contact, "2");
});

test("a programme that named nobody for its staff gives the first of its list, and an empty list nobody", () => {
  assert.equal(careOf([medic])?.contact, "1");
  assert.equal(careOf([]), null);
});
