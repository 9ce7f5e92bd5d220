/**
 * The cache of compiled forms and their pages: filled by the page after enrolment and after each contact, read by the
 * service worker. Its names hold a hash or a release, so nothing in it is ever replaced.
 */
import type { CompiledForm } from "../form/index.ts";
import type { FormVersion, Vault } from "../vault/index.ts";

/** Also named in src/sw.ts. */
export const FORM_CACHE = "forms";

export function pageUrl(release: string, version: string, language: string): string {
  return `/tablet/pages/${release}/${version}/${language}.html`;
}

/** A picture or sound beside a label, by its digest; the same for every form that shows it. */
const mediaUrl = (digest: string): string => `/forms/files/${digest}`;

export const formUrl = (version: string): string => `/forms/${version}.json`;

export interface FormsHere {
  forms: number;
  languages: string[];
  /** URLs that could not be had. */
  missing: number;
}

/** Versions that somebody known here left in part: the rest of a talk goes on in them, on any tablet. */
let parted: ReadonlySet<string> = new Set();

/**
 * What is needed is fetched when it is not here yet: the newest version of each form, those that a draft or the rest of
 * a talk belongs to, and what was kept before, since only `dropUnused` knows that nobody needs it. Offline, it counts.
 */
export async function keepForms(vault: Vault, release: string): Promise<FormsHere> {
  const cache = await caches.open(FORM_CACHE);
  const languages = new Set<string>();
  const versions = await vault.forms();
  let missing = 0;
  for (const one of versions) {
    if (!(inUse(one) || (await cache.match(formUrl(one.version))))) continue;
    const compiled = await compiledHere(vault, one);
    if (!compiled || !(await kept(cache, formUrl(one.version)))) missing += 1;
    for (const language of compiled?.languages ?? []) {
      languages.add(language);
      if (!(await kept(cache, pageUrl(release, one.version, language)))) missing += 1;
    }
    for (const { digest } of Object.values(compiled?.files ?? {})) {
      if (!(await kept(cache, mediaUrl(digest)))) missing += 1;
    }
  }
  return { forms: versions.filter((one) => one.newest).length, languages: [...languages], missing };
}

function inUse({ newest, drafts, version }: FormVersion): boolean {
  return newest || drafts > 0 || parted.has(version);
}

/**
 * Drops old versions that nobody needs any more: no draft of this tablet began with them, and nobody's talk was left in
 * part in them. Only while unlocked: else it is not known who was left.
 */
export async function dropUnused(versions: readonly FormVersion[], parts: readonly string[]): Promise<void> {
  parted = new Set(parts);
  const unused = new Set(versions.filter((one) => !inUse(one)).map((one) => one.version));
  if (unused.size === 0) return;
  const cache = await caches.open(FORM_CACHE);
  for (const request of await cache.keys()) {
    const { page, form } = namedIn(request);
    if (unused.has(page?.version ?? form ?? "")) await cache.delete(request);
  }
}

async function compiledHere(vault: Vault, one: FormVersion): Promise<CompiledForm | null> {
  try {
    return (await vault.compiledForm(one.version)) as CompiledForm;
  } catch {
    return null;
  }
}

async function kept(cache: Cache, url: string): Promise<boolean> {
  if (await cache.match(url)) return true;
  try {
    const response = await fetch(url);
    if (!response.ok) return false;
    await cache.put(url, response);
    return true;
  } catch {
    return false;
  }
}

/** Drops pages of other releases than these; compiled forms stay while a draft or the directory names them. */
export async function dropOldPages(releases: readonly string[], versions: readonly FormVersion[]): Promise<void> {
  const cache = await caches.open(FORM_CACHE);
  const wanted = new Set(versions.map((one) => one.version));
  for (const request of await cache.keys()) {
    const { page, form } = namedIn(request);
    const stale = page ? !releases.includes(page.release) || !wanted.has(page.version) : form && !wanted.has(form);
    if (stale) await cache.delete(request);
  }
}

/** What of a form an address is: a page of a release, or the compiled form. */
function namedIn({ url }: Request): { page: { release: string; version: string } | null; form: string | null } {
  const { pathname } = new URL(url);
  const [, release, version] = /^\/tablet\/pages\/([^/]+)\/([^/]+)\//.exec(pathname) ?? [];
  const form = /^\/forms\/([^/]+)\.json$/.exec(pathname)?.[1] ?? null;
  return { page: release && version ? { release, version } : null, form };
}
