/** What of a talk's attachments is erased, and when. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Engine } from "../../../static/src/form/index.ts";
import { Attachments } from "../../../static/src/tablet/attached.ts";
import type { Session } from "../../../static/src/vault/index.ts";

test("what is replaced while an older save is told of stays until the answers without it are on disk", async () => {
  const values: Record<string, string> = {};
  const engine = {
    form: { questions: [{ ref: "photo", kind: "image" }] },
    draft: () => ({ values: { ...values } }),
  } as unknown as Engine;
  const names = ["a", "b", "c"];
  const kept: string[][] = [];
  const session = {
    attach: async () => names.shift() ?? "",
    keepAttachments: async (_: string, all: readonly string[]) => void kept.push([...all].sort()),
  } as unknown as Session;
  const attached = new Attachments(session, "draft", engine);
  const picture = { type: "image/jpeg", bytes: new Uint8Array(1) };
  const answer = async (): Promise<void> => {
    const name = await attached.keep(picture);
    const before = values["photo"];
    values["photo"] = name;
    if (before) attached.gone(before);
  };
  await answer();
  await answer();
  // The disk says b; meanwhile c is on its way to take its place.
  const third = answer();
  await Promise.all([attached.saved(), third]);
  assert.deepEqual(kept, [["b", "c"]]);
  await attached.saved();
  assert.deepEqual(kept.at(-1), ["c"]);
});
