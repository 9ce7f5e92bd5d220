/** What goes wrong at a picture, a sound or a file has words; which names a part's answers hold. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { CompiledForm } from "../../../static/src/form/index.ts";
import { attachmentsIn } from "../../../static/src/tablet/attached.ts";
import { sideOf } from "../../../static/src/tablet/capture/pictures.ts";
import { CAPTURE_CODES } from "../../../static/src/tablet/capture/problems.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "static", "messages");

for (const language of ["en", "kk"]) {
  test(`every refusal at a picture, a sound or a file has words in ${language}`, () => {
    const words = JSON.parse(readFileSync(join(folder, language, "capture.json"), "utf8")) as Record<string, string>;
    const wanted = CAPTURE_CODES.flatMap((code) => ["what", "means", "do"].map((part) => `problem.${code}.${part}`));
    assert.deepEqual(
      wanted.filter((key) => !words[key]),
      [],
    );
  });
}

test("a part names the attachments of its own answers, also of a list and in a group", () => {
  const kinds = { photo: "image", body: "group", "body.voice": "audio", wounds: "repeat", "wounds.photo": "image" };
  const questions = Object.entries({ ...kinds, note: "text" }).map(([ref, kind]) => ({
    ref,
    kind,
    audience: "medical",
  }));
  const form = { questions } as unknown as CompiledForm;
  const answers = {
    photo: "a.jpg",
    note: "b.jpg",
    body: { voice: "c.webm" },
    wounds: [{ photo: "d.jpg" }, {}, { photo: "e.jpg" }],
    unknown: "f.jpg",
  };
  assert.deepEqual(attachmentsIn(form, answers), ["a.jpg", "c.webm", "d.jpg", "e.jpg"]);
});

test("a form may want pictures smaller, never larger", () => {
  assert.deepEqual(
    ["400", "9000", "0", "-3", "1.5", "words", undefined].map(sideOf),
    [400, 1600, 1600, 1600, 1600, 1600, 1600],
  );
});
