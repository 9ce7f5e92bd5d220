/**
 * @getodk/xforms-engine as a Player: the engine of ODK Web Forms, with jsdom for its DOM.
 *
 * Rules: its clock, zone and chance are ours (player.ts); it is loaded as in a browser, since its parser looks for Node's
 * modules wherever there is a `process`. Nodes under `meta` are no questions and are left out.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { CHANCE, DEVICE, NOW, type Player, type Ref, type Seen, type Sight, type Step, ZONE } from "./player.ts";

interface Said {
  readonly asString: string;
}
interface Item {
  readonly value: string;
  readonly label: Said;
}
interface XNode {
  readonly nodeType: string;
  readonly valueType?: string;
  readonly currentState: {
    readonly reference: string;
    readonly relevant: boolean;
    readonly required: boolean;
    readonly readonly: boolean;
    readonly label: Said | null;
    readonly hint: Said | null;
    readonly children: readonly XNode[] | null;
    readonly valueOptions?: readonly Item[] | null;
    readonly instanceValue?: string;
  };
  readonly validationState?: { readonly constraint?: { readonly valid: boolean; readonly message: Said | null } };
  setValue(value: unknown): unknown;
  setValues(values: readonly string[]): unknown;
  selectValue(value: string | null): unknown;
  selectValues(values: readonly string[]): unknown;
  addInstances(): unknown;
  removeInstances(start: number): unknown;
}
interface Root extends XNode {
  readonly languages: readonly { readonly language: string; readonly isSyntheticDefault?: true }[];
  setLanguage(language: unknown): unknown;
}
interface Loaded {
  readonly status: string;
  readonly error: { readonly message: string } | null;
  createInstance(config: unknown): { readonly root: Root };
}
interface Named {
  readonly basename: string;
  readonly extension: string | null;
}
interface XFormsEngine {
  loadForm(xform: string, options: unknown): PromiseLike<Loaded>;
}

const require = createRequire(join(import.meta.dirname, "..", "..", "static", "package.json"));

/** Once in a process: clock, zone, chance and DOM are put in place, then the engine is loaded. */
async function load(): Promise<XFormsEngine> {
  process.env["TZ"] = ZONE;
  const { JSDOM } = require("jsdom") as { JSDOM: new (html: string) => { window: Record<string, unknown> } };
  const { window } = new JSDOM("");
  const world = globalThis as unknown as Record<string, unknown>;
  for (const name of ["document", "DOMParser", "Node", "Element", "XMLSerializer", "Document"])
    world[name] = window[name];
  const Clock = Date;
  const moment = Clock.parse(NOW);
  world["Date"] = class extends Clock {
    constructor(...given: unknown[]) {
      if (given.length === 0) super(moment);
      else super(...(given as [number]));
    }
    static override now(): number {
      return moment;
    }
  };
  Math.random = () => CHANCE;
  const node = globalThis.process;
  world["window"] = window;
  world["process"] = undefined;
  try {
    return (await import(pathToFileURL(require.resolve("@getodk/xforms-engine")).href)) as XFormsEngine;
  } finally {
    world["process"] = node;
    delete world["window"];
  }
}

const engine = await load();

/** Files beside the form: name → path on disk. Throws when the engine does not take the form. */
export async function reference(xform: string, files: Readonly<Record<string, string>>): Promise<() => Player> {
  const form = await engine.loadForm(xform, {
    fetchFormAttachment: async (url: URL) => attachment(decodeURIComponent(url.href.split("/").at(-1) ?? ""), files),
    missingResourceBehavior: "BLANK",
  });
  if (form.status === "failure") throw new Error(form.error?.message ?? "no reason");
  return () => {
    const { root } = form.createInstance({
      stateFactory: (state: unknown) => state,
      instanceAttachments: { fileNameFactory: ({ basename, extension }: Named) => `${basename}${extension ?? ""}` },
      preloadProperties: {
        deviceID: DEVICE["deviceid"],
        username: DEVICE["username"],
        email: DEVICE["email"],
        phoneNumber: DEVICE["phonenumber"],
      },
    });
    return new Reference(root);
  };
}

const TYPES: Readonly<Record<string, string>> = { csv: "text/csv", xml: "text/xml", geojson: "application/geo+json" };

function attachment(name: string, files: Readonly<Record<string, string>>): Response {
  const path = files[name];
  if (path === undefined) return new Response("", { status: 404 });
  const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  return new Response(readFileSync(path), { headers: { "content-type": type } });
}

/** `/data/members[2]/name` as `members[2].name`. */
const refOf = (path: string): Ref => path.split("/").slice(2).join(".");

class Reference implements Player {
  readonly languages: readonly string[];
  readonly #root: Root;

  constructor(root: Root) {
    this.#root = root;
    this.languages = root.languages.map(({ language }) => language);
  }

  *#walk(node: XNode = this.#root): Generator<[Ref, XNode]> {
    for (const child of node.currentState.children ?? []) {
      const ref = refOf(child.currentState.reference);
      if (ref === "meta") continue;
      yield [ref, child];
      yield* this.#walk(child);
    }
  }

  #find(ref: Ref): XNode {
    for (const [found, node] of this.#walk()) if (found === ref) return node;
    throw new RangeError(ref);
  }

  play([name, ...rest]: Step): void {
    if (name === "setLanguage") {
      const known = this.#root.languages.find(({ language }) => language === rest[0]);
      if (known !== undefined && known.isSyntheticDefault === undefined) this.#root.setLanguage(known);
      return;
    }
    const node = this.#find(rest[0] as Ref);
    if (name === "addRepeat") node.addInstances();
    else if (name === "removeRepeat") node.removeInstances(Number(rest[1]) - 1);
    else this.#set(node, String(rest[1]));
  }

  #set(node: XNode, value: string): void {
    const words = value === "" ? [] : value.split(" ");
    if (node.nodeType === "select") node.selectValues(words);
    else if (node.nodeType === "rank") node.setValues(words);
    else if (node.nodeType === "trigger") node.setValue(value === "OK");
    else if (node.nodeType === "upload") node.setValue(value === "" ? null : new File(["x"], value));
    else node.setValue(value);
  }

  value(ref: Ref): string {
    return this.#find(ref).currentState.instanceValue ?? "";
  }

  look(): Sight {
    const found: Sight = new Map();
    for (const [ref, node] of this.#walk()) found.set(ref, seen(node));
    return found;
  }

  close(): void {}
}

function seen(node: XNode): Seen {
  const state = node.currentState;
  const said: Seen = { relevant: state.relevant };
  if (node.nodeType.startsWith("repeat-range")) return said;
  if (state.label !== null && state.label !== undefined) said.label = state.label.asString;
  if (state.hint !== null && state.hint !== undefined) said.hint = state.hint.asString;
  if (node.nodeType === "group" || node.nodeType === "repeat-instance") return said;
  said.value = state.instanceValue ?? "";
  said.required = state.required;
  said.readonly = state.readonly;
  const constraint = node.validationState?.constraint;
  said.allowed = constraint?.valid ?? true;
  if (constraint?.valid === false && constraint.message !== null) said.message = constraint.message.asString;
  if (node.nodeType === "select" || node.nodeType === "rank") {
    said.choices = (state.valueOptions ?? []).map(({ value }) => value);
    said.names = (state.valueOptions ?? []).map(({ label }) => label.asString);
  }
  return said;
}
