/**
 * A store's verbs over fetch (PROTOCOL 8). Never retries by itself: the caller keeps the back-off. A refusal comes as the
 * server's Problem with its code and HTTP status, no answer at all as `no_network`, an answer out of form as `malformed`.
 */
import { type Answer, readAnswer } from "./bundle.ts";
import { type Bytes, concat } from "./bytes.ts";
import { headShape, signedShape } from "./entry.ts";
import { b64 } from "./ids.ts";
import type { SigningKey } from "./keys.ts";
import { Problem } from "./problems.ts";
import {
  bytes,
  flag,
  integer,
  list,
  literal,
  map,
  natural,
  nullable,
  type Of,
  oneOf,
  positive,
  text,
} from "./shape.ts";
import { decodeMap, encode, type WireMap } from "./wire.ts";

export const WIRE = "application/vnd.msgpack";
/** What a store's answers are: MessagePack, or an object as it is. */
const ANSWERS = [WIRE, "application/octet-stream"];

const helloShape = map({
  v: literal(1),
  /** The store's public key: a hint until the directory lists it (6.5). */
  store: bytes(65),
  programme: bytes(32),
  time: integer,
  limits: map({ body: natural, part: natural, daily: natural }),
  head: headShape,
});
export type Hello = Of<typeof helloShape>;

const directoryShape = map({ v: literal(1), head: headShape, entries: list(signedShape) });
export type DirectoryPage = Of<typeof directoryShape>;

const haveShape = map({
  v: literal(1),
  logs: list(map({ log: bytes(40), seq: natural, hash: bytes(32), contiguous: natural })),
  missing: list(bytes(32)),
});
export type Have = Of<typeof haveShape>;

const receiptsShape = map({ v: literal(1), receipts: list(signedShape) });

const remark = nullable(oneOf("revoked", "fork", "gap"));
const changesShape = map({
  v: literal(1),
  cursor: natural,
  entries: list(map({ seq: positive, bytes: bytes(), signature: bytes(64), received: integer, remark })),
  statements: list(
    map({ seq: positive, kind: oneOf("head", "receipt"), bytes: bytes(), signature: bytes(64), received: integer }),
  ),
  more: flag,
});
export type Changes = Of<typeof changesShape>;

const challengeShape = map({ v: literal(1), challenge: bytes(32) });
const sessionShape = map({ v: literal(1), token: text, until: integer });
/** A bearer token, valid until `until` (ms, the store's clock). */
export type Session = Of<typeof sessionShape>;

export interface Transport {
  hello(): Promise<Hello>;
  /** Entries after number `after`. */
  directory(after: number, session: Session): Promise<DirectoryPage>;
  have(logs: readonly Uint8Array[], ids: readonly Uint8Array[]): Promise<Have>;
  pushBundle(bundle: Uint8Array): Promise<Answer>;
  putObject(id: Uint8Array, data: Uint8Array): Promise<void>;
  object(id: Uint8Array, session: Session): Promise<Bytes>;
  receipts(log: Uint8Array, after: number): Promise<Of<typeof receiptsShape>["receipts"]>;
  /** Long-polls up to `wait` seconds. */
  changes(after: number, wait: number, session: Session, signal?: AbortSignal): Promise<Changes>;
  /** `store` is the listed key id of the store that is meant: what a hostile one relays does not verify elsewhere. */
  session(pid: Uint8Array, store: Uint8Array, key: SigningKey): Promise<Session>;
}

interface Request {
  readonly method?: "GET" | "POST" | "PUT";
  readonly body?: Uint8Array;
  readonly session?: Session;
  readonly signal?: AbortSignal | undefined;
}

/** A transport to the store at `origin` ("" is the page's own). `fetcher` is for tests. */
export function httpTransport(origin = "", fetcher: typeof fetch = (...a) => fetch(...a)): Transport {
  const call = (path: string, request: Request = {}): Promise<Bytes> => send(fetcher, `${origin}/sync${path}`, request);
  const post = async (path: string, body: WireMap): Promise<WireMap> =>
    decodeMap(await call(path, { method: "POST", body: encode(body) }));
  return {
    async hello() {
      return helloShape(decodeMap(await call("/hello")), "");
    },
    async directory(after, session) {
      return directoryShape(decodeMap(await call(`/directory?after=${after}`, { session })), "");
    },
    async have(logs, ids) {
      return haveShape(await post("/have", { v: 1, logs: [...logs], ids: [...ids] }), "");
    },
    async pushBundle(bundle) {
      return readAnswer(await call("/bundle", { method: "POST", body: bundle }));
    },
    async putObject(id, data) {
      await call(`/objects/${b64(id)}`, { method: "PUT", body: data });
    },
    object(id, session) {
      return call(`/objects/${b64(id)}`, { session });
    },
    async receipts(log, after) {
      return receiptsShape(decodeMap(await call(`/receipts?log=${b64(log)}&after=${after}`)), "").receipts;
    },
    async changes(after, wait, session, signal) {
      return changesShape(decodeMap(await call(`/changes?after=${after}&wait=${wait}`, { session, signal })), "");
    },
    async session(pid, store, key) {
      const { challenge } = challengeShape(await post("/session", { v: 1, key: key.keyId }), "");
      const signature = await key.sign("esik/1/session", pid, sessionBytes(store, challenge));
      return sessionShape(await post("/session", { v: 1, key: key.keyId, challenge, signature }), "");
    },
  };
}

/** What a session's signature is over: the store that is meant ‖ challenge. */
export function sessionBytes(store: Uint8Array, challenge: Uint8Array): Bytes {
  return concat(store, challenge);
}

async function send(fetcher: typeof fetch, url: string, request: Request): Promise<Bytes> {
  const headers: Record<string, string> = { Accept: `${WIRE}, application/problem+json` };
  if (request.body) headers["Content-Type"] = WIRE;
  if (request.session) headers["Authorization"] = `Bearer ${request.session.token}`;
  const options = { method: request.method ?? "GET", headers, cache: "no-store", credentials: "omit" } as const;
  const body = request.body ? { body: request.body as Bytes } : {};
  const signal = request.signal ? { signal: request.signal } : {};
  let response: Response;
  let data: Bytes;
  try {
    response = await fetcher(url, { ...options, ...body, ...signal, redirect: "error", referrerPolicy: "no-referrer" });
    data = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new Problem("no_network", {}, { cause });
  }
  const type = response.headers.get("content-type") ?? "";
  const refused = type.startsWith("application/problem+json");
  // A proxy's page, a captive portal: something answered, but no store.
  if (!refused && !(response.ok && ANSWERS.some((one) => type.startsWith(one)))) {
    throw new Problem("no_network", { status: response.status });
  }
  if (refused) throw problemOf(response.status, data);
  return data;
}

/** The server's own words about a refusal. */
function problemOf(status: number, data: Uint8Array): Problem {
  try {
    const { code, title: _, ...detail } = JSON.parse(new TextDecoder().decode(data)) as Record<string, unknown>;
    return Problem.of(typeof code === "string" ? code : "malformed", { ...detail, status });
  } catch (cause) {
    return new Problem("malformed", { status }, { cause });
  }
}
