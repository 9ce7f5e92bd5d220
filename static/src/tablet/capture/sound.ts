/** The microphone: a recording with its time on the screen, which ends by itself at its limit and keeps what was said. */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { nowMs } from "../../sync/clock.ts";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import type { Attached } from "../../vault/index.ts";
import { bytesOf } from "./pictures.ts";
import { type CaptureCode, captureProblem } from "./problems.ts";
import type { Tool, ToolEvents } from "./tools.ts";

export const MINUTES = 10;
const LIMIT = MINUTES * 60_000;
/** Speech stays clear, and ten minutes weigh less than two megabytes. */
const BITS = 24_000;
const TYPES = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];

function code(thrown: unknown): CaptureCode {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "microphone_refused";
  return name === "NotFoundError" ? "microphone_missing" : "microphone_busy";
}

export class Sound implements Tool {
  readonly #events: ToolEvents;
  #stream: MediaStream | null = null;
  #recorder: MediaRecorder | null = null;
  readonly #pieces: Blob[] = [];
  #began = 0;
  #tick: ReturnType<typeof setInterval> | undefined;
  #over = false;

  constructor(events: ToolEvents) {
    this.#events = events;
  }

  get unfinished(): boolean {
    return this.#recorder !== null;
  }

  view(): TemplateResult {
    const running = this.#recorder !== null;
    const places = { time: clock(nowMs() - this.#began), limit: clock(LIMIT) };
    return html`<p class="recording">${running ? html`<span class="lamp" aria-hidden="true"></span><span role="timer">${t("capture.sound.running", places)}</span>` : nothing}</p>
      <p class="vh" role="status">${running ? t("capture.sound.began") : nothing}</p>
      <div class="row">
        <button type="button" class="btn main" ?disabled=${!running} @click=${() => void this.#stop()}>${icon("tick")}${t("capture.sound.stop")}</button>
        <button type="button" class="btn quiet" @click=${() => this.#events.left()}>${icon("cross")}${t("capture.sound.drop")}</button>
      </div>`;
  }

  async open(): Promise<void> {
    try {
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (devices === undefined) throw captureProblem("microphone_missing");
      this.#stream = await devices.getUserMedia({ audio: true, video: false });
      if (this.#over) return this.#release();
      const type = TYPES.find((one) => MediaRecorder.isTypeSupported(one));
      const options = { audioBitsPerSecond: BITS, ...(type ? { mimeType: type } : {}) };
      this.#recorder = new MediaRecorder(this.#stream, options);
    } catch (cause) {
      this.#release();
      throw cause instanceof Error && "code" in cause && typeof cause.code === "string"
        ? cause
        : captureProblem(code(cause), {}, cause);
    }
    this.#recorder.addEventListener("dataavailable", ({ data }) => this.#pieces.push(data));
    this.#recorder.start(1000);
    this.#began = nowMs();
    this.#tick = setInterval(() => {
      this.#events.paint();
      if (nowMs() - this.#began >= LIMIT) void this.#stop();
    }, 1000);
    this.#events.paint();
  }

  async rest(): Promise<Attached | null> {
    const recorder = this.#recorder;
    if (recorder === null) return null;
    this.#recorder = null;
    clearInterval(this.#tick);
    if (recorder.state !== "inactive") {
      await new Promise((resolve) => {
        recorder.addEventListener("stop", resolve, { once: true });
        recorder.stop();
      });
    }
    this.#release();
    const [type = "audio/webm"] = recorder.mimeType.split(";");
    const bytes = await bytesOf(new Blob(this.#pieces));
    return bytes.length === 0 ? null : { type, bytes };
  }

  end(): void {
    this.#over = true;
    clearInterval(this.#tick);
    this.#recorder = null;
    this.#release();
  }

  async #stop(): Promise<void> {
    try {
      const made = await this.rest();
      if (made) this.#events.made(made);
      else this.#events.left();
    } catch (thrown) {
      this.#events.failed(thrown);
    }
  }

  #release(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = null;
  }
}

/** 4:07 */
function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
