/**
 * What follows from a change: the expressions that read it are looked at again, in the order of the form. As forms/run.py.
 *
 * Rules: what a change reaches is marked and met on the way, so each expression is evaluated once, and only for the
 * instances that can be concerned (`near` of the form says which). A calculation that is not relevant rests. `first` is
 * worked out once, for what is new; `set` when the text of a trigger is another than before the change; what leans on
 * chance is worked out once, and again only when what it reads changes.
 */
import { calculate, choices, type Slot, words } from "./evaluate.ts";
import { raisedAt } from "./flags.ts";
import type { Here, Interpreter } from "./interpret.ts";
import { everything, MOST_INSTANCES, type Node, type Tree } from "./tree.ts";
import type { Aspect, CompiledForm, Expression, Flag, Language, Question, Ref } from "./types.ts";
import { number, truth } from "./values.ts";

/** What a run is made with. `steady`: nothing changed but language or person. `quiet`: triggers do nothing. */
export interface Run {
  tree: Tree;
  interpreter: Interpreter;
  language: Language;
  steady?: boolean;
  quiet?: boolean;
}

export class Runner {
  readonly flags: ReadonlyMap<string, Flag>;
  /** Flag → the questions under which it stands now. */
  readonly raised = new Map<string, Set<Node>>();
  readonly touch: (node: Node) => void;
  readonly #leave: (node: Node) => void;
  readonly #form: CompiledForm;
  readonly #questions: ReadonlyMap<Ref, Question>;
  readonly #calculations: ReadonlyMap<Ref, number>;
  readonly #own = new Map<Ref, readonly number[]>();
  /** Groups whose relevance asks of what is in them. */
  readonly #inward: ReadonlySet<Ref>;
  readonly #triggers: ReadonlySet<Ref>;
  readonly #before = new Map<Node, string>();
  readonly #dirty: Uint8Array;
  /** Of a dirty place: the nodes below which it must be looked at; none: everywhere. */
  readonly #anchors = new Map<number, Set<Node>>();

  /** `touch` hears of every node that may read otherwise, also of those that stand for all instances of a repeat;
   * `leave` of those that are about to leave their place. */
  constructor(form: CompiledForm, touch: (node: Node) => void, leave: (node: Node) => void) {
    this.#form = form;
    this.touch = touch;
    this.#leave = leave;
    this.#questions = new Map(form.questions.map((question) => [question.ref, question]));
    this.flags = new Map((form.flags ?? []).map((flag) => [flag.name, flag]));
    for (const name of this.flags.keys()) this.raised.set(name, new Set());
    const calculated = form.order.flatMap(([ref, aspect], place) => (aspect === "calculation" ? [[ref, place]] : []));
    this.#calculations = new Map(calculated as [Ref, number][]);
    this.#triggers = new Set(form.questions.flatMap(({ triggers }) => triggers ?? []));
    const asked = Object.entries(form.affects).flatMap(([read, places]) =>
      places.flatMap((place) => {
        const [ref, aspect] = form.order[place] as [Ref, Aspect];
        return aspect === "relevant" && read.startsWith(`${ref}.`) ? [ref] : [];
      }),
    );
    this.#inward = new Set(asked);
    this.#dirty = new Uint8Array(form.order.length);
  }

  /** To be called before the value or the relevance of a node may change: what it set off is known by that. */
  watch(node: Node): void {
    if (this.#triggers.size === 0 || node.fresh || !this.#triggers.has(node.question?.ref ?? "")) return;
    if (!this.#before.has(node)) this.#before.set(node, node.string());
  }

  everything(): void {
    this.#dirty.fill(1);
    this.#anchors.clear();
  }

  /** The value of a node, or whether it is shown, is another: what reads it is marked. */
  changed(node: Node): void {
    const ref = node.question?.ref ?? "";
    const near = this.#form.near?.[ref];
    this.#form.affects[ref]?.forEach((place, at) => {
      const scope = near?.[at] ?? "";
      this.#mark(place, scope === "" ? null : node.within(scope));
    });
  }

  /** Instances came or went below `parent`: the new ones have everything to be evaluated, and positions are others. */
  instancesChanged(parent: Node, repeat: Question, fresh: Iterable<Node>): void {
    for (const node of fresh) for (const place of this.#within(repeat.ref)) this.#mark(place, node);
    for (const ref of this.#questions.keys()) {
      if (!inside(ref, repeat.ref)) continue;
      const near = this.#form.near?.[ref];
      this.#form.affects[ref]?.forEach((place, at) => {
        const scope = near?.[at] ?? "";
        if (!inside(scope, repeat.ref)) this.#mark(place, scope === "" ? null : parent.within(scope));
      });
    }
  }

  /** Places of everything in a repeat but its own count, and of the flags that stand there. */
  #within(repeat: Ref): readonly number[] {
    let found = this.#own.get(repeat);
    if (found === undefined) {
      const own = ([ref, aspect]: [Ref, Aspect]): boolean =>
        aspect === "flag"
          ? inside(this.flags.get(ref)?.at ?? "", repeat)
          : inside(ref, repeat) && !(ref === repeat && aspect === "count");
      found = this.#form.order.flatMap((one, place) => (own(one) ? [place] : []));
      this.#own.set(repeat, found);
    }
    return found;
  }

  #mark(place: number, anchor: Node | null): void {
    const known = this.#anchors.get(place);
    if (this.#dirty[place] === 1 && known === undefined) return;
    this.#dirty[place] = 1;
    if (anchor === null) this.#anchors.delete(place);
    else if (known === undefined) this.#anchors.set(place, new Set([anchor]));
    else known.add(anchor);
  }

  run(run: Run): void {
    const dirty = this.#dirty;
    for (let place = dirty.indexOf(1); place >= 0; place = dirty.indexOf(1, place)) {
      dirty[place] = 0;
      const anchors = this.#anchors.get(place);
      this.#anchors.delete(place);
      const [ref, aspect] = this.#form.order[place] as [Ref, Aspect];
      if (aspect === "flag") this.#judge(ref, run, anchors);
      else if (aspect === "count") this.#count(ref, run, anchors);
      else if (aspect === "set") this.#set(ref, run);
      else this.#look(ref, aspect, run, anchors);
    }
    this.#before.clear();
    run.tree.settle();
  }

  /** The nodes of a question below the anchors, or all. */
  #nodes(ref: Ref, { tree }: Run, anchors: Set<Node> | undefined): Node[] {
    if (anchors === undefined) return tree.every(ref);
    const found = [...anchors].flatMap((anchor) => {
      const over = anchor.question?.ref ?? "";
      if (!anchor.attached()) return [];
      return over === ref ? [anchor] : tree.below(anchor, ref.slice(over.length + 1).split("."));
    });
    return anchors.size > 1 ? [...new Set(found)] : found;
  }

  #ranges(ref: Ref, run: Run, anchors: Set<Node> | undefined): Node[] {
    const above = ref.slice(0, Math.max(0, ref.lastIndexOf(".")));
    if (anchors === undefined || above === "") return run.tree.ranges(ref);
    const around = new Set([...anchors].flatMap((one) => one.within(above) ?? this.#nodes(above, run, new Set([one]))));
    return [...around].flatMap((node) => node.ranges.get(ref.slice(above.length + 1)) ?? []);
  }

  #judge(name: string, run: Run, anchors: Set<Node> | undefined): void {
    const flag = this.flags.get(name);
    const raised = this.raised.get(name);
    if (flag === undefined || raised === undefined) return;
    if (anchors === undefined) raised.clear();
    for (const node of this.#nodes(flag.at, run, anchors)) {
      if (raisedAt(flag, node, run.interpreter)) raised.add(node);
      else raised.delete(node);
    }
  }

  #count(ref: Ref, run: Run, anchors: Set<Node> | undefined): void {
    const question = this.#questions.get(ref) as Question;
    for (const range of this.#ranges(ref, run, anchors)) {
      const found = number(run.interpreter.value(question.count ?? 0, at(range)));
      const wanted = Number.isNaN(found) ? 0 : Math.trunc(Math.max(0, Math.min(MOST_INSTANCES, found)));
      const parent = range.parent as Node;
      const instances = parent.children(ref.slice(ref.lastIndexOf(".") + 1));
      const before = instances.length;
      if (wanted === before) continue;
      for (const gone of instances.slice(wanted)) for (const node of everything(gone)) this.#leave(node);
      run.tree.resize(range, wanted);
      const back = instances.slice(before);
      for (const one of back) for (const node of everything(one)) this.touch(node);
      this.touch(range);
      this.instancesChanged(parent, question, back);
    }
  }

  #look(ref: Ref, aspect: Exclude<Aspect, "flag" | "count" | "set">, run: Run, anchors: Set<Node> | undefined): void {
    const question = this.#questions.get(ref) as Question;
    if (aspect === "relevant" && question.kind === "repeat") {
      for (const range of this.#ranges(ref, run, anchors)) {
        range.relevant = truth(run.interpreter.value(question.relevant ?? "", at(range)));
        range.visible = range.relevant && (range.parent?.visible ?? true);
        this.touch(range);
      }
    }
    for (const node of this.#nodes(ref, run, anchors)) this.#evaluate(node, question, aspect, run);
  }

  #evaluate(node: Node, question: Question, aspect: Exclude<Aspect, "flag" | "count" | "set">, run: Run): void {
    const { interpreter } = run;
    const here = at(node);
    const judge = (tree: Expression | undefined): boolean => tree !== undefined && truth(interpreter.value(tree, here));
    if (aspect !== "relevant") this.touch(node);
    switch (aspect) {
      case "calculation":
        if (node.visible && !(run.steady && question.chance && node.value !== "" && !node.fresh))
          this.#fill(node, question[aspect], run);
        break;
      case "first":
        if (node.fresh) this.#fill(node, question[aspect], run);
        break;
      case "filter":
        node.choices = choices(question, node, interpreter);
        break;
      case "relevant":
        this.#relevant(
          node,
          this.#inward.has(question.ref)
            ? asIfRelevant(node, () => judge(question.relevant))
            : judge(question.relevant),
        );
        break;
      case "required":
        node.required = judge(question.required);
        break;
      case "readonly":
        node.readonly = judge(question.readonly);
        break;
      case "constraint":
        node.allowed = judge(question.constraint);
        break;
      default:
        if (node.texts.size === 0) node.texts = new Map();
        (node.texts as Map<string, string>).set(
          aspect,
          words(question[aspect as Slot], run.language, here, interpreter),
        );
    }
  }

  #fill(node: Node, tree: Expression | undefined, run: Run): boolean {
    this.watch(node);
    const changed = calculate(node, run.interpreter.value(tree ?? "", at(node)));
    if (changed) this.changed(node);
    return changed;
  }

  /** What is below is shown or not from now on: what reads it is marked, and what is calculated there and rested. */
  #relevant(node: Node, relevant: boolean): void {
    if (node.relevant === relevant) return;
    if (this.#triggers.size > 0) for (const below of node.walk()) this.watch(below);
    node.relevant = relevant;
    this.#show(node, relevant && (node.parent?.visible ?? true));
  }

  #show(node: Node, visible: boolean): void {
    if (node.visible === visible) return;
    node.visible = visible;
    this.touch(node);
    this.changed(node);
    const own = this.#calculations.get(node.question?.ref ?? "");
    if (own !== undefined) this.#mark(own, node);
    for (const range of node.ranges.values()) {
      range.visible = visible && range.relevant;
      this.touch(range);
    }
    for (const nodes of node.below.values()) for (const one of nodes) this.#show(one, visible && one.relevant);
  }

  /** Every node that a trigger set off: in a repeat that both stand in, that of the same instance. */
  #set(ref: Ref, run: Run): void {
    const question = this.#questions.get(ref) as Question;
    if (run.quiet) return;
    const off = [...this.#before].flatMap(([node, before]) =>
      node.string() !== before && question.triggers?.includes(node.question?.ref ?? "") ? [node] : [],
    );
    for (const node of run.tree.every(ref)) {
      if (!off.some((trigger) => together(node, trigger))) continue;
      this.touch(node);
      if (this.#fill(node, question.set, run) && node.value !== "") node.way = null;
    }
  }
}

function at(node: Node): Here {
  return { place: node, current: node, position: 1, size: 1 };
}

export function inside(ref: Ref, over: Ref): boolean {
  return ref === over || ref.startsWith(`${over}.`);
}

/** Whether they stand in the same instance of every repeat that is around both. */
function together(node: Node, other: Node): boolean {
  const around = other.lineage();
  return node.lineage().every((one, depth) => {
    const two = around[depth];
    return one.question?.kind !== "repeat" || two === undefined || two.question !== one.question || one === two;
  });
}

/** What `judge` says while the group stands as if it were relevant: so that it may ask of what is in it. */
function asIfRelevant(node: Node, judge: () => boolean): boolean {
  if (node.relevant) return judge();
  veil(node, node.parent?.visible ?? true);
  const found = judge();
  veil(node, false);
  return found;
}

function veil(node: Node, visible: boolean): void {
  node.visible = visible;
  for (const range of node.ranges.values()) range.visible = visible && range.relevant;
  for (const nodes of node.below.values()) for (const one of nodes) veil(one, visible && one.relevant);
}
