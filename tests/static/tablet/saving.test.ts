import assert from "node:assert/strict";
import test from "node:test";
import { DraftSaver, type SaveState } from "../../../static/src/tablet/saving.ts";

/** A disk that answers when the test says so. */
class Disk {
  waiting: { done(at: number): void; fail(why: unknown): void }[] = [];
  save = (): Promise<number> =>
    new Promise((resolve, reject) => {
      this.waiting.push({ done: resolve, fail: reject });
    });
  next(): { done(at: number): void; fail(why: unknown): void } {
    const first = this.waiting.shift();
    assert.ok(first, "a save was begun");
    return first;
  }
}

const never = new Promise<void>(() => undefined);
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function saver(): { disk: Disk; draft: DraftSaver; told: SaveState[] } {
  const disk = new Disk();
  const told: SaveState[] = [];
  return { disk, told, draft: new DraftSaver(disk.save, (state) => told.push(state)) };
}

test("a worker reads Saved only after the disk has answered", async () => {
  const { disk, draft, told } = saver();
  draft.touch();
  assert.equal(draft.state.kind, "changing");
  assert.ok(draft.unsaved);
  disk.next().done(1406);
  await turn();
  assert.deepEqual(draft.state, { kind: "saved", at: 1406, problem: null });
  assert.equal(told.filter((one) => one.kind === "saved").length, 1);
  assert.ok(!draft.unsaved);
});

test("what is typed during a save is saved next, and Saved waits for it", async () => {
  const { disk, draft, told } = saver();
  draft.touch();
  draft.touch();
  draft.touch();
  assert.equal(disk.waiting.length, 1, "one save at a time");
  disk.next().done(1);
  await turn();
  assert.equal(draft.state.kind, "changing");
  disk.next().done(2);
  await turn();
  assert.deepEqual(draft.state, { kind: "saved", at: 2, problem: null });
  assert.ok(!told.some((one) => one.kind === "saved" && one.at === 1), "the first one was never called saved");
});

test("a save that ends while the next word is being typed is not called Saved", async () => {
  const { disk, draft } = saver();
  draft.touch();
  draft.changing();
  disk.next().done(1);
  await turn();
  assert.equal(draft.state.kind, "changing");
  assert.ok(draft.unsaved);
  draft.touch();
  disk.next().done(2);
  await turn();
  assert.equal(draft.state.kind, "saved");
  assert.ok(!draft.unsaved);
});

test("a full disk is told, nothing is dropped, and the next change tries again", async () => {
  const { disk, draft } = saver();
  draft.touch();
  disk.next().fail("storage_full");
  await turn();
  assert.equal(draft.state.kind, "failed");
  assert.equal(draft.state.problem, "storage_full");
  assert.ok(draft.unsaved);
  draft.touch();
  disk.next().done(7);
  await turn();
  assert.equal(draft.state.kind, "saved");
});

test("next waits for the disk", async () => {
  const { disk, draft } = saver();
  draft.touch();
  const settled = draft.settle(never);
  disk.next().done(1);
  assert.equal(await settled, "saved");
});

test("next does not wait for ever", async () => {
  const { draft } = saver();
  draft.touch();
  assert.equal(await draft.settle(Promise.resolve()), "slow");
});

test("next after a failure tries once more and says what is wrong", async () => {
  const { disk, draft } = saver();
  draft.touch();
  disk.next().fail("storage_full");
  await turn();
  const settled = draft.settle(never);
  disk.next().fail("storage_full");
  assert.equal(await settled, "failed");
  const again = draft.settle(never);
  disk.next().done(3);
  assert.equal(await again, "saved");
});

test("a draft that is opened again says when it was saved, until something is typed", () => {
  const draft = new DraftSaver(new Disk().save, () => undefined, 1358);
  assert.deepEqual(draft.state, { kind: "saved", at: 1358, problem: null });
  draft.changing();
  assert.equal(draft.state.kind, "changing");
});
