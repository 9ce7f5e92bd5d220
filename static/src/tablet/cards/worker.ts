/**
 * Reads a QR code from one frame at a time, so that the screen never waits for it.
 *
 * Messages: an ImageBitmap in, the text in it or null out. A frame is looked at and forgotten.
 */
import { decodeQR } from "qr/decode.js";

/** Milliseconds for second looks at a frame: the next frame is a better try. */
const SECOND_LOOKS = 40;

const canvas = new OffscreenCanvas(1, 1);
const pen = canvas.getContext("2d", { willReadFrequently: true });

function read(frame: ImageBitmap): string | null {
  if (pen === null) return null;
  canvas.width = frame.width;
  canvas.height = frame.height;
  pen.drawImage(frame, 0, 0);
  const { data, width, height } = pen.getImageData(0, 0, frame.width, frame.height);
  try {
    return decodeQR({ data, width, height }, { timeLimit: SECOND_LOOKS });
  } catch {
    return null; // how the reader says that there is none
  }
}

self.addEventListener("message", ({ data }: MessageEvent<ImageBitmap>) => {
  const text = read(data);
  data.close();
  self.postMessage(text);
});
