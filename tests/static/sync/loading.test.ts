/** What loads with the protocol: the JavaScript X-Wing is a chunk of its own, fetched only by browsers that need it. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";

const root = join(import.meta.dirname, "..", "..", "..");
const { build } = createRequire(join(root, "static", "package.json"))("esbuild");

test("the JavaScript X-Wing is not in what loads first", async () => {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: { first: "static/src/sync/seal.ts" },
    bundle: true,
    format: "esm",
    splitting: true,
    minify: true,
    metafile: true,
    outdir: "out",
    write: false,
  });
  const outputs: Record<string, { imports: { path: string; kind: string }[]; inputs: object }> = metafile.outputs;
  const first = new Set(["out/first.js"]);
  for (const path of first) {
    for (const one of outputs[path]?.imports ?? []) if (one.kind === "import-statement") first.add(one.path);
  }
  const inputs = [...first].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
  const isNoble = (path: string) => path.includes("@noble") || path.includes("hpke-noble");
  assert.ok(inputs.includes("static/src/sync/kem.ts"));
  assert.deepEqual(inputs.filter(isNoble), []);
  assert.ok(Object.values(outputs).some(({ inputs }) => Object.keys(inputs).some(isNoble)));
});
