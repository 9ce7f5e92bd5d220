/**
 * New releases: noticed, fetched whole with the pages of every form in use, then offered on the home screen at rest.
 *
 * Rules: nothing reloads unless a person pressed *Use it now*; a release whose pages are not all here is not offered.
 */

/** Fetches the pages of a release; resolves with how many could not be had. */
type Prepare = (release: string) => Promise<number>;

export class Updates {
  #registration: ServiceWorkerRegistration | null = null;
  #prepare: Prepare;
  #offer: (ready: boolean) => void;
  #asked = false;

  constructor(prepare: Prepare, offer: (ready: boolean) => void) {
    this.#prepare = prepare;
    this.#offer = offer;
  }

  /** Registers the worker. Without one (an old or private browser) the checks say so; nothing else breaks. */
  async start(): Promise<void> {
    if (!("serviceWorker" in navigator)) return;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (this.#asked) location.reload();
    });
    this.#registration = await navigator.serviceWorker.register("/tablet/sw.js", {
      scope: "/tablet/",
      updateViaCache: "none",
    });
    this.#registration.addEventListener("updatefound", () => this.#watch(this.#registration?.installing ?? null));
    await this.look();
  }

  /** Is a whole newer release waiting? Also asked after each contact, when missing pages may have come. */
  async look(): Promise<void> {
    const release = await this.waiting();
    if (release !== null) this.#offer((await this.#prepare(release)) === 0);
  }

  /** The release that waits beside the one that runs, or null. */
  async waiting(): Promise<string | null> {
    const waiting = this.#registration?.waiting;
    return waiting && this.#registration?.active ? releaseOf(waiting) : null;
  }

  /** Asks the server for a newer worker; quiet when there is no network. */
  async ask(): Promise<void> {
    await this.#registration?.update().catch(() => undefined);
    await this.look();
  }

  /** Takes the waiting release if it is whole still, since a form may have come meanwhile; the page reloads once it controls. */
  async use(): Promise<void> {
    const release = await this.waiting();
    if (release === null || (await this.#prepare(release)) > 0) return this.#offer(false);
    this.#asked = true;
    this.#registration?.waiting?.postMessage({ kind: "activate" });
  }

  #watch(worker: ServiceWorker | null): void {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed") void this.look();
    });
  }
}

function releaseOf(worker: ServiceWorker): Promise<string | null> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = (answer: MessageEvent<unknown>) =>
      resolve(typeof answer.data === "string" ? answer.data : null);
    worker.postMessage({ kind: "release" }, [channel.port2]);
    setTimeout(() => resolve(null), 5000);
  });
}
