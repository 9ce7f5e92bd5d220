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

export const formUrl = (version: string): string => `/forms/${version}.json`;

export interface FormsHere {
  forms: number;
  languages: string[];
  /** URLs that could not be had. */
  missing: number;
}

/** Fetches what is not here yet, for every version of the directory and of a draft. Offline, it only counts. */
export async function keepForms(vault: Vault, release: string): Promise<FormsHere> {
  const cache = await caches.open(FORM_CACHE);
  const languages = new Set<string>();
  const versions = await vault.forms();
  let missing = 0;
  for (const one of versions) {
    const compiled = await compiledHere(vault, one);
    if (!compiled || !(await kept(cache, formUrl(one.version)))) missing += 1;
    for (const language of compiled?.languages ?? []) {
      languages.add(language);
      if (!(await kept(cache, pageUrl(release, one.version, language)))) missing += 1;
    }
  }
  return { forms: versions.filter((one) => one.newest).length, languages: [...languages], missing };
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
    const { pathname } = new URL(request.url);
    const page = /^\/tablet\/pages\/([^/]+)\/([^/]+)\//.exec(pathname);
    const form = /^\/forms\/([^/]+)\.json$/.exec(pathname);
    const stale = page ? !releases.includes(page[1] ?? "") || !wanted.has(page[2] ?? "") : !wanted.has(form?.[1] ?? "");
    if (stale) await cache.delete(request);
  }
}
