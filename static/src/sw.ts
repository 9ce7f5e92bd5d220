/** The tablet's service worker: the shell of one release, all or nothing. */
declare const self: ServiceWorkerGlobalScope;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(`shell-${ESIK_RELEASE}`).then((shell) => shell.addAll(ESIK_PRECACHE)));
});
