/** The browser's own offer to install, kept until the checks ask for it. */

/** Not in TypeScript's DOM: https://wicg.github.io/manifest-incubations/#beforeinstallpromptevent-interface */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

export class Installer {
  #offer: InstallOffer | null = null;

  constructor() {
    addEventListener("beforeinstallprompt", (offer) => {
      offer.preventDefault();
      this.#offer = offer as InstallOffer;
    });
    addEventListener("appinstalled", () => {
      this.#offer = null;
    });
  }

  get offered(): boolean {
    return this.#offer !== null;
  }

  async install(): Promise<void> {
    const offer = this.#offer;
    this.#offer = null;
    await offer?.prompt();
  }
}
