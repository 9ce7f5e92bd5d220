/**
 * The middle of the tablet: one model, moved by the table of states, painted as one screen. Controllers (enrolling.ts,
 * shift.ts, talk.ts, sending.ts) change it through here and nowhere else.
 *
 * Rules: work that a person waits for runs inside `attempt`, so that its button says so, it cannot be started twice, and
 * whatever it throws is told on the screen.
 */
import { render } from "lit/html.js";
import { nowMs } from "../sync/clock.ts";
import { Problem } from "../sync/problems.ts";
import { declareDocument, focusHeading, keepFocus } from "../ui/dom.ts";
import type { Language } from "../ui/languages.ts";
import { speak, t } from "../ui/messages.ts";
import { failure } from "../ui/problem.ts";
import type { Session, Vault } from "../vault/index.ts";
import type { Later } from "./later.ts";
import type { Actions, Busy, Model } from "./model.ts";
import { SCREENS, type Screen } from "./screens/index.ts";
import { after, FIRST, type LaterState, type Move, type State } from "./states.ts";
import { noHome } from "./today.ts";

export function firstModel(release: string): Model {
  return {
    state: FIRST,
    release,
    now: nowMs(),
    busy: null,
    problem: null,
    notice: null,
    lockBlocked: false,
    status: null,
    settings: {},
    battery: null,
    enrol: { at: "link", done: [] },
    checks: null,
    unlock: { staff: null, shown: false, lockedAt: null, why: null },
    pin: "none",
    who: null,
    home: noHome(),
    form: null,
    seal: null,
    outbox: { rows: [], all: false },
    delivery: null,
    practice: false,
    update: false,
  };
}

/** What stands in for the vault while somebody practises (practice/index.ts). */
export interface Practising {
  readonly session: Session;
  readonly site: Site;
  /** The same screen, with the word for practice on it. */
  around(screen: Screen): Screen;
}

/** Who there is to hand a talk to, and to call. */
export type Site = Pick<Vault, "colleagues" | "duty">;

export class App {
  readonly model: Model;
  /** Null until later.ts is loaded. */
  later: Later | null = null;
  readonly #root: HTMLElement;
  #vault: Vault | null = null;
  #practice: Practising | null = null;
  #actions: Actions | null = null;
  #painting = false;
  readonly #screened: (() => void)[] = [];

  constructor(root: HTMLElement, release: string) {
    this.#root = root;
    this.model = firstModel(release);
  }

  /** Called after each change of screen. */
  onScreen(listener: () => void): void {
    this.#screened.push(listener);
  }

  /** Wired once, by main.ts. */
  act(actions: Actions): void {
    this.#actions = actions;
  }

  get vault(): Vault {
    if (!this.#vault) throw Problem.of("open_elsewhere");
    return this.#vault;
  }

  setVault(vault: Vault | null): void {
    this.#vault = vault;
  }

  get open(): boolean {
    return this.#vault !== null;
  }

  /** Of whoever is unlocked; while they practise, one that keeps nothing. */
  get session(): Session {
    const session = this.vault.session();
    if (!session) throw Problem.of("locked");
    return this.#practice?.session ?? session;
  }

  get site(): Site {
    return this.#practice?.site ?? this.vault;
  }

  /** Practice begins, or ends with null. */
  practise(practice: Practising | null): void {
    this.#practice = practice;
    this.model.practice = practice !== null;
    document.documentElement.toggleAttribute("data-practice", practice !== null);
  }

  /** Moves by the table; a move that means nothing here changes nothing. True when the screen changed. */
  go(move: Move): boolean {
    const next = after(this.model.state, move);
    if (next === this.model.state) return false;
    this.model.state = next;
    this.model.problem = null;
    this.model.lockBlocked = false;
    if (move !== "sealed") this.model.notice = null;
    this.paintNow();
    focusHeading(this.#root);
    for (const listener of this.#screened) listener();
    return true;
  }

  /** Paints before the next frame; several changes make one painting. */
  paint(): void {
    if (this.#painting) return;
    this.#painting = true;
    queueMicrotask(() => this.paintNow());
  }

  paintNow(): void {
    this.#painting = false;
    if (!this.#actions) return;
    this.model.now = nowMs();
    const title = t(`title.${this.model.state}`);
    declareDocument(this.#practice ? t("practice.title", { title }) : title);
    const screen = this.#screen(this.model.state);
    if (!screen) return;
    const held = document.activeElement;
    render((this.#practice?.around(screen) ?? screen)(this.model, this.#actions), this.#root);
    keepFocus(this.#root, held);
  }

  /** Moves into a state of later.ts come from there, so its screens are here by then. */
  #screen(state: State): Screen | undefined {
    return state in SCREENS ? SCREENS[state as keyof typeof SCREENS] : this.later?.screens[state as LaterState];
  }

  /** Runs what a person asked for. False when something else is under way or it failed; then the screen says why. */
  async attempt(busy: Busy, work: () => Promise<void>): Promise<boolean> {
    if (this.model.busy !== null) return false;
    this.model.busy = busy;
    this.model.problem = null;
    this.model.lockBlocked = false;
    this.model.notice = null;
    this.paint();
    try {
      await work();
      return true;
    } catch (thrown) {
      this.model.problem = failure(thrown);
      return false;
    } finally {
      this.model.busy = null;
      this.paint();
    }
  }

  /** Tells a problem on the screen that stands. */
  tell(thrown: unknown): void {
    this.model.problem = failure(thrown);
    this.paint();
  }

  async refresh(): Promise<void> {
    if (!this.#vault) return;
    this.model.status = await this.#vault.status();
    if (this.model.status.state === "enrolled") this.model.settings = this.#vault.settings();
    this.paint();
  }

  async speak(code: Language): Promise<void> {
    await speak(code);
    this.paint();
  }
}
