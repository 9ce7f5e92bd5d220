import assert from "node:assert/strict";
import test from "node:test";
import { bytesInWords, type Check, checksFrom, type Facts } from "../../../static/src/tablet/checks.ts";

const NOW = 1_770_000_000_000;
const GOOD: Facts = {
  now: NOW,
  shellWhole: true,
  standalone: true,
  canInstall: false,
  persistent: true,
  free: 2 ** 34,
  forms: 1,
  formLanguages: ["English"],
  missingPages: 0,
  screenLanguages: ["English"],
  wordsWhole: true,
  clockAhead: 500,
  lastContact: NOW - 60_000,
  staff: [{ name: "Dana", ready: true }],
};
const look = (facts: Partial<Facts>): Check[] => checksFrom({ ...GOOD, ...facts }, String);
const wrong = (facts: Partial<Facts>): string[] =>
  look(facts)
    .filter((one) => !one.ok)
    .map((one) => `${one.name}.${one.verdict}`);

test("a tablet with everything on it is ready", () => {
  assert.deepEqual(wrong({}), []);
});

const CASES: [string, Partial<Facts>, string][] = [
  ["the shell is not whole", { shellWhole: false }, "offline.missing"],
  ["it runs in a browser tab", { standalone: false }, "installed.missing"],
  ["Android may delete its storage", { persistent: false }, "kept.missing"],
  ["space is low", { free: 1000 }, "space.low"],
  ["the browser does not tell the space", { free: null }, "space.unknown"],
  ["no form is published", { forms: 0 }, "forms.none"],
  ["a page is missing", { missingPages: 2 }, "forms.missing"],
  ["a language cannot be read", { wordsWhole: false }, "languages.missing"],
  ["the clock is slow", { clockAhead: -660_000 }, "clock.slow"],
  ["the clock is years ahead", { clockAhead: 10 ** 11 }, "clock.fast"],
  ["the centre did not answer", { clockAhead: null }, "clock.unknown"],
  ["the centre was asked two days ago", { lastContact: NOW - 2 * 86_400_000 }, "keys.old"],
  ["the centre was never reached", { lastContact: null }, "keys.never"],
  ["somebody's keys are not here", { staff: [{ name: "Dana", ready: false }] }, "people.missing"],
  ["nobody is known", { staff: [] }, "people.nobody"],
];

for (const [about, facts, expected] of CASES) {
  test(`a tablet is not ready when ${about}, and says so`, () => assert.deepEqual(wrong(facts), [expected]));
}

test("the button to install stands only where the browser offers it", () => {
  const installed = (facts: Partial<Facts>): Check | undefined => look(facts).find((one) => one.name === "installed");
  assert.equal(installed({ standalone: false, canInstall: true })?.fix, "install");
  assert.equal(installed({ standalone: false, canInstall: false })?.fix, undefined);
});

test("bytes read as people say them", () => {
  assert.equal(bytesInWords(14.2 * 1024 ** 3), "14.2 GB");
  assert.equal(bytesInWords(310 * 1024 ** 2), "310 MB");
});
