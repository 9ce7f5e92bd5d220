/** A scan in a window over whatever stands on the screen: nothing beneath it is touched. */
import { render } from "lit/html.js";
import type { Purpose } from "./model.ts";
import { Scanner } from "./scanner.ts";
import { scanTitle, scanWindow } from "./screens.ts";

/** The code; null when it was closed, or the signal ended. */
export async function scanInWindow(purpose: Purpose, signal: AbortSignal): Promise<string | null> {
  const dialog = document.createElement("dialog");
  dialog.className = "scan-window";
  document.body.append(dialog);
  const code = await new Promise<string | null>((resolve) => {
    const close = (found: string | null): void => {
      scanner.end();
      resolve(found);
    };
    const scanner: Scanner = new Scanner(purpose, null, {
      paint: () => render(scanWindow(scanner.view, scanner.actions), dialog),
      found: (text) => close(text),
      leave: () => close(null),
      video: () => dialog.querySelector("video"),
    });
    dialog.addEventListener("cancel", () => close(null));
    signal.addEventListener("abort", () => close(null), { once: true });
    dialog.setAttribute("aria-label", scanTitle(scanner.view));
    render(scanWindow(scanner.view, scanner.actions), dialog);
    dialog.showModal();
    dialog.querySelector<HTMLElement>("h2")?.focus();
    void scanner.look();
  });
  dialog.close();
  dialog.remove();
  return code;
}
