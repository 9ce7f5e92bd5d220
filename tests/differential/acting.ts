/**
 * What a person might do next, by chance that can be repeated.
 *
 * Rules: only what both engines let a person do: questions that are seen and not read-only, choices that are offered,
 * answers of the right type. Answers are changed and cleared; questions that switch others come up more often, and so do
 * texts and numbers that the form's own expressions name.
 */
import { asks } from "../../static/src/form/answers.ts";
import type { CompiledForm, Question } from "../../static/src/form/types.ts";
import { questionOf } from "./own.ts";
import type { Ref, Seen, Sight, Step } from "./player.ts";

export type Chance = () => number;

/** Mulberry32: the same numbers for the same seed, everywhere. */
export function chance(seed: number): Chance {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const MOST_INSTANCES = 5;
const ASPECTS = [
  "relevant",
  "calculation",
  "required",
  "readonly",
  "constraint",
  "filter",
  "count",
  "set",
  "first",
] as const;

export class Person {
  readonly #form: CompiledForm;
  readonly #chance: Chance;
  readonly #questions: ReadonlyMap<Ref, Question>;
  readonly #gates: ReadonlySet<Ref>;
  /** What says, by itself or through a calculation, how many instances a repeat has. */
  readonly #counters: ReadonlySet<Ref>;
  readonly #numbers: readonly number[];
  readonly #words: readonly string[];

  constructor(form: CompiledForm, seed: number) {
    this.#form = form;
    this.#chance = chance(seed);
    this.#questions = new Map(form.questions.map((question) => [question.ref, question]));
    const switches = (place: number): boolean => ["relevant", "count", "filter"].includes(form.order[place]?.[1] ?? "");
    this.#gates = new Set(Object.keys(form.affects).filter((ref) => form.affects[ref]?.some(switches)));
    this.#counters = counters(form);
    const literals = form.questions.flatMap((question) => ASPECTS.flatMap((aspect) => spoken(question[aspect])));
    this.#words = [...new Set(literals.map(String))].filter((word) => word.trim() !== "" && word.length < 40);
    this.#numbers = [...new Set(literals.map(Number))].filter(Number.isFinite);
  }

  /** The next step; null when there is nothing that a person could do. */
  next(sight: Sight, languages: readonly string[]): Step | null {
    const dice = this.#chance();
    if (dice < 0.04 && languages.length > 1) return ["setLanguage", this.#one(languages)];
    const repeat = dice < 0.2 ? this.#instances(sight) : null;
    return repeat ?? this.#answer(sight) ?? this.#instances(sight);
  }

  #one<Thing>(things: readonly Thing[]): Thing {
    return things[Math.floor(this.#chance() * things.length)] as Thing;
  }

  #answer(sight: Sight): Step | null {
    const open = [...sight].filter(([ref, seen]) => {
      const question = this.#questions.get(questionOf(ref));
      return question !== undefined && asks(question) && seen.relevant && seen.readonly === false;
    });
    if (open.length === 0) return null;
    const gates = open.filter(([ref]) => this.#gates.has(questionOf(ref)));
    const [ref, seen] = this.#one(gates.length > 0 && this.#chance() < 0.4 ? gates : open);
    const question = this.#questions.get(questionOf(ref)) as Question;
    if ((seen.value ?? "") !== "" && this.#chance() < (this.#counters.has(question.ref) ? 0.12 : 0.25))
      return ["set", ref, ""];
    const few = this.#counters.has(question.ref) && ["integer", "decimal", "text"].includes(question.kind);
    return ["set", ref, few ? String(Math.floor(this.#chance() * 6)) : this.#value(question, seen.choices ?? [])];
  }

  /** Instances of repeats that nobody counts, one more or one fewer. */
  #instances(sight: Sight): Step | null {
    const counts = new Map<Ref, number>();
    for (const { ref, kind, count } of this.#form.questions) {
      if (kind !== "repeat" || count !== undefined) continue;
      const above = ref.split(".").slice(0, -1).join(".");
      const inRepeat = this.#questions.get(above)?.kind === "repeat";
      const stands = ([at, { relevant }]: [Ref, Seen]): boolean =>
        questionOf(at) === above && relevant && at.endsWith("]") === inRepeat;
      const around = above === "" ? [""] : [...sight].filter(stands).map(([at]) => at);
      for (const at of around) {
        const name = ref.split(".").at(-1) ?? "";
        const here = at === "" ? name : `${at}.${name}`;
        counts.set(
          here,
          [...sight.keys()].filter((one) => one.startsWith(`${here}[`) && !one.slice(here.length).includes(".")).length,
        );
      }
    }
    if (counts.size === 0) return null;
    const [ref, count] = this.#one([...counts]);
    const least = this.#questions.get(questionOf(ref))?.least ?? 0;
    const fewer = count >= MOST_INSTANCES || (count > least && this.#chance() < 0.45);
    if (fewer && count <= least) return null;
    return fewer ? ["removeRepeat", ref, 1 + Math.floor(this.#chance() * count)] : ["addRepeat", ref];
  }

  #value(question: Question, choices: readonly string[]): string {
    switch (question.kind) {
      case "select_one":
        return choices.length === 0 ? "" : this.#one(choices);
      case "select_multiple":
        return choices.filter(() => this.#chance() < 2 / Math.max(choices.length, 2)).join(" ");
      case "rank":
        return this.#shuffled(choices).join(" ");
      case "acknowledge":
        return "OK";
      case "integer":
        return String(Math.trunc(this.#number()));
      case "decimal":
        return String(Math.round(this.#number() * 100) / 100 + this.#one([0, 0, 0.5, 0.25]));
      case "range":
        return this.#step(question);
      case "date":
        return this.#day();
      case "time":
        return `${this.#clock()}+00:00`;
      case "datetime":
        return `${this.#day()}T${this.#clock()}+00:00`;
      case "geopoint":
        return `${this.#one(["43.25", "-1.5", "0"])} ${this.#one(["76.9", "-71.25", "0"])} ${this.#one(["0", "850.5"])} ${this.#one(["0", "12"])}`;
      case "image":
        return "0123456789abcdef.jpg";
      case "audio":
        return "0123456789abcdef.m4a";
      case "file":
        return "0123456789abcdef.pdf";
      default:
        return this.#chance() < 0.5 && this.#words.length > 0
          ? this.#one(this.#words)
          : this.#one(["a", "Алия", "12", "a b", "x-1", "0"]);
    }
  }

  #shuffled(names: readonly string[]): string[] {
    const left = [...names];
    return names.map(() => left.splice(Math.floor(this.#chance() * left.length), 1)[0] as string);
  }

  #number(): number {
    const near =
      this.#numbers.length > 0 && this.#chance() < 0.6 ? this.#one(this.#numbers) + this.#one([-1, 0, 0, 1]) : 0;
    const number = near === 0 ? Math.floor(this.#chance() * 120) - 2 : near;
    return Math.abs(number) < 1e9 ? number : 7;
  }

  #step({ range }: Question): string {
    const { start, end, step } = range ?? { start: 0, end: 10, step: 1 };
    const steps = Math.round(Math.abs((end - start) / step));
    const at = start + Math.sign(end - start) * Math.abs(step) * Math.floor(this.#chance() * (steps + 1));
    return String(Math.round(at * 1e6) / 1e6);
  }

  #day(): string {
    const near = this.#chance() < 0.5 ? ["2026-03-01", "2026-02-28", "2026-03-02", "2025-03-01", "2024-02-29"] : [];
    const far = `${1940 + Math.floor(this.#chance() * 87)}-0${1 + Math.floor(this.#chance() * 9)}-1${Math.floor(this.#chance() * 10)}`;
    return this.#one([...near, far]);
  }

  #clock(): string {
    return this.#one(["00:00:00.000", "09:30:00.000", "14:06:00.000", "23:59:00.000"]);
  }
}

function counters(form: CompiledForm): Set<Ref> {
  const found = new Set<Ref>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [ref, places] of Object.entries(form.affects)) {
      const counts = ([read, aspect]: readonly [Ref, string]): boolean =>
        aspect === "count" || (aspect === "calculation" && found.has(read));
      if (places.some((place) => counts(form.order[place] ?? ["", ""]))) found.add(ref);
    }
  }
  return found;
}

/** Texts and numbers that an expression compares with: operands, never names of paths and functions. */
function spoken(tree: unknown): (string | number)[] {
  if (typeof tree === "number" || (typeof tree === "string" && tree !== "")) return [tree];
  if (!Array.isArray(tree) || tree[0] === "path") return [];
  return tree.slice(tree[0] === "call" ? 2 : 1).flatMap(spoken);
}
