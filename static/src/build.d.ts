/** What static/build.mjs writes into the sources. Absent under node:test: read only where a browser runs. */

/** Logical name ("styles/form.css", "vault/worker.js", "icons/…") to the URL it is served at. */
declare const ESIK_ASSETS: Readonly<Record<string, string>>;
/** In sw.ts only: the release that this service worker belongs to. */
declare const ESIK_RELEASE: string;
/** In sw.ts only: URLs of everything the tablet needs with the wire cut. */
declare const ESIK_PRECACHE: readonly string[];
