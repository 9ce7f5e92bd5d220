/**
 * Two ways to read a QR code from a picture: the browser's own detector, else JavaScript in a worker.
 *
 * Rules: neither holds up the screen. Some tablets have a detector that never finds anything (its service is not
 * installed): until it has read its first code, both look.
 */

/** The Shape Detection API, as far as it is used; not yet in the types of the language. */
interface Detector {
  detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

/** Reads the text of the QR code in the middle of the picture, or null. */
export interface Eyes {
  read(video: HTMLVideoElement): Promise<string | null>;
  close(): void;
}

/** `lines`: bar codes too, where the browser's own detector reads them; the worker reads QR codes alone. */
export async function openEyes(lines = false): Promise<Eyes> {
  const native = await ownDetector(lines);
  return native === null ? new WorkerEyes() : new BothEyes(native);
}

const LINES = ["ean_13", "ean_8", "upc_a", "upc_e", "code_128", "code_39", "itf", "codabar", "data_matrix"];

async function ownDetector(lines: boolean): Promise<Detector | null> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  try {
    const supported = (await own?.getSupportedFormats()) ?? [];
    if (own === undefined || !supported.includes("qr_code")) return null;
    return new own({ formats: ["qr_code", ...(lines ? LINES.filter((one) => supported.includes(one)) : [])] });
  } catch {
    return null;
  }
}

let proven = false;

class BothEyes implements Eyes {
  #native: Detector | null;
  #worker: WorkerEyes | null = null;
  #turn = false;

  constructor(native: Detector) {
    this.#native = native;
  }

  async read(video: HTMLVideoElement): Promise<string | null> {
    this.#turn = !this.#turn;
    if (this.#native === null || (!proven && this.#turn)) {
      this.#worker ??= new WorkerEyes();
      return await this.#worker.read(video);
    }
    try {
      const [found] = await this.#native.detect(video);
      if (found === undefined) return null;
      proven = true;
      return found.rawValue;
    } catch {
      this.#native = null;
      return null;
    }
  }

  close(): void {
    this.#worker?.close();
  }
}

class WorkerEyes implements Eyes {
  readonly #worker = new Worker(ESIK_ASSETS["cards/worker.js"] ?? "/cards/worker.js", { type: "module" });
  #waiting: ((text: string | null) => void) | null = null;

  constructor() {
    this.#worker.addEventListener("message", ({ data }: MessageEvent<string | null>) => this.#answer(data));
    this.#worker.addEventListener("error", () => this.#answer(null));
  }

  async read(video: HTMLVideoElement): Promise<string | null> {
    if (video.videoWidth === 0) return null;
    // A frame is handed over as it came from the camera: cutting and shrinking it would hold up the screen.
    const frame = "VideoFrame" in globalThis ? new VideoFrame(video) : await createImageBitmap(video);
    return await new Promise((resolve) => {
      this.#waiting = resolve;
      this.#worker.postMessage(frame, [frame]);
    });
  }

  close(): void {
    this.#worker.terminate();
    this.#answer(null);
  }

  #answer(text: string | null): void {
    this.#waiting?.(text);
    this.#waiting = null;
  }
}
