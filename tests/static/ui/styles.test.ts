/** Styles mirror by themselves: direction comes from the page, so nothing may say left or right. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";

const ROOT = join(import.meta.dirname, "../../..");
const STYLES = join(ROOT, "static/styles");
const PHYSICAL =
  /(?:^|[;{\s])((?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)\b[^;]*|(?:left|right|top|bottom|width|height|(?:min|max)-(?:width|height))\s*:[^;]*|(?:text-align|float|clear)\s*:\s*(?:left|right))/;

function declarations(css: string): string[] {
  const bare = css.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/@media[^{]*/g, "@media ");
  return bare.split(/[;{}]/).map((one) => one.trim());
}

test("an Arabic reader sees every screen mirrored: styles hold logical properties only", () => {
  for (const name of readdirSync(STYLES)) {
    const found = declarations(readFileSync(join(STYLES, name), "utf8")).filter((one) => PHYSICAL.test(one));
    assert.deepEqual(found, [], name);
  }
});

test("no screen carries a style of its own, which the content policy would refuse", () => {
  for (const folder of ["static/src", "server/templates"]) {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })) {
      if (!entry.isFile() || !/\.(ts|html)$/.test(entry.name)) continue;
      const text = readFileSync(join(entry.parentPath, entry.name), "utf8");
      assert.doesNotMatch(text, /<[a-z][^>]*\sstyle=/, entry.name);
      assert.doesNotMatch(text, /<style[\s>]/, entry.name);
    }
  }
});
