// What the desk knows, as plain data: entries that passed the door, their parts, and the statements of tablets.
// Ids, hashes and logs are base64url text here, so that they can be map keys and addresses. Times are milliseconds.
import type { PartPayload } from "../form/index.ts";

/** Who wrote an entry, as the directory lists the key. */
export type Writer =
  | { is: "device"; key: string; name: string; site: string }
  | { is: "staff"; key: string; staff: string; name: string };

/** A failure by the step of Opening (PROTOCOL 7) that named it. */
export type Failure = { step: number; code: string };

/** An entry whose signature holds and whose key is listed (steps 1 and 2), or that is kept apart with its `failure`. */
export type Arrived = {
  hash: string;
  log: string;
  seq: number;
  prev: string;
  kind: string;
  /** the writer's own claim */
  time: number;
  /** when the centre took it in, by the centre's clock */
  received: number;
  remark: string | null;
  writer: Writer | null;
  failure: Failure | null;
};

export type PartState =
  | { is: "waiting" }
  | { is: "open"; payload: PartPayload }
  | { is: "sealed" }
  | { is: "erased" }
  /** could not be fetched; tried again at the next contact */
  | { is: "unreached"; code: string }
  | { is: "failed"; failure: Failure };

export type PartSeen = { id: string; audience: string; key: string; size: number; state: PartState };

export type Submission = Arrived & {
  kind: "submission";
  submission: string;
  form: string;
  supersedes: string[];
  /** the submission that this one goes on with */
  continues: string | null;
  parts: PartSeen[];
};

export type Verdict = "accepted" | "returned";

/** What a reviewer asked when returning; the words are only in the sealed part. */
export type Question = { is: "open"; words: string } | { is: "sealed" } | { is: "failed"; failure: Failure };

export type Decision = Arrived & {
  kind: "decision";
  of: string;
  state: Verdict;
  item: string;
  question: Question | null;
  /** signed here, receipt not verified yet */
  pending: boolean;
};

/** A tablet's last word about its own log. */
export type Stated = {
  log: string;
  seq: number;
  hash: string;
  time: number;
  received: number;
  release: string;
  epochs: { audience: string; epoch: number }[];
  /** everything on it was fit for a day without a network */
  ready: boolean;
  drafts: number;
  /** the drafts by form version */
  waiting: { form: string; count: number }[];
};

/** A tablet's end-of-shift code as somebody brought it: signed (`qr`), or typed and nobody's signature (`code`). */
export type Word = { log: string; seq: number; time: number; how: "qr" | "code" };

/** A tablet as the directory lists it. */
export type Tablet = {
  key: string;
  name: string;
  site: string;
  revoked: boolean;
  /** it holds the present key of its site's people list */
  confirmed: boolean;
  /** who sealed last on it, as far as an opened part tells */
  hands: string | null;
};
