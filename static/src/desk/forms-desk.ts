// The Forms page at work: a form is brought, looked at, repaired when that is asked for, previewed, and signed. What was
// brought lives here, in memory, until it is published, put away, or the desk is locked.
import type { Bytes } from "../sync/bytes.ts";
import { nowMs } from "../sync/clock.ts";
import { Problem } from "../sync/problems.ts";
import { type Failure, failure } from "../ui/index.ts";
import { maySign } from "./directory-acts.ts";
import { type Checked, type FormsCentre, type LibraryForm, NOTHING_TOLD, type Told } from "./forms-centre.ts";
import { giveReason, publish, reasonOf, send, versionOf } from "./forms-publish.ts";
import type { Work } from "./work.ts";

const MOST_BYTES = 10 * 1024 * 1024;
const SHEETS = [/\.(xlsx|xlsm)$/i, /\.xls$/i, /\.ya?ml$/i, /\.md$/i, /^survey\.csv$/i, /\.csv$/i];

export type FormsDoing = "look" | "publish" | "library";

/** A form that was brought, and what the centre says of it. */
export type Brought = {
  name: string;
  files: Map<string, Bytes>;
  library: boolean;
  repairs: string[];
  told: Told;
  checked: Checked | null;
  /** the language of the preview */
  language: string;
};

export class FormsDesk {
  readonly #work: Work;
  readonly #centre: FormsCentre;
  readonly #changed: () => void;
  doing: FormsDoing | null = null;
  failed: Failure | null = null;
  brought: Brought | null = null;
  library: LibraryForm[] | null = null;
  /** what was done last: a form was published, or waits for a second administrator */
  done: { is: "published" | "waits"; key: string; number: number } | null = null;

  constructor(work: Work, centre: FormsCentre, changed: () => void) {
    this.#work = work;
    this.#centre = centre;
    this.#changed = changed;
  }

  get maySign(): boolean {
    return maySign(this.#work.signedIn);
  }

  /** What somebody else signed for the version that was brought. */
  get given(): { reason: string; by: string } | null {
    const version = this.brought?.checked?.version;
    return version ? reasonOf(this.#work.signedIn, version) : null;
  }

  /** Takes files in: the sheet, and what lies beside it. */
  async bring(files: Map<string, Bytes>): Promise<void> {
    const names = [...files.keys()];
    const name = SHEETS.map((ending) => names.find((one) => ending.test(one))).find((one) => one !== undefined);
    const size = [...files.values()].reduce((sum, data) => sum + data.length, 0);
    this.#take(name ?? names[0] ?? "", files, false);
    // What is too large is told here: sending it would only take its time.
    if (size > MOST_BYTES) this.failed = failure(Problem.of("body_too_large"));
    else await this.#look();
    this.#changed();
  }

  async openLibrary(): Promise<void> {
    await this.#do("library", async () => {
      const { line } = this.#work.signedIn;
      this.library = await line.with((token) => this.#centre.library(token));
    });
  }

  async bringLibrary(name: string): Promise<void> {
    this.#take(name, new Map(), true);
    await this.#look();
  }

  /** Looks again, with one more of the offered repairs. */
  async repair(code: string): Promise<void> {
    const { brought } = this;
    if (!brought || brought.repairs.includes(code)) return;
    brought.repairs.push(code);
    await this.#look();
  }

  /** Looks again, with what only a person can say. */
  async tell(told: Partial<Told>): Promise<void> {
    const { brought } = this;
    if (!brought) return;
    brought.told = { ...brought.told, ...told };
    await this.#look();
  }

  preview(language: string): void {
    if (this.brought) this.brought.language = language;
    this.#changed();
  }

  /** The next language of the preview. */
  nextLanguage(): boolean {
    const { brought } = this;
    const languages = Object.keys(brought?.checked?.pages ?? {});
    if (!brought || languages.length === 0) return false;
    this.preview(languages[(languages.indexOf(brought.language) + 1) % languages.length] ?? "");
    return true;
  }

  putAway(): void {
    this.brought = null;
    this.failed = null;
    this.#changed();
  }

  /** Publishes what was brought; true when it stands. With the reason of another administrator where it needs one. */
  publish(): Promise<boolean> {
    return this.#sign("published", async (one) => {
      const { signedIn } = this.#work;
      const second = (this.brought?.checked?.second.length ?? 0) > 0;
      if (second && !this.given) throw new Problem("second_person");
      await publish(signedIn, one, second ? (this.given?.reason ?? null) : null, nowMs());
    });
  }

  /** Signs a reason, for another administrator to publish the form with. */
  giveReason(reason: string): Promise<boolean> {
    return this.#sign("waits", (one) => giveReason(this.#work.signedIn, one, reason, nowMs()));
  }

  #sign(
    is: "published" | "waits",
    write: (one: Awaited<ReturnType<typeof versionOf>>) => Promise<void>,
  ): Promise<boolean> {
    return this.#do("publish", async () => {
      const { brought } = this;
      if (!brought?.checked) return;
      const one = await versionOf(brought.checked, brought.files);
      await send(this.#work.signedIn, this.#centre, one);
      await write(one);
      this.done = { is, key: one.key, number: one.number };
      this.brought = null;
      await this.#work.follow();
    });
  }

  #take(name: string, files: Map<string, Bytes>, library: boolean): void {
    this.done = null;
    this.failed = null;
    this.library = null;
    this.brought = { name, files, library, repairs: [], told: NOTHING_TOLD, checked: null, language: "" };
  }

  async #look(): Promise<void> {
    const { brought } = this;
    if (!brought) return;
    await this.#do("look", async () => {
      const checked = await this.#work.signedIn.line.with((token) => this.#centre.check(brought, token));
      const shown = Object.keys(checked.pages);
      if (!shown.includes(brought.language)) brought.language = shown[0] ?? "";
      brought.checked = checked;
    });
  }

  async #do(doing: FormsDoing, act: () => Promise<void>): Promise<boolean> {
    if (this.doing !== null) return false;
    this.doing = doing;
    this.failed = null;
    this.#changed();
    try {
      await act();
      return true;
    } catch (problem) {
      this.failed = failure(problem);
      return false;
    } finally {
      this.doing = null;
      this.#changed();
    }
  }
}
