/** A code that a screen shows says what it should: read back with the reader of the tablets. */
import assert from "node:assert/strict";
import test from "node:test";
import { decodeQR } from "../../../static/node_modules/qr/decode.js";
import { encodeQR } from "../../../static/node_modules/qr/index.js";
import { pathOf } from "../../../static/src/ui/qr.ts";

/** What the path paints, `scale` pixels a module. */
function painted(path: string, size: number, scale: number): { data: Uint8Array; width: number; height: number } {
  const side = size * scale;
  const data = new Uint8Array(side * side * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = (row * side + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 4) data.fill(0, at, at + 3);
    }
  }
  return { data, width: side, height: side };
}

for (const text of [
  "7KQ4-M2XD-9P",
  "ESIK1 0123456789ABCDEF $%*+-./:",
  `https://esik.example/enrol#${"x".repeat(300)}`,
]) {
  test(`${text.slice(0, 24)} is read as it was shown`, () => {
    const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 });
    assert.equal(decodeQR(painted(pathOf(rows), rows.length, 4)), text);
  });
}
