/** The words of the screens: whole in every language, every place filled, none missing, none left over. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { LANGUAGES } from "../../../static/src/ui/languages.ts";
import { speak, t, useMessages } from "../../../static/src/ui/messages.ts";

const ROOT = join(import.meta.dirname, "../../..");
const PLURALS = ["zero", "one", "two", "few", "many", "other"];
const AREAS = readdirSync(join(ROOT, "static/messages/en")).filter((name) => name.endsWith(".json"));
type Words = Record<string, string>;

const words = (language: string, area: string): Words =>
  JSON.parse(readFileSync(join(ROOT, "static/messages", language, area), "utf8")) as Words;
const inLanguage = (language: string): Words => Object.assign({}, ...AREAS.map((area) => words(language, area)));

/** Stems of plurals: an `.other` with a `.one` beside it. */
const isPlural = (stem: string, all: Words): boolean => `${stem}.other` in all && `${stem}.one` in all;

/** A key with its plural category taken off. */
function bare(key: string, all: Words): string {
  const [, stem = "", category = ""] = /^(.*)\.(\w+)$/.exec(key) ?? [];
  return PLURALS.includes(category) && isPlural(stem, all) ? stem : key;
}
const bareKeys = (all: Words): string[] => [...new Set(Object.keys(all).map((key) => bare(key, all)))].sort();
const places = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((one) => one[1] ?? ""))].sort();

function sources(folder: string, endings: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .filter((entry) => !/node_modules|__pycache__|[/\\]dist/.test(entry.parentPath))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
}

/** Keys as the sources write them: whole, or as patterns where a piece is put in (`ready.${name}.ok`). */
function asked(): { whole: Set<string>; patterns: RegExp[] } {
  const texts = [...sources("static/src", [".ts"]), ...sources("server", [".py", ".html"])];
  const whole = new Set<string>();
  const patterns: RegExp[] = [];
  for (const text of texts) {
    for (const [, key = ""] of text.matchAll(/["'`]([a-z]\w*(?:\.\w+)*)["'`]/g)) whole.add(key);
    for (const [, key = ""] of text.matchAll(/`([a-z][\w.]*\.[\w.]*\$\{[^`]*)`/g)) {
      const pieces = key.split(/\$\{(?:[^{}]|\{[^}]*\})*\}/).map((piece) => piece.replaceAll(".", "\\."));
      patterns.push(new RegExp(`^${pieces.join("[\\w-]+(?:\\.[\\w-]+)?")}$`));
    }
    for (const [, key = ""] of text.matchAll(/["']([a-z]+\.)["'] ~ /g))
      patterns.push(new RegExp(`^${key.replace(".", "\\.")}\\w+$`));
    for (const [, key = ""] of text.matchAll(/f["']([a-z]+\.[\w.]*\{[^"']*)["']/g)) {
      patterns.push(new RegExp(`^${key.replaceAll(".", "\\.").replaceAll(/\{[^}]*\}/g, "[\\w-]+")}$`));
    }
  }
  return { whole, patterns };
}

for (const { code } of LANGUAGES) {
  test(`every text stands in ${code}, under the same keys`, () => {
    for (const area of AREAS) {
      assert.ok(existsSync(join(ROOT, "static/messages", code, area)), `${code} lacks ${area}`);
      assert.deepEqual(bareKeys(words(code, area)), bareKeys(words("en", area)), area);
    }
  });

  test(`every text in ${code} has the places of the English one`, () => {
    const here = inLanguage(code);
    const english = inLanguage("en");
    for (const key of Object.keys(here)) {
      const stem = bare(key, here);
      const there = english[key] ?? english[`${stem}.other`] ?? english[stem] ?? "";
      // "1 draft" may leave the figure out, and must not bring in another.
      const least = key.endsWith(".one")
        ? places(here[key] ?? "").filter((one) => one !== "n")
        : places(here[key] ?? "");
      const most = key.endsWith(".one") ? places(there).filter((one) => one !== "n") : places(there);
      assert.deepEqual(least, most, key);
    }
  });

  test(`no text in ${code} is empty, and every plural has the categories of the language`, () => {
    const here = inLanguage(code);
    const wanted = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
    for (const [key, text] of Object.entries(here)) assert.notEqual(text.trim(), "", key);
    const stems = [...new Set(Object.keys(here).map((key) => bare(key, here)))].filter((stem) => isPlural(stem, here));
    for (const stem of stems) {
      for (const category of wanted) assert.ok(`${stem}.${category}` in here, `${stem}.${category}`);
    }
  });
}

test("no text is left over", () => {
  const { whole, patterns } = asked();
  const english = inLanguage("en");
  // Words of problems follow their catalogues, which tests/server holds.
  const keys = bareKeys(english).filter((key) => !key.startsWith("problem."));
  const left = keys.filter((key) => !whole.has(key) && !patterns.some((pattern) => pattern.test(key)));
  assert.deepEqual(left, []);
});

test("no text that a screen asks for is missing", () => {
  const english = inLanguage("en");
  const known = new Set([...bareKeys(english), ...Object.keys(english)]);
  const calls = sources("static/src", [".ts"]).flatMap((text) =>
    [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map((one) => one[1] ?? ""),
  );
  assert.ok(calls.length > 100);
  assert.deepEqual(
    calls.filter((key) => !known.has(key)),
    [],
  );
});

test("a figure picks its plural, and a place takes its value", async () => {
  const made = { default: { "draft.one": "{n} draft", "draft.other": "{n} drafts", hello: "to {name}, {name}" } };
  useMessages({ en: () => Promise.resolve(made), kk: () => Promise.resolve(made) });
  await speak("en");
  assert.equal(t("draft", { n: 1 }), "1 draft");
  assert.equal(t("draft", { n: 1200 }), "1,200 drafts");
  assert.equal(t("hello", { name: "{name}" }), "to {name}, {name}");
  assert.equal(t("nowhere"), "nowhere");
});
