/**
 * What a control works with while something is made: the camera, a sheet to draw on, the microphone.
 *
 * Rules: a tool holds its device from `open` to `end`; what it holds unfinished is not lost, `rest` gives it when the
 * question is left or the screen is locked.
 */
import type { TemplateResult } from "lit/html.js";
import type { Attached } from "../../vault/index.ts";

export interface Tool {
  view(): TemplateResult;
  /** After `view` stands on the screen. Throws why the device cannot be had. */
  open(slot: HTMLElement): Promise<void> | void;
  /** What there is so far, or null. */
  rest(): Promise<Attached | null>;
  /** Whether `rest` would give something. */
  readonly unfinished: boolean;
  end(): void;
}

export interface ToolEvents {
  /** It is made: keep it. */
  made(attached: Attached): void;
  /** Leave it as it was. */
  left(): void;
  failed(thrown: unknown): void;
  paint(): void;
}
