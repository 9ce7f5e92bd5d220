/**
 * Builds static/dist from static/src: hashed files under assets/, the service worker under a fixed name, one manifest.
 *
 * Rules:
 * - The same sources give the same bytes, wherever and whenever they are built.
 * - `release` = first 16 hex digits of SHA-256 over the sorted lines `path digest` of everything served; the service
 *   worker counts with an empty release in it, since it carries the release itself.
 * - The old build stays whole until the new one is whole: a folder beside it takes its place.
 *
 * manifest.json: {release, assets: {logical name: {path, sha256, size, imports, lazy}}, precache: [path]}.
 * Paths are relative to dist; `imports` are loaded with the file, `lazy` when it asks for them.
 * Known to the sources at build time: ESIK_ASSETS (logical name -> URL: styles, icons, workers), and in
 * sw.ts ESIK_RELEASE and ESIK_PRECACHE (see src/build.d.ts).
 *
 * node static/build.mjs [--out FOLDER]
 */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const outAt = process.argv.indexOf("--out");
const out = outAt > 0 ? resolve(process.argv[outAt + 1]) : join(here, "dist");

const digest = (bytes) => createHash("sha256").update(bytes).digest("hex");
const listed = (folder, ending) =>
  existsSync(join(here, folder))
    ? readdirSync(join(here, folder))
        .filter((name) => ending.includes(extname(name)))
        .sort()
        .map((name) => `${folder}/${name}`)
    : [];

const common = {
  absWorkingDir: here,
  bundle: true,
  charset: "utf8",
  format: "esm",
  legalComments: "none",
  loader: { ".woff2": "file", ".svg": "file" },
  metafile: true,
  minify: true,
  outdir: "dist/assets",
  preserveSymlinks: true,
  publicPath: "/assets",
  assetNames: "[name]-[hash]",
  chunkNames: "chunk-[hash]",
  entryNames: "[name]-[hash]",
  sourcemap: false,
  target: "chrome120",
  write: false,
};

/** What one run of esbuild made: path in dist -> {name, bytes, imports, lazy}. */
async function bundle(entries, options) {
  const names = new Map(Object.values(entries).map(([source, name]) => [source, name]));
  const sources = Object.fromEntries(Object.entries(entries).map(([stem, [source]]) => [stem, source]));
  const result = await build({ ...common, ...options, entryPoints: sources }).catch(() => process.exit(1)); // said already
  const inDist = (path) => path.replace(/^dist\//, "");
  return result.outputFiles.map((file) => {
    const key = Object.keys(result.metafile.outputs).find((path) => resolve(here, path) === file.path);
    const about = result.metafile.outputs[key];
    const linked = (kinds) =>
      about.imports
        .filter((one) => !one.external && kinds.includes(one.kind))
        .map((one) => inDist(one.path))
        .sort();
    return {
      path: inDist(key),
      name: names.get(about.entryPoint) ?? inDist(key),
      bytes: Buffer.from(file.contents),
      imports: linked(["import-statement", "import-rule", "url-token"]),
      lazy: linked(["dynamic-import"]),
    };
  });
}

/** A file served as it is, under a name that holds its hash. */
function copied(name) {
  const bytes = readFileSync(join(here, name));
  const ending = extname(name);
  return {
    path: `assets/${basename(name, ending)}-${digest(bytes).slice(0, 8)}${ending}`,
    name,
    bytes,
    imports: [],
    lazy: [],
  };
}

/** Every path that a start at `names` may load, now or later. */
function reachable(files, names) {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const seen = new Set();
  const visit = (path) => {
    const file = byPath.get(path);
    if (!file || seen.has(path)) return;
    seen.add(path);
    for (const next of [...file.imports, ...file.lazy]) visit(next);
  };
  for (const file of files) if (names(file.name)) visit(file.path);
  return [...seen].sort();
}

const styles = Object.fromEntries(
  listed("styles", [".css"]).map((path) => [`style-${basename(path, ".css")}`, [path, path]]),
);
const first = [
  ...(await bundle(
    {
      "vault-worker": ["src/vault/worker.ts", "vault/worker.js"],
      "cards-worker": ["src/tablet/cards/worker.ts", "cards/worker.js"],
    },
    {},
  )),
  ...(Object.keys(styles).length ? await bundle(styles, {}) : []),
  ...listed("icons", [".svg", ".png", ".ico"]).map(copied),
];
const urls = Object.fromEntries(
  first.map((file) => [file.name, `/${file.path}`]).sort(([one], [other]) => (one < other ? -1 : 1)),
);
const pages = await bundle(
  { tablet: ["src/tablet/main.ts", "tablet/main.js"], desk: ["src/desk/main.ts", "desk/main.js"] },
  { splitting: true, define: { ESIK_ASSETS: JSON.stringify(urls) } },
);
const files = [...first, ...pages];

const forDesk = (name) => name.startsWith("desk/") || name.startsWith("styles/desk") || name.startsWith("assets/");
const precache = reachable(files, (name) => !forDesk(name));

async function serviceWorker(release) {
  const define = {
    ESIK_RELEASE: JSON.stringify(release),
    ESIK_PRECACHE: JSON.stringify(precache.map((path) => `/${path}`)),
  };
  const [made] = await bundle(
    { sw: ["src/sw.ts", "sw.js"] },
    { define, entryNames: "sw", format: "iife", outdir: "dist" },
  );
  return made;
}

const served = [...files, await serviceWorker("")];
const lines = served.map((file) => `${file.path} ${digest(file.bytes)}\n`).sort();
const release = digest(lines.join("")).slice(0, 16);
const all = [...files, await serviceWorker(release)];

const assets = Object.fromEntries(
  all
    .map(({ name, path, bytes, imports, lazy }) => [
      name,
      { path, sha256: digest(bytes), size: bytes.length, imports, lazy },
    ])
    .sort(([one], [other]) => (one < other ? -1 : 1)),
);

const fresh = `${out}.${process.pid}`;
mkdirSync(join(fresh, "assets"), { recursive: true });
for (const file of all) writeFileSync(join(fresh, file.path), file.bytes);
writeFileSync(join(fresh, "manifest.json"), `${JSON.stringify({ release, assets, precache }, null, 1)}\n`);
rmSync(out, { recursive: true, force: true });
renameSync(fresh, out);

const size = all.reduce((sum, file) => sum + file.bytes.length, 0);
console.log(`static: release ${release}, ${all.length} files, ${Math.round(size / 1024)} KiB`);
