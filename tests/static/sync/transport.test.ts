/** The verbs over fetch: what a store says, what it refuses, and what is no store at all. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { equal, utf8 } from "../../../static/src/sync/bytes.ts";
import { b64 } from "../../../static/src/sync/ids.ts";
import { SigningKey, verify } from "../../../static/src/sync/keys.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import { randomBytes } from "../../../static/src/sync/randomness.ts";
import { httpTransport, sessionBytes, WIRE } from "../../../static/src/sync/transport.ts";
import { decodeMap, encode, type WireMap } from "../../../static/src/sync/wire.ts";

const HEAD = { seq: 4, hash: randomBytes(32) };
const SESSION = { v: 1 as const, token: "abc", until: 0 };

interface Asked {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: Uint8Array | undefined;
}

/** A fetch that answers from a list and remembers what it was asked. */
function store(...answers: (Response | WireMap | Error)[]): { asked: Asked[]; fetcher: typeof fetch } {
  const asked: Asked[] = [];
  const fetcher = async (input: unknown, init: RequestInit = {}): Promise<Response> => {
    const { method = "GET", headers, body } = init;
    asked.push({ url: String(input), method, headers: headers as Asked["headers"], body: body as Uint8Array });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer instanceof Response ? answer : packed(answer as WireMap);
  };
  return { asked, fetcher: fetcher as typeof fetch };
}

function packed(value: WireMap): Response {
  return new Response(encode(value), { headers: { "content-type": WIRE } });
}

function refusal(status: number, value: unknown): Response {
  const headers = { "content-type": "application/problem+json" };
  return new Response(JSON.stringify(value), { status, headers });
}

const is = (code: string) => (error: unknown) => Problem.is(error, code);

test("a bundle is pushed as it is and its answer read", async () => {
  const empty = { directory: [], entries: [], receipts: [], statements: [] };
  const { asked, fetcher } = store({ v: 1, head: HEAD, ...empty });
  const bundle = utf8("a bundle");
  const answer = await httpTransport("", fetcher).pushBundle(bundle);
  assert.equal(answer.head?.seq, 4);
  assert.equal(answer.newer, null);
  assert.equal(asked[0]?.url, "/sync/bundle");
  assert.equal(asked[0]?.method, "POST");
  assert.equal(asked[0]?.headers["Content-Type"], WIRE);
  assert.deepEqual(asked[0]?.body, bundle);
});

test("a reviewer reads on in the feed with her session", async () => {
  const change = { seq: 8, bytes: utf8("e"), signature: randomBytes(64), received: 5, remark: null };
  const { asked, fetcher } = store({ v: 1, cursor: 8, entries: [change], statements: [], more: false });
  const changes = await httpTransport("https://centre.example", fetcher).changes(7, 25, SESSION);
  assert.equal(changes.entries[0]?.seq, 8);
  assert.equal(asked[0]?.url, "https://centre.example/sync/changes?after=7&wait=25");
  assert.equal(asked[0]?.headers["Authorization"], "Bearer abc");
});

test("a session is signed for the store that is meant, so that another cannot relay it", async () => {
  const { key } = await SigningKey.generate();
  const [pid, meant, other, challenge] = [randomBytes(32), randomBytes(32), randomBytes(32), randomBytes(32)];
  const { asked, fetcher } = store({ v: 1, challenge }, { v: 1, token: "t", until: 9 });
  assert.equal((await httpTransport("", fetcher).session(pid, meant, key)).token, "t");
  const sent = decodeMap(asked[1]?.body as Uint8Array);
  const signature = sent["signature"] as Uint8Array;
  assert.ok(equal(sent["challenge"] as Uint8Array, challenge));
  const verified = (store: Uint8Array) =>
    verify(key.public, "esik/1/session", pid, sessionBytes(store, challenge), signature);
  assert.ok(await verified(meant));
  assert.ok(!(await verified(other)));
});

test("an object is asked for by its id", async () => {
  const { asked, fetcher } = store(
    new Response(utf8("part"), { headers: { "content-type": "application/octet-stream" } }),
  );
  const id = randomBytes(32);
  assert.deepEqual(await httpTransport("", fetcher).object(id, SESSION), utf8("part"));
  assert.equal(asked[0]?.url, `/sync/objects/${b64(id)}`);
});

test("a refusal comes with the server's code, status and detail, of any catalogue", async () => {
  const said = { code: "too_many_tries", status: 429, title: "Too many", retry_after: 30 };
  const { fetcher } = store(refusal(429, said));
  await assert.rejects(httpTransport("", fetcher).hello(), (error: Problem) => {
    assert.equal(error.code, "too_many_tries");
    assert.deepEqual(error.detail, { status: 429, retry_after: 30 });
    return true;
  });
});

test("no line is no_network, and nothing is tried again", async () => {
  const { asked, fetcher } = store(new TypeError("Failed to fetch"));
  await assert.rejects(httpTransport("", fetcher).hello(), is("no_network"));
  assert.equal(asked.length, 1);
});

test("a captive portal is no store", async () => {
  const page = () => new Response("<html>Sign in to Wi-Fi</html>", { headers: { "content-type": "text/html" } });
  await assert.rejects(httpTransport("", store(page()).fetcher).hello(), is("no_network"));
  await assert.rejects(
    httpTransport("", store(new Response("<html>", { status: 502 })).fetcher).hello(),
    is("no_network"),
  );
});

test("an answer out of form is malformed", async () => {
  const { fetcher } = store({ v: 1, nonsense: true }, refusal(400, "no map"), refusal(400, {}));
  const transport = httpTransport("", fetcher);
  await assert.rejects(transport.hello(), is("malformed"));
  await assert.rejects(transport.hello(), is("malformed"));
  await assert.rejects(transport.hello(), is("malformed"));
});
