/** Chromium writes typed text in plain into its session files unless form and field say autocomplete="off". */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const ROOT = join(import.meta.dirname, "../../..");
const FOLDERS = ["static/src", "server/templates"];

function tags(text: string): string[] {
  return [...text.matchAll(/<(?:form|input|textarea|select)\b(?:[^>$]|\$(?!\{)|\$\{(?:[^{}]|\{[^}]*\})*\})*>/g)].map(
    (one) => one[0],
  );
}

test("every form and every field keeps the browser from remembering what is typed", () => {
  const found: string[] = [];
  for (const folder of FOLDERS) {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(ts|html)$/.test(entry.name)) continue;
      for (const tag of tags(readFileSync(join(entry.parentPath, entry.name), "utf8"))) {
        if (/^<form>$/.test(tag)) continue; // named in a comment
        found.push(tag);
        assert.match(tag, /autocomplete="off"/, `${entry.name}: ${tag}`);
      }
    }
  }
  assert.ok(found.length >= 4, "the search finds fields at all");
});
