/** What the desk signs of a form is what its administrator brought; a centre that says otherwise is noticed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fleetRows } from "../../../static/src/desk/fleet.ts";
import { type Checked, httpForms, NOTHING_TOLD } from "../../../static/src/desk/forms-centre.ts";
import { versionOf } from "../../../static/src/desk/forms-publish.ts";
import { formRows, versionsOf } from "../../../static/src/desk/forms-table.ts";
import { Ledger } from "../../../static/src/desk/ledger.ts";
import { type Bytes, utf8 } from "../../../static/src/sync/bytes.ts";
import { DirectoryDraft } from "../../../static/src/sync/directory-write.ts";
import { b64, sha256 } from "../../../static/src/sync/ids.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { FORM, stated, submission } from "./made.ts";
import { NOW, Programme } from "./programme.ts";

const is = (code: string) => (error: unknown) => Problem.is(error, code);
const SHEET = utf8("survey: []");
const BROUGHT = new Map([["needs.yaml", SHEET]]);

/** What an honest centre answers to `SHEET`. */
async function checked(more: Partial<Checked> = {}, source: Bytes = SHEET): Promise<Checked> {
  const audiences = [{ audience: "family", bucket: 4096 }];
  const compiled = utf8(
    JSON.stringify({ key: "needs", number: 2, audiences, source: { "needs.yaml": b64(await sha256(source)) } }),
  );
  const files = new Map([
    ["compiled.json", compiled],
    ["source/needs.yaml", source],
  ]);
  const nothing = {
    lines: [],
    offered: [],
    repaired: [],
    second: [],
    missing: [],
    pages: {},
    title: {},
    languages: [],
  };
  const version = b64(await sha256(compiled));
  return { ...nothing, rows: 1, key: "needs", number: 2, following: 2, version, files, ...more };
}

test("the entry is worked out from the bytes themselves", async () => {
  const answer = await checked({ key: "another", number: 9 });
  const one = await versionOf(answer, BROUGHT);
  assert.deepEqual([one.key, one.number, b64(one.version)], ["needs", 2, answer.version]);
  const files = one.body["files"] as { name: string; hash: Bytes; size: number }[];
  assert.deepEqual(
    files.map(({ name, size }) => [name, size]),
    [
      ["compiled.json", answer.files.get("compiled.json")?.length],
      ["source/needs.yaml", SHEET.length],
    ],
  );
  assert.equal("reason" in one.body, false);
});

test("a version that its bytes do not hash to is not signed", async () => {
  await assert.rejects(versionOf(await checked({ version: b64(new Uint8Array(32)) }), BROUGHT), is("hash_differs"));
});

test("a centre that compiled something else than what was brought is noticed", async () => {
  const other = utf8("survey: [another]");
  await assert.rejects(versionOf(await checked({}, other), BROUGHT), is("hash_differs"));
  const swapped = await checked();
  swapped.files.set("source/needs.yaml", other);
  await assert.rejects(versionOf(swapped, BROUGHT), is("hash_differs"));
  swapped.files.delete("source/needs.yaml");
  await assert.rejects(versionOf(swapped, BROUGHT), is("hash_differs"));
});

test("an answer without the form is nothing to sign", async () => {
  await assert.rejects(versionOf(await checked({ files: new Map() }), BROUGHT), is("missing_objects"));
});

const session = { v: 1, token: "t", until: 0 } as const;
const answers = (status: number, type: string, body: string) =>
  httpForms(async () => new Response(body, { status, headers: { "content-type": type } }));
const asked = { name: "a", files: new Map(), library: false, repairs: [], told: NOTHING_TOLD };

test("a report that stops a form is an answer, a refusal is a problem, a proxy's page is no centre", async () => {
  const report = { report: { lines: [], offered: [], repaired: [] }, files: {}, version: "" };
  const stopped = await answers(422, "application/json", JSON.stringify(report)).check(asked, session);
  assert.equal(stopped.version, "");
  const refused = answers(413, "application/problem+json", '{"code":"body_too_large"}').check(asked, session);
  await assert.rejects(refused, is("body_too_large"));
  await assert.rejects(answers(200, "text/html", "<html>").check(asked, session), is("no_network"));
  await assert.rejects(answers(200, "application/json", "{").check(asked, session), is("malformed"));
});

test("a tablet with drafts of an old version is named with its number, one with the newest is not", async () => {
  const programme = await Programme.begin();
  const old = b64(programme.version);
  const version = await sha256(utf8("newer"));
  const audiences = FORM.audiences.map(({ audience, bucket }) => ({ audience, bucket }));
  const draft = await DirectoryDraft.on(programme.directory, programme.saule.signing, NOW);
  await draft.write("form", { form: "registration", number: 2, version, audiences, files: [] });
  const ledger = new Ledger();
  ledger.addSubmission(submission({ form: old }));
  ledger.addSubmission(submission({ form: b64(version), hash: "second", seq: 2 }));
  ledger.addStated(
    stated({
      seq: 2,
      drafts: 3,
      waiting: [
        { form: old, count: 2 },
        { form: b64(version), count: 1 },
      ],
    }),
  );
  const tablet = { key: "device-1", name: "T-01", site: "arrival", revoked: false, confirmed: true, hands: null };
  const deviceOf = (log: string) => log.split(":")[0] ?? "";
  const fleet = fleetRows([tablet], ledger, { deviceOf, currentEpoch: () => 1, now: NOW, silentMs: NOW });
  const [row] = formRows(draft.directory, ledger, fleet, new Map());
  assert.deepEqual(row?.behind, [{ tablet: "T-01", number: 1, drafts: 2 }]);
  assert.deepEqual([row?.number, row?.version, row?.submissions], [2, b64(version), 2]);
  assert.deepEqual(
    versionsOf(draft.directory, "registration").map(({ number }) => number),
    [2, 1],
  );
});
