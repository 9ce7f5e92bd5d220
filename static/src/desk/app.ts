// The desk's two states and what leads from one to the other. No DOM in here: main.ts draws and listens.
//
//   door    unlock, all five steps pass      → desk
//   desk    lock, 30 minutes at rest         → door (keys and everything opened are dropped)
import { nowMs } from "../sync/clock.ts";
import { b64 } from "../sync/ids.ts";
import { type Failure, failure, type Language } from "../ui/index.ts";
import { Chores } from "./chores.ts";
import { httpForms } from "./forms-centre.ts";
import { FormsDesk } from "./forms-desk.ts";
import { KeptQuestion } from "./kept-question.ts";
import type { Memory } from "./memory.ts";
import { Outbox } from "./outbox.ts";
import { type Looking, pictureOf } from "./picture.ts";
import { mayAccept, mayDecide } from "./present.ts";
import { type Route, readRoute, type Shown } from "./route.ts";
import { type Doorway, signIn } from "./sign-in.ts";
import type { DeskView, Dialog, DoorView } from "./view.ts";
import { Work } from "./work.ts";

export const REST_MS = 30 * 60 * 1000;
const PAGE = 200;

export class App {
  language: Language;
  work: Work | null = null;
  chores: Chores | null = null;
  formsDesk: FormsDesk | null = null;
  route: Route;
  readonly outbox = new Outbox();
  readonly #doorway: Doorway;
  readonly #memory: Memory;
  readonly #release: string;
  readonly #changed: () => void;
  #door: Omit<DoorView, "language" | "release"> = CLOSED;
  #dialog: Dialog = null;
  #site = "";
  #shown: Shown = "all";
  #limit = PAGE;
  #lastTouch = nowMs();
  readonly #question = new KeptQuestion();
  /** staff id -> hashes looked at: hashes outlast a lock, nothing else does */
  readonly #opened = new Map<string, Set<string>>();

  constructor(doorway: Doorway, release: string, language: Language, fragment: string, changed: () => void) {
    this.#doorway = doorway;
    this.#memory = doorway.memory;
    this.#release = release;
    this.language = language;
    this.#changed = changed;
    this.route = readRoute(fragment);
    this.#remember();
  }

  doorView(): DoorView {
    return { ...this.#door, language: this.language, release: this.#release };
  }

  deskView(work: Work, chores: Chores): DeskView {
    const looking: Looking = {
      language: this.language,
      release: this.#release,
      now: nowMs(),
      route: this.route,
      shown: this.#shown,
      limit: this.#limit,
      dialog: this.#dialog,
      site: this.#site,
    };
    return pictureOf(work, chores, this.formsDesk, looking);
  }

  async unlock(name: string, passphrase: string): Promise<void> {
    if (this.#door.step !== null) return;
    const missing = name.trim() === "" ? "name" : passphrase.trim() === "" ? "passphrase" : null;
    this.#atDoor({ missing, problem: null, step: missing ? null : "find" });
    if (missing) return;
    try {
      const { signedIn, problems } = await signIn(this.#doorway, name, passphrase, (step) => this.#atDoor({ step }));
      this.work = new Work(signedIn, this.#memory, this.outbox, this.#changed, this.#openedBy(b64(signedIn.staff)));
      this.chores = this.#choresOf(this.work);
      this.formsDesk = new FormsDesk(this.work, httpForms(), this.#changed);
      for (const problem of problems) this.work.note(problem);
      this.touch();
      this.work.run();
      this.#door = CLOSED;
      this.#enter();
      await this.#restoreQuestion();
    } catch (problem) {
      this.#atDoor({ step: null, problem: withRetry(failure(problem)) });
    }
    this.#changed();
  }

  showPassphrase(passphraseShown: boolean): void {
    this.#atDoor({ passphraseShown });
  }

  lock(rested = false): void {
    if (this.work && this.#dialog?.is === "return") this.#question.keep(this.work.signedIn, this.#dialog);
    this.work?.stop();
    this.work = null;
    this.chores = null;
    this.formsDesk = null;
    this.#dialog = null;
    this.#door = { ...CLOSED, rested };
    this.#changed();
  }

  /** Somebody is here. */
  touch(): void {
    this.#lastTouch = nowMs();
  }

  /** Locks when nobody was here for `REST_MS`. */
  checkRest(): void {
    if (this.work && nowMs() - this.#lastTouch >= REST_MS) this.lock(true);
  }

  go(fragment: string): void {
    this.route = readRoute(fragment);
    this.work?.attachments.drop();
    this.#dialog = null;
    this.#remember();
    this.#enter();
    this.#changed();
  }

  get shown(): Shown {
    return this.#shown;
  }

  showMore(more = PAGE): void {
    this.#limit += more;
    this.#changed();
  }

  openDialog(dialog: Dialog): void {
    this.#dialog = dialog;
    this.#changed();
  }

  /** The dialog's field is empty or out of its bounds: it says so. */
  markMissing(): void {
    if (this.#dialog && "missing" in this.#dialog) this.openDialog({ ...this.#dialog, missing: true });
  }

  /** The site whose arrivals are shown. */
  chooseSite(site: string): void {
    this.#site = site;
    this.#changed();
  }

  /** Opens the question of a return; false when this reader may not decide on it. */
  askReturn(of: string): boolean {
    const entry = this.work?.reader.ledger.submissions.get(of);
    if (!entry || !mayDecide(entry)) return false;
    const site = entry.writer?.is === "device" ? entry.writer.site : "";
    this.openDialog({ is: "return", of, site, words: "", missing: false });
    return true;
  }

  /** Keeps the words beside the field, so that a lock can seal them. Draws nothing: the field has them already. */
  writeReturn(words: string): void {
    if (this.#dialog?.is === "return") this.#dialog = { ...this.#dialog, words };
  }

  async sendReturn(of: string, words: string): Promise<boolean> {
    if (words.trim() === "") {
      if (this.#dialog?.is === "return") this.openDialog({ ...this.#dialog, missing: true });
      return false;
    }
    // After a lock the words may be back before the submission is: they stay where they are.
    if (!this.work?.reader.ledger.submissions.has(of)) return false;
    const asked = { words: words.trim(), language: this.language };
    const signed = await this.#decide(() => this.work?.decide(of, "returned", asked));
    // What could not be signed stays in the dialog: the words are nowhere else.
    if (signed) this.openDialog(null);
    return signed;
  }

  /** True when a decision was signed. */
  async accept(of: string): Promise<boolean> {
    const ledger = this.work?.reader.ledger;
    const entry = ledger?.submissions.get(of);
    if (!ledger || !entry || !mayAccept(entry, ledger)) return false;
    return this.#decide(() => this.work?.decide(of, "accepted", null));
  }

  async #decide(act: () => Promise<void> | undefined): Promise<boolean> {
    const { work } = this;
    try {
      await act();
      return true;
    } catch (problem) {
      work?.note(problem);
      this.#changed();
      return false;
    }
  }

  #choresOf(work: Work): Chores {
    const chores = new Chores(work, this.#doorway.derive, this.#doorway.address ?? "", this.#changed);
    work.hurry = () => this.route.page === "fleet" || this.route.page === "invite";
    return chores;
  }

  #openedBy(staff: string): Set<string> {
    const opened = this.#opened.get(staff) ?? new Set<string>();
    this.#opened.set(staff, opened);
    return opened;
  }

  async #restoreQuestion(): Promise<void> {
    const draft = this.work ? await this.#question.take(this.work.signedIn) : null;
    if (draft) this.openDialog({ is: "return", ...draft, missing: false });
  }

  #atDoor(change: Partial<typeof CLOSED>): void {
    this.#door = { ...this.#door, ...change };
    this.#changed();
  }

  #remember(): void {
    if (this.route.page === "inbox") this.#shown = this.route.shown;
    if (this.route.page !== "submission") this.#limit = PAGE;
  }

  #enter(): void {
    if (this.route.page === "submission") this.work?.look(this.route.hash);
    if (this.route.page !== "invite") this.chores?.forgetInvitation();
    // A new tablet is in the directory before it is in the feed.
    if (this.route.page === "fleet") this.work?.follow().catch((problem: unknown) => this.work?.note(problem));
  }
}

const CLOSED: Omit<DoorView, "language" | "release"> = {
  step: null,
  missing: null,
  problem: null,
  rested: false,
  passphraseShown: false,
};

/** `retry_after` (seconds) as a time of day that the screen can name. */
function withRetry(problem: Failure): Failure {
  const after = problem.detail?.["retry_after"];
  return typeof after === "number"
    ? { ...problem, detail: { ...problem.detail, until: nowMs() + after * 1000 } }
    : problem;
}
