// The reference engine, @getodk/xforms-engine, behind the plainest page that shows a form: for `make bench` only.
// What its engine tells a client is bound to as little DOM as shows it: every top-level group a section, every question a
// fieldset, written again when the engine changes its state. `bound()` is what tests/bench/browsing.py asks for.
import { loadForm } from "../../../static/node_modules/@getodk/xforms-engine/dist/index.js";

interface Said {
  readonly asString: string;
}
interface Item {
  readonly value: string;
  readonly label: Said;
}
/** As much of the engine's nodes as is shown here. */
interface PeerNode {
  readonly nodeType: string;
  readonly valueType?: string;
  readonly selectType?: string;
  readonly currentState: {
    readonly reference: string;
    readonly relevant: boolean;
    readonly label: Said | null;
    readonly hint: Said | null;
    readonly children: readonly PeerNode[] | null;
    readonly valueOptions?: readonly Item[];
    readonly instanceValue?: string;
  };
  setValue(value: unknown): unknown;
  selectValue(value: string | null): unknown;
  selectValues(values: readonly string[]): unknown;
}
interface Shown {
  readonly node: PeerNode;
  readonly element: HTMLElement;
  /** What stands there now. */
  label: string;
  choices: string;
}

const shown = new Map<string, Shown>();
const touched = new Set<string>();

/** Tells which node's state the engine has written; they are drawn together before the next frame. */
function stateFactory(state: object): object {
  return new Proxy(state, {
    set(target, key, value): boolean {
      Reflect.set(target, key, value);
      const { reference } = target as { reference?: string };
      if (reference !== undefined) {
        if (touched.size === 0) queueMicrotask(draw);
        touched.add(reference);
      }
      return true;
    },
  });
}

function draw(): void {
  const all = [...touched];
  touched.clear();
  for (const reference of all) {
    const one = shown.get(reference);
    if (one !== undefined) write(one);
  }
}

function write(one: Shown): void {
  const { node, element } = one;
  const state = node.currentState;
  if (element.hidden !== !state.relevant && element.parentElement?.tagName !== "FORM") element.hidden = !state.relevant;
  const label = `${state.label?.asString ?? ""}\n${state.hint?.asString ?? ""}`;
  const first = element.firstElementChild;
  if (label !== one.label && first !== null) first.textContent = one.label = label;
  if (node.nodeType === "select") {
    const items = state.valueOptions ?? [];
    const choices = items.map(({ value, label: said }) => `${value}\t${said.asString}`).join("\n");
    if (choices !== one.choices) {
      one.choices = choices;
      element.lastElementChild?.replaceChildren(...items.map((item) => option(node, item)));
    }
    const chosen = new Set((state.instanceValue ?? "").split(" "));
    for (const input of element.querySelectorAll("input")) input.checked = chosen.has(input.value);
    return;
  }
  const field = element.querySelector("input");
  if (field !== null && document.activeElement !== field) field.value = state.instanceValue ?? "";
}

function option(node: PeerNode, { value, label }: Item): HTMLElement {
  const line = document.createElement("label");
  const input = document.createElement("input");
  input.type = node.selectType === "select" ? "checkbox" : "radio";
  input.name = node.currentState.reference;
  input.value = value;
  line.append(input, label.asString);
  return line;
}

function question(node: PeerNode): HTMLElement {
  const element = document.createElement("fieldset");
  element.className = "q";
  element.append(document.createElement("legend"), document.createElement("div"));
  const place = element.lastElementChild as HTMLElement;
  if (node.nodeType === "select")
    element.addEventListener("change", () => {
      const chosen = [...element.querySelectorAll("input")].filter((one) => one.checked).map((one) => one.value);
      node.selectValues(chosen);
    });
  else if (node.nodeType === "trigger") {
    const input = document.createElement("input");
    input.type = "checkbox";
    input.addEventListener("change", () => node.setValue(input.checked));
    place.append(input);
  } else if (node.nodeType === "input") {
    const field = document.createElement("input");
    field.type = "text";
    if (node.valueType === "date") element.dataset["kind"] = "date";
    field.addEventListener("input", () => node.setValue(field.value));
    place.append(field);
  }
  return element;
}

function show(node: PeerNode, into: Element): void {
  const { children, reference } = node.currentState;
  if (children === null || node.nodeType === "select") {
    if (node.nodeType === "model-value") return;
    put(node, question(node), into);
    return;
  }
  const top = into.tagName === "FORM";
  const element = document.createElement(top ? "section" : "div");
  element.append(document.createElement("h1"));
  put(node, element, into);
  if (top) element.hidden = true;
  for (const child of children) if (!reference.endsWith("/meta")) show(child, element);
}

function put(node: PeerNode, element: HTMLElement, into: Element): void {
  const one = { node, element, label: "", choices: "" };
  into.append(element);
  shown.set(node.currentState.reference, one);
  write(one);
}

const xform = await (await fetch("form.xml")).text();
const loaded = await loadForm(xform, { missingResourceBehavior: "BLANK" } as never);
if (loaded.status === "failure") throw new Error(String(loaded.error));
const made = loaded.createInstance({ stateFactory } as never);
const root = made.root as unknown as PeerNode;
const form = document.createElement("form");
document.querySelector("#host")?.append(form);
const loose = document.createElement("section");
for (const child of root.currentState.children ?? []) {
  if (child.currentState.reference.endsWith("/meta")) continue;
  if (child.currentState.children !== null && child.nodeType !== "select") show(child, form);
  else {
    if (!loose.isConnected) form.append(loose);
    show(child, loose);
  }
}
const sections = [...form.children] as HTMLElement[];
const nodes = new Map([...shown.values()].map((one) => [one.element, one.node]));
/** A section is one to turn to when a question of it can be answered. */
const holds = (section: HTMLElement): boolean =>
  nodes.get(section)?.currentState.relevant !== false &&
  [...section.querySelectorAll<HTMLElement>(".q")].some((one) => !one.hidden && one.querySelector("input") !== null);
const bound = {
  open: () => sections.flatMap((section, index) => (holds(section) ? [index] : [])),
  show: (index: number) => {
    for (const [at, section] of sections.entries()) section.hidden = at !== index;
  },
};
bound.show(bound.open()[0] ?? 0);
Object.assign(globalThis, { bound: () => bound, root });
