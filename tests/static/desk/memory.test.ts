import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "../../../static/src/desk/keyboard.ts";
import { Memory } from "../../../static/src/desk/memory.ts";
import { readRoute, routeTo } from "../../../static/src/desk/route.ts";

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
}

test("the highest head stays, whatever is shown later", () => {
  const memory = new Memory(storage());
  memory.setHead("p", { seq: 5, hash: "five" });
  memory.setHead("p", { seq: 3, hash: "three" });
  assert.deepEqual(memory.head("p"), { seq: 5, hash: "five" });
});

test("nothing but numbers and hashes is kept of a log", () => {
  const kept = storage();
  const memory = new Memory(kept);
  memory.setOwnLog("key", { suffix: "abc", seq: 2, hash: "h", ...{ name: "Aigul" } });
  assert.equal([...kept.kept.values()].join().includes("Aigul"), false);
  assert.deepEqual(memory.ownLog("key"), { suffix: "abc", seq: 2, hash: "h" });
});

test("what somebody scribbled into the storage is as if it were not there", () => {
  const kept = storage();
  const memory = new Memory(kept);
  for (const scribble of ["", "{", "[]", '{"seq":-1,"hash":"x"}', '{"seq":1,"hash":"<b>"}', "7"]) {
    kept.kept.set("esik.desk.head.p", scribble);
    assert.equal(memory.head("p"), null);
  }
});

test("addresses carry hashes and fixed words, and lead back", () => {
  const hash = "A".repeat(43);
  for (const route of [
    { page: "submission", hash },
    { page: "fleet" },
    { page: "inbox", shown: "sealed" },
    { page: "inbox", shown: "all" },
  ] as const)
    assert.deepEqual(readRoute(routeTo(route)), route);
  for (const odd of ["", "#", "#/submission/Aigul", "#/inbox/<script>", "#/else"])
    assert.deepEqual(readRoute(odd), { page: "inbox", shown: "all" });
});

test("keys work by their place, in a Cyrillic layout too, and leave the browser's own alone", () => {
  const press = { code: "KeyA", key: "ф", ctrlKey: false, altKey: false, metaKey: false, repeat: false };
  assert.equal(commandOf(press), "accept");
  assert.equal(commandOf({ ...press, ctrlKey: true }), null);
  assert.equal(commandOf({ ...press, repeat: true }), null);
  assert.equal(commandOf({ ...press, code: "KeyJ", key: "о", repeat: true }), "next");
});
