// The centre's verbs that only a desk uses: one's own desk slot, a new person's tablet slot, and compiled forms.
// What never goes into a request here: the passphrase, the wrapping half of what it gives, any key.
import type { CompiledForm } from "../form/index.ts";
import type { Bytes } from "../sync/bytes.ts";
import { b64, sha256, unb64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import type { Cost } from "../sync/slot.ts";
import type { Session } from "../sync/transport.ts";

/** How a desk slot is kept. For an unknown name the centre answers in the same way: nobody learns who works here. */
export type Found = Cost & { staff: Bytes; programme: Bytes };

export interface Centre {
  find(name: string): Promise<Found>;
  /** The slot's bytes, against the half of the derivation that signs in. Throws `wrong_passphrase`, `too_many_tries`. */
  openSlot(staff: Uint8Array, auth: Uint8Array): Promise<Bytes>;
  /** Keeps the tablet slot of somebody who is listed with that work key; administrators only. Safe to repeat. */
  putTabletSlot(staff: Uint8Array, auth: Uint8Array, slot: Uint8Array, session: Session): Promise<void>;
  /** A compiled form whose bytes are the version's (`hash_differs`). */
  form(version: string): Promise<CompiledForm>;
}

export function httpCentre(fetcher: typeof fetch = (...a) => fetch(...a)): Centre {
  return {
    async find(name) {
      const { staff, programme, memory, passes, lanes } = await post(fetcher, "/slots/find", { name });
      return {
        staff: bytesOf(staff, 16),
        programme: bytesOf(programme, 32),
        memory: numberOf(memory),
        passes: numberOf(passes),
        lanes: numberOf(lanes),
      };
    },
    async openSlot(staff, auth) {
      const { slot } = await post(fetcher, "/slots/open", { staff: b64(staff), auth: b64(auth) });
      return bytesOf(slot);
    },
    async putTabletSlot(staff, auth, slot, { token }) {
      const headers = { "Content-Type": "application/json", Authorization: `Bearer ${token}` };
      const body = JSON.stringify({ auth: b64(auth), slot: b64(slot) });
      await call(fetcher, `/slots/tablet/${b64(staff)}`, { method: "PUT", headers, body });
    },
    async form(version) {
      const data = await call(fetcher, `/forms/${version}.json`, {});
      if (b64(await sha256(data)) !== version) throw new Problem("hash_differs", { form: version });
      return JSON.parse(new TextDecoder().decode(data)) as CompiledForm;
    },
  };
}

async function post(fetcher: typeof fetch, path: string, body: object): Promise<Record<string, unknown>> {
  const headers = { "Content-Type": "application/json" };
  const data = await call(fetcher, path, { method: "POST", headers, body: JSON.stringify(body) });
  const answer: unknown = JSON.parse(new TextDecoder().decode(data));
  return typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : refuse("answer");
}

async function call(fetcher: typeof fetch, path: string, options: RequestInit): Promise<Bytes> {
  let response: Response;
  let data: Bytes;
  try {
    response = await fetcher(path, { ...options, cache: "no-store", credentials: "omit", redirect: "error" });
    data = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new Problem("no_network", {}, { cause });
  }
  if (!response.ok) throw problemOf(response, data);
  return data;
}

function problemOf(response: Response, data: Bytes): Problem {
  if (!response.headers.get("content-type")?.startsWith("application/problem+json")) {
    return new Problem("no_network", { status: response.status });
  }
  try {
    const { code, title: _, ...detail } = JSON.parse(new TextDecoder().decode(data)) as Record<string, unknown>;
    return Problem.of(typeof code === "string" ? code : "malformed", detail);
  } catch (cause) {
    return new Problem("malformed", { status: response.status }, { cause });
  }
}

function bytesOf(value: unknown, length?: number): Bytes {
  const data = typeof value === "string" ? unb64(value) : refuse("text");
  return length === undefined || data.length === length ? data : refuse("length");
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : refuse("number");
}

function refuse(reason: string): never {
  throw new Problem("malformed", { reason });
}
