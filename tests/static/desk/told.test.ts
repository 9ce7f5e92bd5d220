import assert from "node:assert/strict";
import { test } from "node:test";
import { inboxRow, sortRows } from "../../../static/src/desk/inbox.ts";
import { Ledger } from "../../../static/src/desk/ledger.ts";
import { readPayload } from "../../../static/src/desk/payload.ts";
import { toldOf, urgencyOf } from "../../../static/src/desk/told.ts";
import type { PartPayload } from "../../../static/src/form/index.ts";
import { decision, FORM, part, payload, submission } from "./made.ts";

const flags = (...list: PartPayload["flags"]) => payload({ audience: "medical", flags: list });
const row = (hash: string, said: PartPayload, received = 1, ledger = new Ledger()) => {
  const entry = submission({ hash, received, parts: [part(said.audience, { is: "open", payload: said })] });
  return inboxRow(entry, ledger, new Set(), new Map([["form", FORM]]), "en");
};

test("a part of an older form tells that it is done and nothing else", () => {
  const { handed, sitting, outcome, parked, flags: _, ...old } = payload();
  assert.equal(outcome, "done");
  assert.deepEqual([handed, sitting, parked], [[], null, []]);
  assert.equal(toldOf(old as PartPayload).outcome, "done");
  assert.deepEqual(toldOf(old as PartPayload).flags, []);
});

test("the most urgent level, its deadline, and any that has no level, of all parts that opened", () => {
  const medical = flags({ name: "fits", level: "P2", due: 900 }, { name: "weight", level: "P3", due: 300 });
  const coordination = payload({ urgency: { level: "P1", due: 500 }, due: 200 });
  assert.deepEqual(urgencyOf([medical, coordination]), { level: "P1", due: 200, nobody: false });
  const mixed = flags({ name: "weight", level: "P3", due: 300 }, { name: "fits", level: "P1", due: 900 });
  assert.deepEqual(urgencyOf([mixed]), { level: "P1", due: 900, nobody: true });
  assert.equal(urgencyOf([payload()]), null);
});

test("a P1 that nobody took over stands first, then P1, then by deadline, then the newest", () => {
  const open = flags({ name: "breathing", level: "P1", due: 5_000, taken_over: { by: null, carer_unsafe: false } });
  const taken = flags({
    name: "breathing",
    level: "P1",
    due: 1_000,
    taken_over: { by: "Dr Test", carer_unsafe: false },
  });
  const rows = [
    row("newest", payload(), 9_000),
    row("soon", flags({ name: "x", level: "P3", due: 700 })),
    row("sooner", payload({ due: 600 })),
    row("taken", taken),
    row("open", open),
  ];
  assert.deepEqual(
    sortRows(rows).map((one) => one.hash),
    ["open", "taken", "sooner", "soon", "newest"],
  );
});

test("what was accepted is urgent no more: somebody saw to it", () => {
  const ledger = new Ledger();
  ledger.addDecision(decision({ of: "seen" }));
  const open = flags({ name: "breathing", level: "P1", due: 5_000 });
  assert.equal(row("seen", open, 1, ledger).urgency, null);
  assert.equal(row("other", open, 1, ledger).urgency?.nobody, true);
});

test("a faulty tablet's words about the room or its flags are a failure, never half of them", () => {
  const good = payload({ submission: "s", form: { key: "registration", version: "v", number: 1 } });
  assert.equal(readPayload(good, "s", "v"), good);
  for (const wrong of [
    { flags: [{ name: "x", level: "P9", due: null }] },
    { flags: [{ name: "x", level: "P1", due: "soon" }] },
    { flags: "P1" },
    { sitting: { language: "kk" } },
    { handed: [{ id: "x" }] },
    { outcome: "left" },
    { asked_at: "yesterday" },
    { asked_at: undefined },
    { urgency: { level: "P1" } },
    { people: [{ card: "c", stations: "all" }] },
    { people: [{ card: "c", stations: [], part: { form: 3 } }] },
    { people: [{ card: "c", stations: [], not_wanted: {} }] },
  ]) {
    assert.deepEqual(
      readPayload({ ...good, ...wrong }, "s", "v"),
      { step: 8, code: "malformed" },
      JSON.stringify(wrong),
    );
  }
});
