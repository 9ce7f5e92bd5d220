/** Forms: which versions the directory publishes, and their compiled bytes, checked against the version. */
import { b64, sha256 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import type { Enrolled } from "./context.ts";
import type { FormVersion } from "./types.ts";

/** Every version of the directory, newest of each form marked; `drafts` are those of this tablet. */
export function formsOf({ directory }: Enrolled, drafts: readonly { version: string }[]): FormVersion[] {
  const forms = directory.forms.values();
  const isNewest = (form: string, number: number): boolean =>
    forms.every((other) => other.form !== form || other.number <= number);
  return forms.map(({ form, number, version, audiences }) => {
    const id = b64(version);
    const begun = drafts.filter((one) => one.version === id).length;
    return { form, number, version: id, audiences: [...audiences], newest: isNewest(form, number), drafts: begun };
  });
}

/** Throws `hash_differs`: a server that could change a question could change what an answer means. */
export async function fetchForm(version: string): Promise<unknown> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    const response = await fetch(`/forms/${version}.json`, { credentials: "omit" });
    if (!response.ok) throw new Error(String(response.status));
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw new Problem("no_network", {}, { cause });
  }
  if (b64(await sha256(bytes)) !== version) throw new Problem("hash_differs", { what: "form" });
  return JSON.parse(new TextDecoder().decode(bytes));
}
