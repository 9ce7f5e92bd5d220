/**
 * A text as a QR code to be scanned from the screen: one path, black on white in any theme, with its quiet zone.
 *
 * Rules: loaded with the screens that show one, never before. The code is a picture: whatever it says stands beside it
 * in words or to be typed.
 */
import { html, type TemplateResult } from "lit/html.js";
import { encodeQR } from "qr";

/** Modules of white around it, as the standard asks. */
const QUIET = 4;

export function qrView(text: string, label: string): TemplateResult {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: QUIET });
  const size = rows.length;
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">
    <path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d=${pathOf(rows)}/></svg>`;
}

/** Dark modules, run by run. */
export function pathOf(rows: readonly (readonly boolean[])[]): string {
  return rows
    .map((row, y) =>
      runs(row)
        .map(([from, to]) => `M${from} ${y}h${to - from}v1h${from - to}z`)
        .join(""),
    )
    .join("");
}

function runs(row: readonly boolean[]): [number, number][] {
  const found: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    const last = found.at(-1);
    if (dark && last?.[1] === x) last[1] = x + 1;
    else if (dark) found.push([x, x + 1]);
  }
  return found;
}
