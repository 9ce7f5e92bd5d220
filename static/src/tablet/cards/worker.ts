/**
 * Reads a QR code from one frame at a time, so that the screen never waits for it.
 *
 * Messages: a VideoFrame or ImageBitmap in, the text in its middle square or null out. A frame is looked at and
 * forgotten.
 */
import { decodeQR } from "qr/decode.js";

/** Milliseconds for second looks at a frame: the next frame is a better try. */
const SECOND_LOOKS = 40;

/** Side of what is looked at, in pixels: a card at arm's length is still read, and a slow tablet keeps up. */
const SIDE = 640;

const canvas = new OffscreenCanvas(SIDE, SIDE);
const pen = canvas.getContext("2d", { willReadFrequently: true });

function read(frame: VideoFrame | ImageBitmap): string | null {
  if (pen === null) return null;
  const [whole, high] =
    frame instanceof ImageBitmap ? [frame.width, frame.height] : [frame.displayWidth, frame.displayHeight];
  const side = Math.min(whole, high);
  pen.drawImage(frame, (whole - side) / 2, (high - side) / 2, side, side, 0, 0, SIDE, SIDE);
  const { data, width, height } = pen.getImageData(0, 0, SIDE, SIDE);
  try {
    return decodeQR({ data, width, height }, { timeLimit: SECOND_LOOKS });
  } catch {
    return null; // how the reader says that there is none
  }
}

self.addEventListener("message", ({ data }: MessageEvent<VideoFrame | ImageBitmap>) => {
  const text = read(data);
  data.close();
  self.postMessage(text);
});
