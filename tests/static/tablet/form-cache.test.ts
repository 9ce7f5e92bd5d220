/** Which version a tablet works with while a newer one is only partly here, and what it drops. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { CompiledForm } from "../../../static/src/form/index.ts";
import {
  dropUnused,
  formsHere,
  formUrl,
  keepForms,
  newestForm,
  pageUrl,
} from "../../../static/src/tablet/form-cache.ts";
import type { FormVersion, Vault } from "../../../static/src/vault/index.ts";

const AT = "https://centre.example";
const kept = new Map<string, Response>();
/** Addresses that do not answer: the line is cut. */
const cut = new Set<string>();

const path = (url: string): string => new URL(url, AT).pathname;
const cache = {
  match: async (url: string) => kept.get(path(url)),
  put: async (url: string, answer: Response) => void kept.set(path(url), answer),
  keys: async () => [...kept.keys()].map((url) => new Request(new URL(url, AT))),
  delete: async ({ url }: Request) => kept.delete(path(url)),
};

beforeEach(() => {
  kept.clear();
  cut.clear();
  Object.assign(globalThis, {
    caches: { open: async () => cache },
    fetch: async (url: string) => {
      if (cut.has(url)) throw new TypeError("no line");
      return new Response("bytes");
    },
  });
});

const version = (form: string, number: number, newest: boolean, drafts = 0): FormVersion => ({
  form,
  number,
  version: `${form}-${number}`,
  audiences: [],
  newest,
  drafts,
});

function vault(...versions: FormVersion[]): Vault {
  const compiledForm = async (id: string): Promise<CompiledForm> => {
    if (cut.has(formUrl(id))) throw new Error("no_network");
    return { key: id, station: id.split("-")[0], languages: ["en", "kk"], files: {} } as unknown as CompiledForm;
  };
  return { forms: async () => versions, compiledForm } as unknown as Vault;
}

const first = vault(version("registration", 1, true));
const second = vault(version("registration", 1, false), version("registration", 2, true));
const newest = async (of: Vault): Promise<number[]> =>
  (await formsHere(of)).filter((one) => one.newest).map((one) => one.number);

test("a version whose page was cut off on its way leaves the one before to work with", async () => {
  await keepForms(first, "r");
  cut.add(pageUrl("r", "registration-2", "kk"));
  assert.ok((await keepForms(second, "r")).missing > 0);
  assert.deepEqual(await newest(second), [1]);
  await dropUnused(await formsHere(second), []);
  assert.ok(kept.has(formUrl("registration-1")));
  assert.ok(kept.has(pageUrl("r", "registration-2", "en")), "what has come of the new one stays");
  cut.clear();
  assert.equal((await keepForms(second, "r")).missing, 0);
  assert.deepEqual(await newest(second), [2]);
  await dropUnused(await formsHere(second), []);
  assert.ok(!kept.has(formUrl("registration-1")));
});

test("where no version is whole, the newest of the directory is the newest", async () => {
  assert.deepEqual(await newest(second), [2]);
});

test("an old version stays while a draft or somebody's rest of a talk belongs to it", async () => {
  await keepForms(first, "r");
  const drafted = vault(version("registration", 1, false, 1), version("registration", 2, true));
  await keepForms(drafted, "r");
  await dropUnused(await formsHere(drafted), []);
  assert.ok(kept.has(formUrl("registration-1")));
  await dropUnused(await formsHere(second), ["registration-1"]);
  assert.ok(kept.has(formUrl("registration-1")));
});

test("a new form that is not here keeps nobody from registering a family", async () => {
  const both = vault(version("needs", 1, true), version("registration", 1, true));
  cut.add(formUrl("needs-1"));
  const found = await newestForm(both, ({ station }) => station === "registration");
  assert.equal(found.version.version, "registration-1");
  await assert.rejects(
    newestForm(both, () => false),
    /no_network/,
  );
});

test("of two versions that are here the newer is worked with, whatever their numbers", async () => {
  const both = vault(version("registration", 2, false, 1), version("registration", 3, true));
  await keepForms(both, "r");
  assert.deepEqual(await newest(both), [3]);
});
