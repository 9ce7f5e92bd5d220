/**
 * Reads QR codes from the camera into a live picture, until its signal ends.
 *
 * Rules: the camera is let go the moment the signal ends, the picture leaves the page, or the page hides; a frame is
 * never kept. The same code is told once while it stays in the picture.
 */
import { nowMs } from "../../sync/clock.ts";
import { Problem } from "../../sync/problems.ts";
import { closeCamera, openCamera } from "../camera.ts";
import { type Eyes, openEyes } from "./eyes.ts";

/** Milliseconds between two looks: a hand does not come to rest faster. */
const PAUSE = 90;
/** Milliseconds after which a code that left the picture counts as shown again. */
const AGAIN = 1_500;

export interface Heard {
  onText(text: string): void;
  /** The camera went away without being asked: `camera_busy`, or null because the page hid. */
  onGone(problem: Problem | null): void;
}

/** Resolves when the picture is live; `lines` = bar codes too. Throws `camera_refused`, `camera_missing`, `camera_busy`. */
export async function openReader(
  video: HTMLVideoElement,
  heard: Heard,
  signal: AbortSignal,
  lines = false,
): Promise<void> {
  const stream = await openCamera();
  const end = new AbortController();
  const over = AbortSignal.any([signal, end.signal]);
  const stop = (): void => {
    closeCamera(stream);
    if (video.srcObject === stream) video.srcObject = null;
  };
  over.addEventListener("abort", stop, { once: true });
  if (over.aborted) return stop();
  const gone = (problem: Problem | null): void => {
    if (over.aborted) return;
    end.abort();
    heard.onGone(problem);
  };
  stream.getVideoTracks()[0]?.addEventListener("ended", () => gone(Problem.of("camera_busy")), { signal: over });
  document.addEventListener("visibilitychange", () => document.hidden && gone(null), { signal: over });
  try {
    video.srcObject = stream;
    await video.play();
  } catch (cause) {
    if (over.aborted) return;
    end.abort();
    throw Problem.of("camera_busy", {}, { cause });
  }
  void look(video, heard, over, lines, () => end.abort());
}

async function look(
  video: HTMLVideoElement,
  heard: Heard,
  over: AbortSignal,
  lines: boolean,
  end: () => void,
): Promise<void> {
  const eyes = await openEyes(lines);
  over.addEventListener("abort", () => eyes.close(), { once: true });
  if (over.aborted) return eyes.close();
  let last = { text: "", at: 0 };
  while (!over.aborted) {
    if (!video.isConnected) return end();
    const text = await once(eyes, video);
    if (text !== null && !over.aborted) {
      const fresh = text !== last.text || nowMs() - last.at > AGAIN;
      last = { text, at: nowMs() };
      if (fresh) heard.onText(text);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** A frame that cannot be read is followed by one that can. */
async function once(eyes: Eyes, video: HTMLVideoElement): Promise<string | null> {
  try {
    return await eyes.read(video);
  } catch {
    return null;
  }
}
