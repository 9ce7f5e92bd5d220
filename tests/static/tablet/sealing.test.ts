import assert from "node:assert/strict";
import test from "node:test";
import { type Engine, type PartPayload, split } from "../../../static/src/form/index.ts";
import {
  missingIn,
  type Room,
  sealContext,
  sealLabels,
  sealSections,
  sealSummary,
  withoutCarried,
} from "../../../static/src/tablet/sealing.ts";
import { inside, marked } from "../../../static/src/tablet/sitting/groups.ts";
import { type About, freshMemory, type Memory } from "../../../static/src/tablet/sitting/model.ts";
import { alarmsOf, dueOf, follows, marksQuietly } from "../../../static/src/tablet/sitting/raised.ts";
import { form, opened, type Step } from "../form/opened.ts";

const BEGUN = Date.parse("2026-03-01T14:00:00");
const HOUR = 3_600_000;
const about: About = { card: "7KQ4-M2XD-9P", name: "Aigul", sex: "female", birth_date: "2021-11-20" };
const KNOWN = { "person.name": "Aigul", "person.sex": "female", "person.birth_date": "2021-11-20" };
const TITLES = ["", "body", "wounds", "private"];
const room: Room = {
  sections: TITLES.map((ref) => ({ ref, title: ref || "first" })),
  open: [0, 1, 2, 3],
  sectionOf: (ref) =>
    Math.max(
      0,
      TITLES.findIndex((one) => one !== "" && inside(ref, [one])),
    ),
};
const visit = (...steps: Step[]): Engine => opened("visit", steps, KNOWN);
const memory = (more: Partial<Memory> = {}): Memory => freshMemory({ about, ...more });
const shut = ["private"];
const NONE = [undefined, undefined, undefined];

function sealedParts(
  engine: Engine,
  kept: Memory,
  more: Partial<Parameters<typeof sealContext>[2]> = {},
): PartPayload[] {
  const staff = { id: "s", name: "Bota" };
  const sealing = { submission: "n", version: "v", staff, handed: [], asked_at: BEGUN, typed_at: BEGUN + HOUR };
  return split(engine, sealContext(engine, kept, { ...sealing, outcome: "done", parked: [], stopped: null, ...more }));
}

const of = (parts: PartPayload[], audience: string): PartPayload => {
  const found = parts.find((one) => one.audience === audience);
  assert.ok(found, audience);
  return found;
};

test("what is required blocks, but not behind a door that stays shut, nor in what was sealed before", () => {
  const engine = visit();
  assert.deepEqual(missingIn(engine, room, { parked: [], memory: memory() }).required, ["body.swollen", "private.sad"]);
  assert.deepEqual(missingIn(engine, room, { parked: shut, memory: memory() }).required, ["body.swollen"]);
  const continues = { submission: "earlier", sections: ["body"] };
  assert.deepEqual(missingIn(engine, room, { parked: [], memory: memory({ continues }) }).required, ["private.sad"]);
});

test("what is done may be sealed alone, once something is done and something is not", () => {
  const engine = visit(["set", "body.swollen", "no"]);
  const states = (kept: Memory, parked: string[] = []) =>
    sealSections(engine, room, { parked, memory: kept }).map((one) => one.state);
  assert.deepEqual(states(memory()), ["open", "open", "open", "open"]);
  assert.equal(sealSummary(engine, room, { parked: [], memory: memory() }, null).part, false);
  const seen = memory({ seen: ["", "body", "wounds", "private"] });
  assert.deepEqual(states(seen), ["done", "done", "done", "open"]);
  assert.equal(sealSummary(engine, room, { parked: [], memory: seen }, null).part, true);
  assert.deepEqual(states(seen, shut), ["done", "done", "done", "parked"]);
  const rest = memory({ continues: { submission: "earlier", sections: ["body"] } });
  assert.deepEqual(states(rest), ["open", "sealed", "open", "open"]);
});

test("what stays shut is named at the check by its title", () => {
  assert.deepEqual(sealSummary(visit(), room, { parked: shut, memory: memory() }, null).parked, ["In private"]);
  assert.deepEqual(marked(form("visit"), "sensitive"), shut);
});

test("a flag that nobody in the room may read about stands as an alarm without words", () => {
  const engine = visit(["set", "private.sad", "yes"], ["set", "private.harm", "yes"], ["set", "body.swollen", "yes"]);
  const alarms = alarmsOf(engine, memory());
  assert.deepEqual(
    alarms.map(({ flag, quiet, action }) => [flag, quiet, action]),
    [
      ["swelling", false, "Stay and call the clinician now."],
      ["harm", true, ""],
    ],
  );
  assert.deepEqual(
    follows(engine).map((one) => one.flag),
    ["swelling"],
  );
});

test("what is quiet and can wait is a mark without words; what cannot wait is no mark but an alarm", () => {
  assert.equal(marksQuietly(visit(["set", "safe", "no"])), true);
  assert.equal(marksQuietly(visit(["set", "private.sad", "yes"], ["set", "private.harm", "yes"])), false);
  assert.equal(marksQuietly(visit(["set", "body.swollen", "yes"])), false);
});

test("a deadline is shown for what is medical, never for what would tell", () => {
  assert.equal(dueOf(visit(["set", "body.muac", 110]), BEGUN), BEGUN + 24 * HOUR);
  assert.equal(dueOf(visit(["set", "safe", "no"]), BEGUN), null);
  assert.equal(dueOf(visit(), BEGUN), null);
});

test("who took over goes with the flag, and nobody yet keeps the person first on every tablet", () => {
  const engine = visit(["set", "body.swollen", "yes"]);
  const parts = sealedParts(engine, memory({ taken_over: [{ flag: "swelling", by: null }] }));
  assert.deepEqual(of(parts, "medical").flags?.[0]?.taken_over, { by: null, carer_unsafe: false });
  assert.equal(of(parts, "people").people?.[0]?.queue, 0);
  const taken = sealedParts(engine, memory({ taken_over: [{ flag: "swelling", by: "Marat" }] }));
  assert.equal(of(taken, "people").people?.[0]?.queue, 2);
});

test("neither a refusal nor the rest of a talk takes a child out of the first place", () => {
  const place = (kept: Memory, outcome: "done" | "part" | "not_wanted") =>
    of(sealedParts(visit(), kept, { outcome }), "people").people?.[0]?.queue;
  assert.equal(place(memory(), "done"), 2);
  assert.equal(place(memory(), "not_wanted"), undefined);
  assert.equal(place(memory({ continues: { submission: "earlier", sections: ["body"] } }), "done"), undefined);
});

test("a talk that was begun before a child moved to another family does not move her back", () => {
  const kept = memory({ about: { ...about, family_card: "OLD" } });
  assert.equal(of(sealedParts(visit(), kept), "people").people?.[0]?.family_card, undefined);
});

test("a birth date that was only carried over does not stand against one that was corrected since", () => {
  const row = (engine: Engine) => of(withoutCarried(about, sealedParts(engine, memory())), "people").people?.[0];
  const first = row(visit());
  assert.deepEqual([first?.card, first?.sex, first?.birth_date, first?.birth_date_precision], [about.card, ...NONE]);
  assert.equal(of(sealedParts(visit(), memory()), "medical").facts.birth_date, "2021-11-20");
  const corrected = row(visit(["set", "born", "2020-11-20"]));
  assert.deepEqual([corrected?.birth_date, corrected?.birth_date_precision], ["2020-11-20", "day"]);
  const lessSure = row(visit(["set", "precision", "year"]));
  assert.deepEqual([lessSure?.birth_date, lessSure?.birth_date_precision], ["2021-11-20", "year"]);
});

test("a part names the sections of all that was sealed, and closes no station", () => {
  const continues = { submission: "earlier", sections: ["body"] };
  const parts = sealedParts(visit(), memory({ continues }), { outcome: "part", sections: ["wounds"] });
  const [row] = of(parts, "people").people ?? [];
  assert.deepEqual(row?.part?.sections, ["body", "wounds"]);
  assert.deepEqual(row?.stations, []);
  assert.equal(of(parts, "coordination").continues, "earlier");
});

test("what came from paper says when it was asked, when it was typed, and from which sheet", () => {
  const paper = { asked_at: BEGUN - 48 * HOUR, number: "P-17" };
  const [part] = sealedParts(visit(), memory({ paper }));
  assert.deepEqual(
    [part?.mode, part?.asked_at, part?.typed_at, part?.paper],
    ["paper", BEGUN - 48 * HOUR, BEGUN + HOUR, "P-17"],
  );
});

test("the outbox calls a person by what is known of them, when the form does not ask", () => {
  const engine = opened("clinic");
  const { card, name } = sealLabels(engine, about, []);
  assert.deepEqual([card, name], [about.card, "Aigul"]);
});
