/** Vectors: `<package>/vectors/<topic>/<sentence>.json` = {about, given, expect | problem}, read by both languages. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

export interface Vector<Given, Expect> {
  readonly sentence: string;
  readonly about: string;
  readonly given: Given;
  readonly expect: Expect;
  readonly problem?: string;
}

/** Every vector of a topic; a topic without files is an error, or its test could not fail. */
export function vectors<Given, Expect>(folder: "forms" | "sync", topic: string): Vector<Given, Expect>[] {
  const at = join(ROOT, folder, "vectors", topic);
  const names = readdirSync(at).filter((name) => name.endsWith(".json"));
  if (names.length === 0) throw new Error(`no vectors in ${at}`);
  return names.sort().map((name) => ({
    sentence: name.replace(/\.json$/, ""),
    ...JSON.parse(readFileSync(join(at, name), "utf8")),
  }));
}
