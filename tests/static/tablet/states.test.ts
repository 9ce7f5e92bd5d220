import assert from "node:assert/strict";
import test from "node:test";
import { after, FIRST, type Move, type State, TABLE, UNLOCKED } from "../../../static/src/tablet/states.ts";

const STATES = Object.keys(TABLE) as State[];
const moves = (state: State): [Move, State][] => Object.entries(TABLE[state]) as [Move, State][];

test("a person can reach every screen, and every screen has a way on", () => {
  const seen = new Set<State>([FIRST]);
  for (const state of seen) for (const [, next] of moves(state)) seen.add(next);
  assert.deepEqual([...seen].sort(), [...STATES].sort());
  for (const state of STATES) assert.ok(moves(state).length > 0, state);
});

test("a lock takes every unlocked screen to the names, and nothing else stays open", () => {
  for (const state of UNLOCKED) {
    assert.equal(after(state, "lock"), "unlock", state);
    assert.equal(after(state, "rest"), "pin", state);
  }
  assert.ok(!UNLOCKED.has("pin"));
});

test("a second window takes over from wherever the first one stands", () => {
  for (const state of STATES.filter((one) => one !== "elsewhere"))
    assert.equal(after(state, "taken"), "elsewhere", state);
});

test("storage that the browser took away is told from wherever the tablet stands", () => {
  const closed: State[] = ["opening", "elsewhere"];
  for (const state of STATES.filter((one) => !closed.includes(one)))
    assert.equal(after(state, "gone"), "opening", state);
});

test("keys come into memory only through unlock", () => {
  for (const state of STATES) {
    for (const [move, next] of moves(state)) {
      if (UNLOCKED.has(next) && !UNLOCKED.has(state))
        assert.ok(["unlocked", "work_unlocked"].includes(move), `${state} ${move}`);
    }
  }
});

test("an answer that comes late moves nothing", () => {
  assert.equal(after("unlock", "sealed"), "unlock");
  assert.equal(after("home", "unlocked"), "home");
  assert.equal(after("elsewhere", "unlocked"), "elsewhere");
});
