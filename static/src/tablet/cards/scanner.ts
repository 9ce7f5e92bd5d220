/**
 * One scan: the camera with what it reads, and the field to type into. The same for a screen and for a window over a form.
 *
 * Rules: what is read goes to `found` once, with the camera let go before; what is something else is said and scanning
 * goes on. When `found` leaves the scan standing, or fails, looking begins again.
 */
import type { Problem } from "../../sync/problems.ts";
import { failure } from "../../ui/problem.ts";
import { type Meaning, meaningOf } from "./meaning.ts";
import type { Purpose, Said, ScanActions, ScanView } from "./model.ts";
import { openReader } from "./reader.ts";
import { caretIn, EMPTY, typing } from "./typing.ts";

export interface ScanEvents {
  paint(): void;
  /** The card's code, or an invitation's fragment. */
  found(text: string): void | Promise<void>;
  leave(): void;
  /** Where the live picture is shown, once painted. */
  video(): HTMLVideoElement | null;
}

export class Scanner {
  readonly view: ScanView;
  readonly #events: ScanEvents;
  #looking: AbortController | null = null;
  #over = false;

  constructor(purpose: Purpose, title: string | null, events: ScanEvents) {
    this.#events = events;
    this.view = {
      purpose,
      title,
      camera: "opening",
      said: null,
      typing: EMPTY,
      asked: false,
      busy: false,
      problem: null,
    };
  }

  readonly actions: ScanActions = {
    type: (field) => {
      const caret = caretIn(field.value, field.selectionStart ?? field.value.length);
      this.#set({ typing: typing(field.value), asked: false });
      field.value = this.view.typing.text;
      field.setSelectionRange(caret, caret);
    },
    enter: () => {
      const { code } = this.view.typing;
      if (code === null) this.#set({ asked: true });
      else void this.#follow(code);
    },
    look: () => void this.look(),
    leave: () => {
      this.end();
      this.#events.leave();
    },
  };

  #set(change: Partial<ScanView>): void {
    Object.assign(this.view, change);
    this.#events.paint();
  }

  /** Opens the camera into the picture on the screen. */
  async look(): Promise<void> {
    this.#close();
    const looking = new AbortController();
    this.#looking = looking;
    this.#set({ camera: "opening" });
    const video = this.#events.video();
    if (video === null) return;
    try {
      const heard = {
        onText: (text: string) => this.#read(text),
        onGone: (problem: Problem | null) => this.#gone(problem),
      };
      await openReader(video, heard, looking.signal, this.view.purpose === "code");
      if (!looking.signal.aborted) this.#set({ camera: "live" });
    } catch (thrown) {
      if (!looking.signal.aborted) this.#set({ camera: failure(thrown) });
    }
  }

  /** The camera comes back with the page, where it went with it. */
  #gone(problem: Problem | null): void {
    this.#close();
    this.#set({ camera: problem === null ? "resting" : failure(problem) });
    if (problem !== null) return;
    const seen = (): void => {
      if (document.hidden) return;
      document.removeEventListener("visibilitychange", seen);
      if (!this.#over && this.view.camera === "resting") void this.look();
    };
    document.addEventListener("visibilitychange", seen);
  }

  #close(): void {
    this.#looking?.abort();
    this.#looking = null;
  }

  /** Nothing is read any more, and the camera is let go. */
  end(): void {
    this.#over = true;
    this.#close();
  }

  #read(text: string): void {
    if (this.view.busy || this.#over) return;
    const meaning = meaningOf(text, location.origin);
    const wanted = this.view.purpose === "code" ? text.trim() : this.#wanted(meaning);
    if (wanted === null) this.#set({ said: saidOf(meaning) });
    else void this.#follow(wanted);
  }

  #wanted(meaning: Meaning): string | null {
    if (this.view.purpose !== "invitation") return meaning.kind === "card" ? meaning.code : null;
    return meaning.kind === "invitation" && meaning.here ? meaning.fragment : null;
  }

  async #follow(text: string): Promise<void> {
    if (this.view.busy || this.#over) return;
    this.#close();
    navigator.vibrate?.(60);
    this.#set({ busy: true, said: null, problem: null });
    try {
      await this.#events.found(text);
    } catch (thrown) {
      this.#set({ problem: failure(thrown) });
    }
    if (this.#over) return;
    this.#set({ busy: false });
    await this.look();
  }
}

function saidOf(meaning: Meaning): Said {
  if (meaning.kind !== "invitation") return { kind: meaning.kind, address: "" };
  return { kind: meaning.here ? "invitation" : "elsewhere", address: meaning.address };
}
