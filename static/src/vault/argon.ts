/** Argon2id in a worker of its own, for slots (PROTOCOL 2.3): the `Derive` that sync/slot.ts asks for. */
import type { Bytes } from "../sync/bytes.ts";
import type { Derive } from "../sync/slot.ts";
import { vaultProblem } from "./problems.ts";
import type { Answer, Question } from "./worker.ts";

/** 64 bytes. Throws `no_worker` when the worker does not load or has not the memory. */
export const derive: Derive = (passphrase, salt, memory, passes, lanes) => {
  const question: Question = { passphrase, salt, memory, passes, lanes };
  return new Promise<Bytes>((resolve, reject) => {
    const refuse = (reason: string): void => reject(vaultProblem("no_worker", { reason }));
    let worker: Worker;
    try {
      worker = new Worker(ESIK_ASSETS["vault/worker.js"] ?? "/vault/worker.js", { type: "module" });
    } catch (cause) {
      return refuse(String(cause));
    }
    worker.addEventListener("error", (failure) => {
      worker.terminate();
      refuse(failure.message || "did not load");
    });
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      worker.terminate();
      if ("derived" in data) resolve(data.derived as Bytes);
      else refuse(data.failed);
    });
    worker.postMessage(question);
  });
};
