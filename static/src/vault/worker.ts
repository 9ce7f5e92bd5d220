/**
 * Argon2id away from the page's thread: 64 MiB and most of a second on a cheap tablet. One question, one answer; the
 * page ends the worker afterwards, and its memory, with the passphrase in it, goes with it.
 */
import { argon2id } from "hash-wasm";

export interface Question {
  passphrase: string;
  salt: Uint8Array;
  /** KiB. */
  memory: number;
  passes: number;
  lanes: number;
}

export type Answer = { derived: Uint8Array } | { failed: string };

// The page's program sees this file for its types, and knows no worker's global scope.
declare const self: {
  addEventListener(type: "message", listener: (message: MessageEvent<Question>) => void): void;
  postMessage(answer: Answer): void;
};

async function derive({ passphrase, salt, memory, passes, lanes }: Question): Promise<Uint8Array> {
  return argon2id({
    password: passphrase,
    salt,
    parallelism: lanes,
    iterations: passes,
    memorySize: memory,
    hashLength: 64,
    outputType: "binary",
  });
}

self.addEventListener("message", async (message) => {
  let answer: Answer;
  try {
    answer = { derived: await derive(message.data) };
  } catch (cause) {
    answer = { failed: String(cause) };
  }
  self.postMessage(answer);
});
