/**
 * Pictures made small and bare: drawn anew from their pixels, so that nothing that a camera wrote beside them (place,
 * time, device, a small picture of before the cut) goes along.
 */
import type { Attached } from "../../vault/index.ts";
import { captureProblem } from "./problems.ts";

/** Longest side in pixels: a wound or a paper can be read, and a tablet's day of pictures still goes over a thin line. */
export const SIDE = 1600;
const QUALITY = 0.82;

/** The longest side that a form asks for, never more than SIDE. */
export function sideOf(asked: string | undefined): number {
  const wanted = Number(asked);
  return Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, SIDE) : SIDE;
}

/** The picture upright and not longer than `side`, on a canvas. Throws `picture_unreadable`. */
export async function drawn(picture: Blob, side: number): Promise<HTMLCanvasElement> {
  const bitmap = await createImageBitmap(picture, { imageOrientation: "from-image" }).catch((cause: unknown) => {
    throw captureProblem("picture_unreadable", {}, cause);
  });
  const canvas = fitted(bitmap, bitmap.width, bitmap.height, side);
  bitmap.close();
  return canvas;
}

/** What the camera shows at this moment. Throws `picture_unreadable` when it shows nothing yet. */
export function frame(video: HTMLVideoElement, side: number): HTMLCanvasElement {
  return fitted(video, video.videoWidth, video.videoHeight, side);
}

/** A canvas as JPEG. Throws `picture_unreadable`. */
export async function jpeg(canvas: HTMLCanvasElement): Promise<Attached> {
  return blobOf(canvas, "image/jpeg");
}

export async function png(canvas: HTMLCanvasElement): Promise<Attached> {
  return blobOf(canvas, "image/png");
}

export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

async function blobOf(canvas: HTMLCanvasElement, type: string): Promise<Attached> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, QUALITY));
  if (blob === null) throw captureProblem("picture_unreadable");
  return { type: blob.type, bytes: await bytesOf(blob) };
}

function fitted(source: CanvasImageSource, width: number, height: number, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(width, height, 1));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const pen = canvas.getContext("2d");
  if (pen === null || width === 0) throw captureProblem("picture_unreadable");
  // A see-through ground would turn black in a JPEG.
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(source, 0, 0, canvas.width, canvas.height);
  return canvas;
}
