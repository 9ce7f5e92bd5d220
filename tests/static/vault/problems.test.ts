/** Whatever the vault refuses is said in words, in both languages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { VAULT_CODES } from "../../../static/src/vault/problems.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "static", "messages");

for (const language of ["en", "kk"]) {
  test(`every refusal of the vault has words in ${language}`, () => {
    const words = JSON.parse(readFileSync(join(folder, language, "problem.json"), "utf8")) as Record<string, string>;
    const lacking = VAULT_CODES.flatMap((code) => ["what", "means", "do"].map((part) => `problem.${code}.${part}`));
    assert.deepEqual(
      lacking.filter((key) => !words[key]),
      [],
    );
  });
}
