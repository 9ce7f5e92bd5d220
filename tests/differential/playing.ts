/**
 * One play: the same steps in both engines, compared after each; and the shortest steps that still show a difference.
 *
 * Rules: an answer is what the reference keeps of it (it may cut what it cannot hold); a play ends where the reference
 * breaks, which is counted; a step that only ours refuses is a difference.
 */
import type { CompiledForm } from "../../static/src/form/types.ts";
import { Person } from "./acting.ts";
import { compare, type Difference } from "./comparing.ts";
import type { Explanation } from "./explaining.ts";
import { own } from "./own.ts";
import type { Player, Sight, Step } from "./player.ts";

export interface Play {
  readonly steps: Step[];
  readonly count: Record<string, number>;
  /** Found after the last of the steps; empty when both engines agreed to the end. */
  readonly differences: readonly Difference[];
  /** Whether ours would not take the last step. */
  readonly refused: boolean;
}
export interface Stage {
  readonly form: CompiledForm;
  readonly reference: () => Player;
  /** The explanation of a difference, if there is one. */
  readonly excuse: (difference: Difference) => Explanation | null;
}

/** Plays until the first difference that matters, or as many steps as asked; at the end every language is looked at. */
export function improvise(stage: Stage, seed: number, most: number): Play {
  const game = new Game(stage);
  const person = new Person(stage.form, seed);
  for (let left = most; left > 0 && game.goesOn; left -= 1) {
    const step = person.next(game.sight, game.languages);
    if (step === null) break;
    game.take(step);
  }
  for (const language of game.languages) if (game.goesOn) game.take(["setLanguage", language]);
  return game;
}

/** The same steps again; those that can no longer be taken are passed over. */
export function replay(stage: Stage, steps: readonly Step[]): Play {
  const game = new Game(stage);
  for (const step of steps) if (game.goesOn) game.take(step);
  return game;
}

/** Leaves out steps, in ever smaller bundles, as long as some difference remains. */
export function shortest(stage: Stage, play: Play, most: number): Play {
  let best = play;
  let tries = 0;
  for (let size = Math.ceil(best.steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < best.steps.length && tries < most; ) {
      tries += 1;
      const fewer = [...best.steps.slice(0, at), ...best.steps.slice(at + size)];
      const again = replay(stage, fewer);
      if (again.differences.length > 0 && again.steps.length < best.steps.length) best = again;
      else at += size;
    }
  }
  return best;
}

class Game implements Play {
  readonly steps: Step[] = [];
  readonly count: Record<string, number> = {};
  readonly languages: readonly string[];
  differences: readonly Difference[] = [];
  refused = false;
  ended = false;
  sight: Sight;
  readonly #stage: Stage;
  readonly #theirs: Player;
  readonly #ours: Player;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#theirs = stage.reference();
    this.#ours = own(stage.form);
    this.languages = this.#ours.languages.filter((language) => this.#theirs.languages.includes(language));
    this.sight = this.#theirs.look();
    this.#compare();
  }

  get goesOn(): boolean {
    return !this.ended && this.differences.length === 0;
  }

  take(step: Step): void {
    let kept = step;
    if (step[0] === "removeRepeat" && !this.sight.has(`${step[1]}[${step[2]}]`)) return;
    try {
      if (step[0] === "set" && this.sight.get(step[1])?.relevant !== true) return;
      this.#theirs.play(step);
      if (step[0] === "set") kept = ["set", step[1], this.#theirs.value(step[1])];
    } catch {
      this.ended = true; // it cannot be trusted any more
      this.count["steps that the reference broke at"] = (this.count["steps that the reference broke at"] ?? 0) + 1;
      return;
    }
    this.steps.push(kept);
    this.sight = this.#theirs.look();
    try {
      this.#ours.play(kept);
    } catch (error) {
      this.refused = true;
      this.differences = [{ ref: kept[1], facet: "there", reference: "taken", own: String(error) }];
      return;
    }
    this.#compare();
  }

  /** Answers that are known to differ follow the reference, as steps of their own, and all is compared again. */
  #compare(rounds = 4): void {
    const { count, differences } = compare(this.sight, this.#ours.look());
    for (const [facet, found] of Object.entries(count)) this.count[facet] = (this.count[facet] ?? 0) + found;
    const judged = differences.map((difference) => ({ difference, excuse: this.#stage.excuse(difference) }));
    const following = judged.filter(({ difference, excuse }) => excuse?.follow === true && this.#follow(difference));
    if (following.length > 0 && rounds > 0) this.#compare(rounds - 1);
    else if (judged.some(({ excuse }) => excuse?.ends === true)) this.ended = true;
    else this.differences = judged.filter(({ excuse }) => excuse === null).map(({ difference }) => difference);
  }

  #follow({ ref, reference }: Difference): boolean {
    const step: Step = ["set", ref, String(reference)];
    try {
      this.#ours.play(step);
    } catch {
      return false;
    }
    this.steps.push(step);
    return true;
  }
}
