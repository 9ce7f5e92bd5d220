/**
 * Line icons, drawn on 24 × 24 with the colour of their text. Always beside words, so hidden from screen readers.
 *
 * Rules: the padlock locks the screen and nothing else; *sealed* is the keyhole; ○ ◐ ● are the three delivery states.
 * FLIPPED ones point along the line of reading and mirror in right-to-left (base.css).
 */
import { html, svg, type TemplateResult } from "lit/html.js";

const DRAWN = {
  tick: svg`<path d="M4 12.5l5.5 5.5L20 6.5"/>`,
  cross: svg`<path d="M6 6l12 12M18 6L6 18"/>`,
  minus: svg`<path d="M6 12h12"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  lock: svg`<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8.5 10.5V7a3.5 3.5 0 0 1 7 0v3.5"/>`,
  keyhole: svg`<rect x="3.5" y="3.5" width="17" height="17" rx="4"/><circle cx="12" cy="10" r="2.2"/><path d="M12 12.2V16.5"/>`,
  tablet: svg`<circle cx="12" cy="12" r="9"/>`,
  carried: svg`<circle cx="12" cy="12" r="9"/><path class="fill" d="M12 3a9 9 0 0 1 0 18z"/>`,
  safe: svg`<circle class="fill" cx="12" cy="12" r="10"/><path class="on" d="M7.5 12.4l3.2 3.2 6-6.6"/>`,
  back: svg`<path d="M20 12H5M11 5.5L4.5 12l6.5 6.5"/>`,
  next: svg`<path d="M4 12h15M13 5.5l6.5 6.5-6.5 6.5"/>`,
  chevron: svg`<path d="M9 5l7 7-7 7"/>`,
  up: svg`<path d="M12 20V5M6 10.5L12 4.5l6 6"/>`,
  down: svg`<path d="M12 3v12M7 10.5l5 5 5-5M4 20.5h16"/>`,
  again: svg`<path d="M20 12a8 8 0 1 1-2.3-5.6M20 3v4.5h-4.5"/>`,
  undo: svg`<path d="M9 5L4 10l5 5M4 10h9.5a6 6 0 0 1 0 12H11"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>`,
  alert: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v6"/><circle class="fill" cx="12" cy="16.6" r="1.3"/>`,
  warning: svg`<path d="M12 3.5L22 20.5H2z"/><path d="M12 10v5"/><circle class="fill" cx="12" cy="17.6" r="1.2"/>`,
  pencil: svg`<path d="M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5L17.5 10"/>`,
  eye: svg`<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>`,
  scan: svg`<path d="M4 8.5V4h4.5M15.5 4H20v4.5M20 15.5V20h-4.5M8.5 20H4v-4.5M4 12h16"/>`,
  find: svg`<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>`,
  person: svg`<circle cx="12" cy="7.5" r="4"/><path d="M4.5 20.5c0-4.2 3.2-7 7.5-7s7.5 2.8 7.5 7"/>`,
  family: svg`<circle cx="9" cy="7.5" r="3.5"/><path d="M2.5 20c0-4 2.8-6.5 6.5-6.5s6.5 2.5 6.5 6.5M19 7v6M16 10h6"/>`,
  door: svg`<path d="M6 21V4.5A1.5 1.5 0 0 1 7.5 3h9A1.5 1.5 0 0 1 18 4.5V21M3.5 21h17"/><circle class="fill" cx="14.5" cy="12.5" r="1.3"/>`,
  inbox: svg`<path d="M4 13l2.5-8h11L20 13v6.5H4zM4 13h5l1.2 2.5h3.6L15 13h5"/>`,
  key: svg`<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5L20 3.5M16.5 7l3 3M14 9.5l2 2"/>`,
  window: svg`<rect x="3" y="7" width="13" height="13" rx="2"/><path d="M8 7V5.5A1.5 1.5 0 0 1 9.5 4h10A1.5 1.5 0 0 1 21 5.5v10a1.5 1.5 0 0 1-1.5 1.5H16"/>`,
} as const;

export type IconName = keyof typeof DRAWN;

const FLIPPED: ReadonlySet<IconName> = new Set(["back", "next", "chevron", "undo"]);

export function icon(name: IconName): TemplateResult {
  const flip = FLIPPED.has(name) ? "i flip" : "i";
  return html`<svg class=${flip} viewBox="0 0 24 24" aria-hidden="true" focusable="false">${DRAWN[name]}</svg>`;
}
