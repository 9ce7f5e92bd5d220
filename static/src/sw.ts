/**
 * The tablet's service worker: starts with the wire cut, from the shell of one release, all or nothing.
 *
 * Rules:
 * - Two caches: `shell-<release>`, filled in one go or not at all; `forms`, filled by the page, names hold a hash.
 * - Only same-origin GETs on its lists are answered here; everything else, `/sync/*` above all, goes to the network.
 * - A new release waits until the home screen says `activate`; it never takes a page over while somebody types.
 */
declare const self: ServiceWorkerGlobalScope;

const START = "/tablet/";
const SHELL = `shell-${ESIK_RELEASE}`;
/** Also named in tablet/form-cache.ts. */
const FORMS = "forms";
const listed: ReadonlySet<string> = new Set([...ESIK_PRECACHE, START, "/tablet/manifest.webmanifest"]);

const isForm = (path: string): boolean => path.startsWith("/forms/") || path.startsWith("/tablet/pages/");

/** Everything, then a look whether the start page belongs to it: a server changed in mid-install gives a mixed shell. */
async function install(): Promise<void> {
  const shell = await caches.open(SHELL);
  try {
    await shell.addAll(
      [...listed].map((url) => new Request(url, { cache: url.startsWith("/assets/") ? "default" : "reload" })),
    );
    const start = await shell.match(START);
    if (!(await start?.text())?.includes(`content="${ESIK_RELEASE}"`)) throw new Error("start page of another release");
  } catch (reason) {
    await caches.delete(SHELL);
    throw reason;
  }
}

/** The first release serves its page at once; a later one got here by `activate`, and the page reloads itself. */
async function activate(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith("shell-") && name !== SHELL);
  await Promise.all(old.map((name) => caches.delete(name)));
  if (old.length === 0) await self.clients.claim();
}

async function answer(request: Request, path: string): Promise<Response> {
  const cache = await caches.open(isForm(path) ? FORMS : SHELL);
  const kept = await cache.match(request.mode === "navigate" ? START : path);
  return kept ?? fetch(request);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const starts = request.mode === "navigate" && url.pathname === START;
  if (starts || isForm(url.pathname) || listed.has(url.pathname)) event.respondWith(answer(request, url.pathname));
});

self.addEventListener("message", (event) => {
  const kind: unknown = event.data?.kind;
  if (kind === "release") event.ports[0]?.postMessage(ESIK_RELEASE);
  if (kind === "activate") void self.skipWaiting();
});
