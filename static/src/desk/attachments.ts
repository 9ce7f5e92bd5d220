// Pictures, sounds and files of opened parts: fetched when somebody asks, checked chunk by chunk, in memory alone.
// What is shown is an object URL of this window; `drop` revokes all of them, when the page is left and at every lock.
import { type Attachment, openAttachment, readAttachments } from "../sync/attachments.ts";
import type { Bytes } from "../sync/bytes.ts";
import { readEntry, submissionOf } from "../sync/entry.ts";
import { IdMap } from "../sync/idmap.ts";
import { Problem } from "../sync/problems.ts";
import { type Failure, failure } from "../ui/index.ts";
import type { Reader } from "./reader.ts";
import type { SignedIn } from "./session.ts";

/** `url` is of what may be shown as it is; of everything else only a file to keep. */
export type AttachmentState =
  | { is: "closed" }
  | { is: "opening" }
  | { is: "open"; shows: "picture" | "sound" | "file"; url: string; large: boolean }
  | { is: "failed"; problem: Failure };

/** Which attachment of which part. */
export type Attached = { hash: string; audience: string; name: string };

export type AttachmentActions = {
  open(which: Attached): void;
  close(which: Attached): void;
  enlarge(which: Attached): void;
};

const CLOSED: AttachmentState = { is: "closed" };
// A tablet that was taken over says any type: only these are ever handed to the browser as what they say they are.
const PICTURES = new Set(["image/jpeg", "image/png", "image/webp"]);
const SOUNDS = new Set(["audio/webm", "audio/ogg", "audio/mp4", "audio/mpeg", "audio/wav"]);

export class Attachments implements AttachmentActions {
  readonly #signedIn: SignedIn;
  readonly #reader: Reader;
  readonly #changed: () => void;
  readonly #states = new Map<string, AttachmentState>();
  /** What was asked for before a drop must not show after it. */
  #era = 0;

  constructor(signedIn: SignedIn, reader: Reader, changed: () => void) {
    this.#signedIn = signedIn;
    this.#reader = reader;
    this.#changed = changed;
  }

  state(which: Attached): AttachmentState {
    return this.#states.get(keyOf(which)) ?? CLOSED;
  }

  open(which: Attached): void {
    if (this.state(which).is === "open" || this.state(which).is === "opening") return;
    void this.#open(which);
  }

  close(which: Attached): void {
    revoke(this.state(which));
    this.#set(which, CLOSED);
  }

  enlarge(which: Attached): void {
    const state = this.state(which);
    if (state.is === "open") this.#set(which, { ...state, large: !state.large });
  }

  /** Nothing of what was opened stays. */
  drop(): void {
    this.#era += 1;
    for (const state of this.#states.values()) revoke(state);
    this.#states.clear();
  }

  async #open(which: Attached): Promise<void> {
    const era = this.#era;
    this.#set(which, { is: "opening" });
    try {
      const { attachment, bytes } = await this.#read(which);
      if (era !== this.#era || this.state(which).is !== "opening") return;
      const shows = PICTURES.has(attachment.type) ? "picture" : SOUNDS.has(attachment.type) ? "sound" : "file";
      const type = shows === "file" ? "application/octet-stream" : attachment.type;
      this.#set(which, { is: "open", shows, url: URL.createObjectURL(new Blob([bytes], { type })), large: false });
    } catch (thrown) {
      if (era === this.#era) this.#set(which, { is: "failed", problem: failure(thrown) });
    }
  }

  async #read({ hash, audience, name }: Attached): Promise<{ attachment: Attachment; bytes: Bytes }> {
    const { pid, directory, line } = this.#signedIn;
    const change = this.#reader.changes.get(hash);
    const part = this.#reader.ledger.submissions.get(hash)?.parts.find((one) => one.audience === audience);
    if (!change || part?.state.is !== "open") throw new Problem("missing_objects");
    const { submission, attachments } = submissionOf(readEntry(change.bytes));
    const sizes = new IdMap<number>();
    for (const { id, size } of attachments) sizes.set(id, size);
    const payload = part.state.payload as unknown as Record<string, unknown>;
    const attachment = readAttachments(payload).find((one) => one.name === name);
    if (!attachment) throw new Problem("missing_objects");
    const fetch = async (id: Uint8Array): Promise<Bytes> => {
      if (directory.erased.has(id)) throw new Problem("erased");
      return line.with((token) => line.transport.object(id, token));
    };
    return { attachment, bytes: await openAttachment(pid, submission, attachment, (id) => sizes.get(id), fetch) };
  }

  #set(which: Attached, state: AttachmentState): void {
    this.#states.set(keyOf(which), state);
    this.#changed();
  }
}

function keyOf({ hash, audience, name }: Attached): string {
  return `${hash}/${audience}/${name}`;
}

function revoke(state: AttachmentState): void {
  if (state.is === "open") URL.revokeObjectURL(state.url);
}
