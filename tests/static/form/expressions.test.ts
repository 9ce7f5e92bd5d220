/** What expressions mean on the tablet: the vectors of tests/forms/test_expressions.py. */
import assert from "node:assert/strict";
import test from "node:test";
import { Interpreter } from "../../../static/src/form/interpret.ts";
import { Tree } from "../../../static/src/form/tree.ts";
import type { Expression } from "../../../static/src/form/types.ts";
import { text } from "../../../static/src/form/values.ts";
import { vectors } from "../vectors.ts";
import { form } from "./opened.ts";

for (const { sentence, given, expect } of vectors<{ tree: Expression }, string>("forms", "expressions")) {
  test(sentence, () => {
    const answers = new Tree(form("clinic"));
    const here = { place: answers.root, current: answers.root, position: 1, size: 1 };
    const interpreter = new Interpreter(form("clinic"), answers, "2026-03-01", "2026-03-01T14:06:00.000+05:00", "en");
    assert.equal(text(interpreter.value(given.tree, here)), expect);
  });
}
