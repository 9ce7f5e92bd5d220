import assert from "node:assert/strict";
import test from "node:test";
import { bytesInWords, type Check, checksFrom, type Facts, isReady } from "../../../static/src/tablet/checks.ts";

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
  camera: "works",
  clockAhead: 500,
  lastContact: NOW - 60_000,
  keysConfirmed: NOW - 3_600_000,
  confirmed: true,
  digits: "12345 67890",
  battery: { percent: 80, charging: false },
  release: "r",
  updateWaits: false,
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
  ["no desk confirmed the keys for two weeks", { keysConfirmed: NOW - 15 * 86_400_000 }, "keys.old"],
  ["no desk has compared its digits", { confirmed: false }, "confirmed.waits"],
  ["its battery is low", { battery: { percent: 49, charging: false } }, "battery.low"],
  ["a newer release waits", { updateWaits: true }, "release.waits"],
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

test("keys that a desk confirmed within two weeks are good, however long ago the centre answered", () => {
  assert.deepEqual(wrong({ keysConfirmed: NOW - 13 * 86_400_000, lastContact: NOW - 3 * 86_400_000 }), []);
});

test("a tablet that waits for the desk shows the digits to be read out", () => {
  assert.equal(look({ confirmed: false }).find((one) => one.name === "confirmed")?.places["digits"], "12345 67890");
});

test("with the wire cut in the field a tablet stays ready, and one that was long alone does not", () => {
  const ready = (lastContact: number): boolean => isReady(look({ clockAhead: null, lastContact }));
  assert.ok(ready(NOW - 3_600_000));
  assert.ok(!ready(NOW - 2 * 86_400_000));
});

test("a low battery on the cable is no red line, and one that the browser hides is no line at all", () => {
  assert.deepEqual(wrong({ battery: { percent: 10, charging: true } }), []);
  assert.ok(!look({ battery: null }).some((one) => one.name === "battery"));
});

test("bytes read as people say them", () => {
  assert.equal(bytesInWords(14.2 * 1024 ** 3), "14.2 GB");
  assert.equal(bytesInWords(310 * 1024 ** 2), "310 MB");
});

test("a tablet without a camera is ready, and is told about it: codes can be typed", () => {
  for (const camera of ["missing", "refused", "ask"] as const) {
    assert.deepEqual(wrong({ camera }), [`camera.${camera}`]);
    assert.ok(isReady(look({ camera })), camera);
  }
  assert.ok(!isReady(look({ persistent: false })));
  assert.ok(!isReady([]));
});
