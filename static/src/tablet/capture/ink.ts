/**
 * A sheet to draw on with finger, pen or mouse: a signature, a drawing, lines on a picture.
 *
 * Rules: lines are kept as points, so that each can be taken back. Whoever cannot draw writes a name in place of a
 * signature; it is kept as a picture of that name, so that a reader sees that it was written.
 */
import { html, nothing, type TemplateResult } from "lit/html.js";
import { icon } from "../../ui/icons.ts";
import { t } from "../../ui/messages.ts";
import type { Attached } from "../../vault/index.ts";
import { jpeg, png } from "./pictures.ts";
import type { Tool, ToolEvents } from "./tools.ts";

type Line = [number, number][];

const WIDTH = 1000;
const HEIGHTS = { signature: 400, draw: 750 } as const;
const INK = "#1b1f24";
const MARK = "#a61b1b";

export class Ink implements Tool {
  readonly #kind: "signature" | "draw" | "annotate";
  readonly #events: ToolEvents;
  /** What is drawn on; null is white paper. */
  readonly #ground: HTMLCanvasElement | null;
  #canvas: HTMLCanvasElement | null = null;
  readonly #lines: Line[] = [];
  #name = "";

  constructor(kind: "signature" | "draw" | "annotate", ground: HTMLCanvasElement | null, events: ToolEvents) {
    this.#kind = kind;
    this.#ground = ground;
    this.#events = events;
  }

  get unfinished(): boolean {
    return this.#ground !== null || this.#lines.length > 0 || this.#name.trim() !== "";
  }

  view(): TemplateResult {
    const height = this.#kind === "annotate" ? 0 : HEIGHTS[this.#kind];
    return html`<p class="hint">${t(`capture.${this.#kind}.help`)}</p>
      <canvas class="ink" role="img" aria-label=${t(`capture.${this.#kind}.sheet`)} width=${this.#ground?.width ?? WIDTH} height=${this.#ground?.height ?? height}
        @pointerdown=${(event: PointerEvent) => this.#begin(event)} @pointermove=${(event: PointerEvent) => this.#go(event)}></canvas>
      ${this.#kind === "signature" ? this.#written() : nothing}
      <div class="row">
        <button type="button" class="btn main" ?disabled=${!this.unfinished} @click=${() => void this.#done()}>${icon("tick")}${t("capture.ink.done")}</button>
        <button type="button" class="btn quiet" ?disabled=${this.#lines.length === 0} @click=${() => this.#undo()}>${icon("undo")}${t("capture.ink.undo")}</button>
        <button type="button" class="btn quiet" @click=${() => this.#events.left()}>${icon("cross")}${t("capture.leave")}</button>
      </div>`;
  }

  #written(): TemplateResult {
    const write = ({ target }: Event): void => {
      this.#name = (target as HTMLInputElement).value;
      this.#draw();
      this.#events.paint();
    };
    return html`<label class="written"><span>${t("capture.signature.name")}</span>
      <span class="box wide"><input type="text" dir="auto" autocomplete="off" maxlength="80" @input=${write}></span></label>`;
  }

  open(slot: HTMLElement): void {
    this.#canvas = slot.querySelector("canvas");
    this.#draw();
  }

  async rest(): Promise<Attached | null> {
    if (this.#canvas === null || !this.unfinished) return null;
    return this.#ground ? jpeg(this.#canvas) : png(this.#canvas);
  }

  end(): void {
    this.#canvas = null;
  }

  async #done(): Promise<void> {
    try {
      const made = await this.rest();
      if (made) this.#events.made(made);
    } catch (thrown) {
      this.#events.failed(thrown);
    }
  }

  #undo(): void {
    this.#lines.pop();
    this.#draw();
    this.#events.paint();
  }

  #begin(event: PointerEvent): void {
    event.preventDefault();
    (event.target as HTMLCanvasElement).setPointerCapture(event.pointerId);
    // A tap alone is a dot.
    this.#lines.push([this.#at(event), this.#at(event)]);
    this.#draw();
    this.#events.paint();
  }

  #go(event: PointerEvent): void {
    if (!(event.target as HTMLCanvasElement).hasPointerCapture(event.pointerId)) return;
    this.#lines.at(-1)?.push(this.#at(event));
    this.#draw();
  }

  #at({ target, offsetX, offsetY }: PointerEvent): [number, number] {
    const { width, height, clientWidth, clientHeight } = target as HTMLCanvasElement;
    return [(offsetX * width) / Math.max(clientWidth, 1), (offsetY * height) / Math.max(clientHeight, 1)];
  }

  #draw(): void {
    const canvas = this.#canvas;
    const pen = canvas?.getContext("2d");
    if (!canvas || !pen) return;
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    if (this.#ground) pen.drawImage(this.#ground, 0, 0);
    pen.strokeStyle = this.#ground ? MARK : INK;
    pen.lineWidth = Math.max(4, canvas.width / 200);
    pen.lineCap = "round";
    pen.lineJoin = "round";
    for (const line of this.#lines) {
      pen.beginPath();
      for (const [x, y] of line) pen.lineTo(x, y);
      pen.stroke();
    }
    pen.fillStyle = INK;
    pen.textAlign = "center";
    pen.font = "64px system-ui, sans-serif";
    if (this.#name.trim()) pen.fillText(this.#name.trim(), canvas.width / 2, canvas.height - 90, canvas.width - 80);
  }
}
