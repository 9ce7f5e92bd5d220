/** The few things screens do to the document beside rendering. */
import { direction, language, t } from "./messages.ts";

/** Tells the document its language, direction and title. Titles never hold a name: they stand in lists of windows. */
export function declareDocument(title: string): void {
  document.documentElement.lang = language();
  document.documentElement.dir = direction();
  document.title = `${title} · ${t("brand")}`;
}

/** Moves the focus to a new screen's heading, so that readers and keyboards begin at its top. */
export function focusHeading(root: ParentNode): void {
  const heading = root.querySelector<HTMLElement>("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

/** What held the focus is gone: whoever works by keyboard goes on at the heading, and the screen stays where it is. */
export function keepFocus(root: ParentNode, held: Element | null): void {
  if (held === null || held.isConnected || document.activeElement !== document.body) return;
  const heading = root.querySelector<HTMLElement>("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

/** Says something to screen readers without moving the focus; the region is made on first use. */
export function announce(words: string): void {
  let region = document.getElementById("announcer");
  if (!region) {
    region = document.createElement("div");
    region.id = "announcer";
    region.className = "vh";
    region.setAttribute("role", "status");
    document.body.append(region);
  }
  region.textContent = words;
}
