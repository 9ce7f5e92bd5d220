/** Argon2id away from the page's thread. */
declare const self: DedicatedWorkerGlobalScope;

self.addEventListener("message", () => {
  throw new Error("no Argon2id in this release");
});
