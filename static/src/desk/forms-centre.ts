// The centre's verbs for forms, for administrators: what is said of a form that was brought, the library, keeping files.
import type { Bytes } from "../sync/bytes.ts";
import { b64, sha256, unb64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import type { Session } from "../sync/transport.ts";

/** One thing that was found, in all its rows. `repair` is the code of an offered repair, or "". */
export type ReportLine = {
  kind: "error" | "refused" | "warning";
  code: string;
  sheet: string;
  rows: number[];
  /** as its author headed it */
  written: string;
  column: string;
  words: string;
  repair: string;
};

/** What only a person can say of a form; "" is not told. */
export type Told = { audience: string; subject: string; number: string; key: string; language: string };
export const NOTHING_TOLD: Told = { audience: "", subject: "", number: "", key: "", language: "" };

/** What is asked about: files by name as they were brought, or a form of the library. */
export type Wanted = { name: string; files: Map<string, Bytes>; library: boolean; repairs: string[]; told: Told };

/** The centre's answer. `version` is "" while something stops the form; `files` are all that has to be kept of it. */
export type Checked = {
  lines: ReportLine[];
  offered: { code: string; words: string }[];
  repaired: { code: string; sheet: string; row: number; before: string; after: string }[];
  rows: number;
  key: string;
  number: number;
  following: number;
  version: string;
  title: Record<string, string>;
  languages: string[];
  second: string[];
  missing: { language: string; missing: number; rows: number[] }[];
  files: Map<string, Bytes>;
  pages: Record<string, string>;
};

export type LibraryForm = { name: string; key: string; number: number; title: Record<string, string> };

export interface FormsCentre {
  check(wanted: Wanted, session: Session): Promise<Checked>;
  library(session: Session): Promise<LibraryForm[]>;
  /** Keeps a file under its digest; safe to repeat. */
  keep(data: Bytes, session: Session): Promise<void>;
}

export function httpForms(fetcher: typeof fetch = (...a) => fetch(...a)): FormsCentre {
  return {
    async check({ name, files, library, repairs, told }, session) {
      const brought = Object.fromEntries([...files].map(([one, data]) => [one, plain64(data)]));
      const body = JSON.stringify({ name, files: brought, library, repairs, told });
      const headers = { "Content-Type": "application/json" };
      return checkedOf(await call(fetcher, "/forms/check", { method: "POST", headers, body }, session, 422));
    },
    async library(session) {
      return (await call(fetcher, "/forms/library", {}, session)) as LibraryForm[];
    },
    async keep(data, session) {
      const headers = { "Content-Type": "application/octet-stream" };
      const digest = b64(await sha256(data));
      await call(fetcher, `/forms/files/${digest}`, { method: "PUT", headers, body: data }, session);
    },
  };
}

/** Base64 as JSON bodies have it: with padding, and the other two signs. */
function plain64(data: Bytes): string {
  const text = b64(data).replaceAll("-", "+").replaceAll("_", "/");
  return text + "=".repeat((4 - (text.length % 4)) % 4);
}

type Answered = Omit<Checked, "lines" | "offered" | "repaired" | "files"> & {
  report: Pick<Checked, "lines" | "offered" | "repaired">;
  files: Record<string, string>;
};

function checkedOf(answer: unknown): Checked {
  const { report, files, ...rest } = answer as Answered;
  const { lines, offered, repaired } = report;
  const kept = new Map(Object.entries(files).map(([name, data]) => [name, unb64(data)]));
  return { ...rest, lines, offered, repaired, files: kept };
}

/** JSON of an answer that is well, or of the status that says the same in other words. */
async function call(
  fetcher: typeof fetch,
  path: string,
  options: RequestInit,
  { token }: Session,
  also = 0,
): Promise<unknown> {
  const headers = { ...options.headers, Authorization: `Bearer ${token}` };
  let response: Response;
  let text: string;
  try {
    response = await fetcher(path, { ...options, headers, cache: "no-store", credentials: "omit", redirect: "error" });
    text = await response.text();
  } catch (cause) {
    throw new Problem("no_network", {}, { cause });
  }
  const type = response.headers.get("content-type") ?? "";
  if (!type.startsWith("application/json") && !type.startsWith("application/problem+json")) {
    throw new Problem("no_network", { status: response.status });
  }
  const answer = parsed(text, response.status);
  if (response.ok || (response.status === also && type.startsWith("application/json"))) return answer;
  const { code, title: _, ...detail } = answer as Record<string, unknown>;
  throw Problem.of(typeof code === "string" ? code : "malformed", { ...detail, status: response.status });
}

function parsed(text: string, status: number): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem("malformed", { status }, { cause });
  }
}
