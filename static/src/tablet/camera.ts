/**
 * The camera, opened and let go, and why not when not.
 *
 * Rules: a stream belongs to whoever opened it and ends with its signal; a refusal is a problem in words, and never
 * stands in the way of typing.
 */
import { Problem } from "../sync/problems.ts";

export const CAMERA_CODES = ["camera_refused", "camera_missing", "camera_busy"] as const;
export type CameraCode = (typeof CAMERA_CODES)[number];

/** What *Ready* sees of the camera. `ask`: nobody has allowed or refused it yet. */
export type CameraState = "works" | "refused" | "missing" | "ask";

// Enough to read a card at arm's length, little enough for a slow tablet.
const WANTED: MediaStreamConstraints = {
  audio: false,
  video: { facingMode: { ideal: "environment" }, width: { ideal: 1280 }, height: { ideal: 720 } },
};

function code(thrown: unknown): CameraCode {
  const name = thrown instanceof DOMException ? thrown.name : "";
  if (name === "NotAllowedError" || name === "SecurityError") return "camera_refused";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "camera_missing";
  return "camera_busy";
}

/** The camera at the back, else any. Throws `camera_refused`, `camera_missing`, `camera_busy`. */
export async function openCamera(wanted: MediaStreamConstraints = WANTED): Promise<MediaStream> {
  // Absent in pages that a browser does not trust, whatever its types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) throw Problem.of("camera_missing");
  try {
    return await devices.getUserMedia(wanted);
  } catch (cause) {
    throw Problem.of(code(cause), {}, { cause });
  }
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Whether it is there and allowed, without opening it: no lamp lights up by itself. */
export async function lookAtCamera(): Promise<CameraState> {
  const devices = await navigator.mediaDevices?.enumerateDevices().catch(() => []);
  if (!devices?.some((one) => one.kind === "videoinput")) return "missing";
  const states = { granted: "works", denied: "refused", prompt: "ask" } as const;
  return states[await permission()];
}

/** Asks for it, then lets it go at once. Throws as `openCamera`. */
export async function tryCamera(): Promise<void> {
  closeCamera(await openCamera());
}

async function permission(): Promise<PermissionState> {
  try {
    return (await navigator.permissions.query({ name: "camera" as PermissionName })).state;
  } catch {
    return "prompt"; // a browser that does not tell would ask
  }
}
