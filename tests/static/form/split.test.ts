/** Who gets what: the vectors of tests/forms/test_evaluate.py. */
import assert from "node:assert/strict";
import test from "node:test";
import { type Known, type PartPayload, type SplitContext, split } from "../../../static/src/form/index.ts";
import { vectors } from "../vectors.ts";
import { opened, type Step } from "./opened.ts";

interface Given {
  form: string;
  steps: Step[];
  context: SplitContext;
  known?: Known;
}

for (const { sentence, given, expect } of vectors<Given, PartPayload[]>("forms", "split")) {
  test(sentence, () => {
    assert.deepEqual(split(opened(given.form, given.steps, given.known), given.context), expect);
  });
}
