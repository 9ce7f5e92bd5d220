// A signed-in reviewer: keys in memory only, the directory, and the way to the centre. `drop` forgets all of it.
import type { Bytes } from "../sync/bytes.ts";
import { nowMs } from "../sync/clock.ts";
import type { Directory } from "../sync/directory.ts";
import type { ReadingKey, SigningKey } from "../sync/keys.ts";
import { Problem } from "../sync/problems.ts";
import type { Session as Token, Transport } from "../sync/transport.ts";
import type { Centre } from "./centre.ts";

/** An audience key that a grant gave, by key id (base64url). */
export type HeldKey = { audience: string; epoch: number; key: ReadingKey };

export type SignedIn = {
  pid: Bytes;
  staff: Bytes;
  name: string;
  signing: SigningKey;
  reading: ReadingKey;
  directory: Directory;
  held: Map<string, HeldKey>;
  line: Line;
};

/** A new token is asked for this long before the old one ends. */
const MARGIN_MS = 60_000;
/** How long a token is good for by our own clock; the centre's may be years off. */
const TOKEN_MS = 15 * 60_000;

/** The verbs of the centre under a session that renews itself. */
export class Line {
  readonly transport: Transport;
  readonly centre: Centre;
  readonly #pid: Bytes;
  readonly #store: Bytes;
  readonly #key: SigningKey;
  #token: Token | null = null;
  #until = 0;

  constructor(transport: Transport, centre: Centre, pid: Bytes, store: Bytes, key: SigningKey) {
    this.transport = transport;
    this.centre = centre;
    this.#pid = pid;
    this.#store = store;
    this.#key = key;
  }

  /** Runs `ask` with a token; once more with a new one when the centre has forgotten the old. */
  async with<T>(ask: (token: Token) => Promise<T>): Promise<T> {
    const token = await this.#current();
    try {
      return await ask(token);
    } catch (problem) {
      if (!(Problem.is(problem) && problem.detail["status"] === 401)) throw problem;
      this.#token = null;
      return ask(await this.#current());
    }
  }

  async #current(): Promise<Token> {
    if (this.#token && nowMs() < this.#until - MARGIN_MS) return this.#token;
    this.#token = await this.transport.session(this.#pid, this.#store, this.#key);
    this.#until = nowMs() + TOKEN_MS;
    return this.#token;
  }
}
