/**
 * The cache of compiled forms and their pages: filled by the page after enrolment and after each contact, read by the
 * service worker. Its names hold a hash or a release, so nothing in it is ever replaced.
 */
import type { CompiledForm } from "../form/index.ts";
import { Problem } from "../sync/problems.ts";
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
    let lacks = compiled ? 0 : 1;
    for (const language of compiled?.languages ?? []) {
      languages.add(language);
      if (!(await kept(cache, pageUrl(release, one.version, language)))) lacks += 1;
    }
    // After its pages: a form that is in the cache can be filled.
    if (lacks === 0 && !(await kept(cache, formUrl(one.version)))) lacks += 1;
    for (const { digest } of Object.values(compiled?.files ?? {})) {
      if (!(await kept(cache, mediaUrl(digest)))) lacks += 1;
    }
    missing += lacks;
  }
  return { forms: versions.filter((one) => one.newest).length, languages: [...languages], missing };
}

/**
 * All versions; the newest of a form is the newest that is whole here: one whose bytes were cut off on their way stops
 * nobody from working with the one before. Where none is here, the newest of the directory.
 */
export async function formsHere(vault: Vault): Promise<FormVersion[]> {
  const versions = await vault.forms();
  const cache = await caches.open(FORM_CACHE);
  const here = new Set((await cache.keys()).map((request) => namedIn(request).form));
  const newest = new Map<string, FormVersion>();
  const rank = (one: FormVersion): number => one.number + (here.has(one.version) ? 2 ** 32 : 0);
  for (const one of versions) {
    const before = newest.get(one.form);
    if (!before || rank(one) > rank(before)) newest.set(one.form, one);
  }
  return versions.map((one) => ({ ...one, newest: newest.get(one.form) === one }));
}

/** The newest form that is so. Throws `no_form`, or why one of them could not be read. */
export async function newestForm(
  vault: Vault,
  fits: (form: CompiledForm) => boolean,
): Promise<{ version: FormVersion; form: CompiledForm }> {
  let unread: unknown = Problem.of("no_form");
  for (const version of await formsHere(vault)) {
    if (!version.newest) continue;
    try {
      const form = (await vault.compiledForm(version.version)) as CompiledForm;
      if (fits(form)) return { version, form };
    } catch (thrown) {
      unread = thrown;
    }
  }
  throw unread;
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
  // What is newer than the newest that is whole here is on its way.
  const newest = new Map(versions.filter((one) => one.newest).map((one) => [one.form, one.number]));
  const old = versions.filter((one) => !inUse(one) && one.number < (newest.get(one.form) ?? 0));
  const unused = new Set(old.map((one) => one.version));
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
