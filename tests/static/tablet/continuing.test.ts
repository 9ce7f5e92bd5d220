/** What the rest of a talk asks again on another tablet, which knows none of the answers that were sealed. */
import assert from "node:assert/strict";
import test from "node:test";
import type { CompiledForm, Engine } from "../../../static/src/form/index.ts";
import { sealedBefore } from "../../../static/src/tablet/sealing.ts";
import { freshMemory } from "../../../static/src/tablet/sitting/model.ts";

/** A screening: about how old (asked without a birth date) decides, by months, whether the danger signs show. */
const screening = {
  questions: [
    { ref: "who" },
    { ref: "who.sex", required: true, from: "person.sex" },
    { ref: "who.about_age", required: true },
    { ref: "who.months" },
    { ref: "body" },
    { ref: "body.weight" },
    { ref: "danger" },
    { ref: "danger.child", required: true },
  ],
  order: [
    ["who.months", "calculation"],
    ["danger.child", "relevant"],
    ["body.weight", "relevant"],
  ],
  affects: { "who.about_age": [0], "who.months": [1], "who.sex": [1] },
} as unknown as CompiledForm;

const engine = (relevant: Record<string, boolean>, values: Record<string, string> = {}): Engine =>
  ({ form: screening, all: () => ({ relevant }), value: (ref: string) => values[ref] ?? "" }) as unknown as Engine;
const memory = (...sections: string[]) => freshMemory({ continues: { submission: "earlier", sections } });
const SHOWN = { "who.sex": true, "who.about_age": true };
const KNOWN = { "who.sex": "female" };

test("an age that only the first tablet was told is asked again, or the rest would hide", () => {
  assert.deepEqual([...sealedBefore(engine(SHOWN, KNOWN), memory("who"))], []);
});

test("whoever's age is on the list is asked nothing twice", () => {
  assert.deepEqual([...sealedBefore(engine({ "who.sex": true }, KNOWN), memory("who"))], ["who"]);
});

test("nothing is asked again for what was sealed too", () => {
  assert.deepEqual([...sealedBefore(engine(SHOWN, KNOWN), memory("who", "danger"))], ["who", "danger"]);
  assert.deepEqual([...sealedBefore(engine(SHOWN, KNOWN), freshMemory())], []);
});
