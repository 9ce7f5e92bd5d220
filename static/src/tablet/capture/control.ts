/**
 * The control of one question that is answered by a picture, a signature, a sound or a file.
 *
 * Rules:
 * - An answer is a name, and it is given only after the vault said that the bytes are on disk. A failure keeps what was
 *   there before, and says why; what was made here and is nowhere else stays in memory to be kept again, and the question
 *   is not left without it.
 * - What is replaced or taken away is told to the store (`gone`) after the answer changed; taking away asks once.
 * - Nothing here knows the form: the slot's `data-value` is what the engine holds, `esik-capture` is what it shall hold.
 */
import { render } from "lit/html.js";
import { failure } from "../../ui/problem.ts";
import type { Attached } from "../../vault/index.ts";
import { checked, isPicture } from "./files.ts";
import { Ink } from "./ink.ts";
import { bytesOf, drawn, jpeg, sideOf } from "./pictures.ts";
import { Shutter } from "./shutter.ts";
import { Sound } from "./sound.ts";
import type { Tool, ToolEvents } from "./tools.ts";
import { controlView, type Kind, type Shown, type View } from "./view.ts";

/** Where attachments are kept: the draft that is open. */
export interface Store {
  keep(attached: Attached): Promise<string>;
  read(name: string): Promise<Attached>;
  /** No answer names it any more. */
  gone(name: string): void;
}

type Told = Pick<View, "problem" | "asking" | "large">;

export class Control {
  readonly #slot: HTMLElement;
  readonly #store: Store;
  readonly #kind: Kind;
  #shown: Shown | null = null;
  /** What `#shown` was read for. */
  #value = "";
  #tool: Tool | null = null;
  #running: Promise<void> = Promise.resolve();
  #busy = false;
  #over = false;
  /** Made here, and not on disk. */
  #unkept: Attached | null = null;
  #why: unknown = null;
  #told: Told = { problem: null, asking: false, large: false };

  constructor(slot: HTMLElement, store: Store) {
    this.#slot = slot;
    this.#store = store;
    this.#kind = slot.dataset["capture"] as Kind;
    this.follow();
  }

  /** Something is made that is not kept yet. */
  get unfinished(): boolean {
    return this.#busy || this.#unkept !== null || this.#tool?.unfinished === true;
  }

  /** The engine's value, or whether it may change, is another. */
  follow(): void {
    const value = this.#slot.dataset["value"] ?? "";
    if (value !== this.#value) {
      this.#value = value;
      if (value === "") this.#show(null);
      else if (value !== this.#shown?.name) void this.#load(value);
    }
    this.paint();
  }

  paint(): void {
    if (this.#over) return;
    const view: View = {
      ...this.#told,
      kind: this.#kind,
      shown: this.#shown,
      fixed: this.#slot.dataset["fixed"] !== undefined,
      busy: this.#busy,
      unkept: this.#unkept !== null && !this.#busy,
      tool: this.#tool,
      accept: this.#slot.dataset["accept"] ?? "",
    };
    render(controlView(view, this.#actions), this.#slot);
  }

  /** Keeps what is unfinished: the question is left, or the screen is locked. Throws why it could not be kept. */
  async settle(): Promise<void> {
    const tool = this.#tool;
    if (tool?.unfinished) {
      const made = await tool.rest();
      if (made) this.#keep(made);
    } else if (this.#unkept && !this.#busy) this.#keep(this.#unkept);
    this.#close();
    await this.#running;
    if (this.#unkept) throw this.#why;
  }

  end(): void {
    this.#over = true;
    this.#close();
    this.#show(null);
    render([], this.#slot);
  }

  readonly #actions = {
    take: (): void => this.#take(),
    choose: (file: File | undefined): void => {
      if (file) this.#work(async () => this.#chosen(file));
    },
    ask: (asking: boolean): void => this.#say({ asking }),
    remove: (): void => this.#answer(""),
    again: (): void => {
      if (this.#unkept) this.#keep(this.#unkept);
    },
    drop: (): void => {
      this.#unkept = null;
      this.#say({ problem: null });
    },
    enlarge: (): void => this.#say({ large: !this.#told.large }),
  };

  #events(): ToolEvents {
    return {
      made: (attached) => {
        if (this.#kind === "annotate" && this.#tool instanceof Shutter) {
          this.#work(async () => this.#annotate(new Blob([attached.bytes])));
        } else this.#keep(attached);
      },
      left: () => this.#close(),
      failed: (thrown) => this.#fail(thrown),
      paint: () => this.paint(),
    };
  }

  #take(): void {
    if (this.#kind === "sound") void this.#open(new Sound(this.#events()));
    else if (this.#kind === "signature" || this.#kind === "draw") {
      void this.#open(new Ink(this.#kind, null, this.#events()));
    } else void this.#open(new Shutter(this.#side, this.#events()));
  }

  get #side(): number {
    return sideOf(this.#slot.dataset["pixels"]);
  }

  async #open(tool: Tool): Promise<void> {
    this.#close();
    this.#tool = tool;
    this.#say({ problem: null, asking: false });
    try {
      await tool.open(this.#slot);
      this.paint();
      this.#slot.querySelector<HTMLElement>("canvas, .btn.main")?.scrollIntoView({ block: "nearest" });
      this.#slot.querySelector<HTMLElement>(".btn.main:not([disabled]), input[type=text]")?.focus();
    } catch (thrown) {
      if (this.#tool === tool) this.#fail(thrown);
    }
  }

  #close(): void {
    this.#tool?.end();
    this.#tool = null;
    this.paint();
  }

  async #chosen(file: File): Promise<void> {
    checked(file, this.#kind, this.#slot.dataset["accept"] ?? "");
    if (this.#kind === "annotate") return this.#annotate(file);
    const picture = this.#kind === "picture" || (await isPicture(file));
    // A picture is drawn anew wherever it comes from: only so does the place where it was taken stay behind.
    const attached = picture
      ? await jpeg(await drawn(file, this.#side))
      : { type: file.type || "application/octet-stream", bytes: await bytesOf(file) };
    await this.#put(attached);
  }

  async #annotate(picture: Blob): Promise<void> {
    await this.#open(new Ink("annotate", await drawn(picture, this.#side), this.#events()));
  }

  #keep(attached: Attached): void {
    this.#unkept = attached;
    this.#work(() => this.#put(attached));
  }

  async #put(attached: Attached): Promise<void> {
    const name = await this.#store.keep(attached);
    this.#unkept = null;
    this.#close();
    this.#show({ name, ...about(attached) });
    this.#answer(name);
  }

  /** One thing after the other; a failure is told here, and the question stays as it was. */
  #work(work: () => Promise<void>): void {
    this.#busy = true;
    this.#say({ problem: null });
    this.#running = this.#running
      .then(work)
      .catch((thrown: unknown) => this.#fail(thrown))
      .then(() => {
        this.#busy = false;
        this.paint();
      });
  }

  #answer(name: string): void {
    const before = this.#value;
    if (name === "") this.#show(null);
    this.#value = name;
    this.#slot.dispatchEvent(new CustomEvent("esik-capture", { detail: name, bubbles: true }));
    if (before !== "" && before !== name) this.#store.gone(before);
    this.#say({ asking: false, large: false });
    this.#slot.querySelector<HTMLElement>("button, input")?.focus();
  }

  async #load(name: string): Promise<void> {
    try {
      const attached = await this.#store.read(name);
      if (this.#over || this.#value !== name) return;
      this.#show({ name, ...about(attached) });
      this.#say({ problem: null });
    } catch (thrown) {
      if (this.#value !== name) return;
      this.#show({ name, type: "", size: 0, url: "" });
      this.#say({ problem: failure(thrown) });
    }
  }

  #show(shown: Shown | null): void {
    if (this.#shown?.url) URL.revokeObjectURL(this.#shown.url);
    this.#shown = shown;
  }

  #fail(thrown: unknown): void {
    this.#why = thrown;
    this.#close();
    this.#say({ problem: failure(thrown) });
  }

  #say(change: Partial<Told>): void {
    this.#told = { ...this.#told, ...change };
    this.paint();
  }
}

function about({ type, bytes }: Attached): Omit<Shown, "name"> {
  return { type, size: bytes.length, url: URL.createObjectURL(new Blob([bytes], { type })) };
}
