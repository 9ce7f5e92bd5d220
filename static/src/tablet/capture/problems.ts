/** What can go wrong at a picture, a sound or a file; words under `problem.<code>` in messages/<language>/capture.json. */
import { Problem } from "../../sync/problems.ts";

export const CAPTURE_CODES = [
  "picture_unreadable",
  "file_too_large",
  "file_not_allowed",
  "microphone_refused",
  "microphone_missing",
  "microphone_busy",
] as const;
export type CaptureCode = (typeof CAPTURE_CODES)[number];

export function captureProblem(code: CaptureCode, detail: Record<string, unknown> = {}, cause?: unknown): Problem {
  return Problem.of(code, detail, cause === undefined ? {} : { cause });
}
