/** The camera in the page: what is taken stands in no gallery and no other app of the tablet. */
import { html, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import { closeCamera, openCamera } from "../camera.ts";
import { frame, jpeg } from "./pictures.ts";
import type { Tool, ToolEvents } from "./tools.ts";

const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1920 }, height: { ideal: 1080 } },
};

export class Shutter implements Tool {
  readonly unfinished = false;
  readonly #events: ToolEvents;
  readonly #side: number;
  #stream: MediaStream | null = null;
  #video: HTMLVideoElement | null = null;
  #over = false;

  constructor(side: number, events: ToolEvents) {
    this.#side = side;
    this.#events = events;
  }

  view(): TemplateResult {
    return html`<video class="live" muted playsinline aria-label=${t("capture.picture.live")}></video>
      <div class="row">
        <button type="button" class="btn main" ?disabled=${this.#stream === null} @click=${() => void this.#shoot()}>${icon("tick")}${t("capture.picture.shoot")}</button>
        <button type="button" class="btn quiet" @click=${() => this.#events.left()}>${icon("cross")}${t("capture.leave")}</button>
      </div>`;
  }

  async open(slot: HTMLElement): Promise<void> {
    const stream = await openCamera(WANTED);
    if (this.#over) {
      closeCamera(stream);
      return;
    }
    this.#stream = stream;
    this.#video = slot.querySelector("video");
    // Android takes the camera away from a page that is not seen: let it go before.
    document.addEventListener("visibilitychange", this.#hidden);
    if (this.#video) {
      this.#video.srcObject = stream;
      await this.#video.play();
    }
    this.#events.paint();
  }

  rest(): Promise<null> {
    return Promise.resolve(null);
  }

  end(): void {
    this.#over = true;
    document.removeEventListener("visibilitychange", this.#hidden);
    if (this.#stream) closeCamera(this.#stream);
    this.#stream = null;
  }

  readonly #hidden = (): void => {
    if (document.hidden) this.#events.left();
  };

  async #shoot(): Promise<void> {
    if (this.#video === null) return;
    try {
      this.#events.made(await jpeg(frame(this.#video, this.#side)));
    } catch (thrown) {
      this.#events.failed(thrown);
    }
  }
}
