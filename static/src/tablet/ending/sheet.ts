/** A dialog above the screen: choosing a PIN, and asking for it. It holds the focus, and Escape is *not now*. */
import { nothing, render, type TemplateResult } from "lit/html.js";

export class Sheet {
  #dialog: HTMLDialogElement | null = null;
  #closed: (yes: boolean) => void = () => undefined;
  #view: () => TemplateResult | typeof nothing = () => nothing;

  get open(): boolean {
    return this.#dialog !== null;
  }

  /** Resolves with what `close` was told; false for Escape. One at a time: an older one is closed. */
  show(label: string, view: () => TemplateResult): Promise<boolean> {
    this.close(false);
    const dialog = document.createElement("dialog");
    dialog.className = "sheet";
    dialog.setAttribute("aria-label", label);
    dialog.addEventListener("cancel", (cancelled) => {
      cancelled.preventDefault();
      this.close(false);
    });
    document.body.append(dialog);
    this.#dialog = dialog;
    this.#view = view;
    this.paint();
    dialog.showModal();
    return new Promise((resolve) => {
      this.#closed = resolve;
    });
  }

  paint(): void {
    if (this.#dialog) render(this.#view(), this.#dialog);
  }

  close(yes: boolean): void {
    const dialog = this.#dialog;
    if (!dialog) return;
    this.#dialog = null;
    this.#view = () => nothing;
    dialog.close();
    dialog.remove();
    this.#closed(yes);
  }
}
