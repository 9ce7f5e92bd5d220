// The day run from the desk: inviting and confirming tablets, people, the duty list, the cards given out. What is under
// way and what was just made is held here, in memory: a lock drops the invitation, the passphrase and the card list.
import { nowMs } from "../sync/clock.ts";
import { dutyOf } from "../sync/duty.ts";
import type { Derive } from "../sync/slot.ts";
import { type Failure, failure } from "../ui/index.ts";
import { type CardList, readCardList } from "./card-list.ts";
import type { ChoresView, Doing, FreshTablet, QrView } from "./chores-view.ts";
import { maySign } from "./directory-acts.ts";
import { readWord } from "./end-of-shift.ts";
import {
  addPerson,
  addService,
  makePerson,
  type NewPerson,
  type NewService,
  setSilentHours,
  silentHours,
  staffRows,
  type Wanted,
} from "./staff.ts";
import {
  confirmTablet,
  digitsOf,
  holdsPeople,
  type Invitation,
  type Invited,
  invite,
  newTablets,
  proposeName,
  takeOut,
  whoConfirms,
} from "./tablets.ts";
import type { Work } from "./work.ts";

export class Chores {
  readonly #work: Work;
  readonly #derive: Derive;
  readonly #address: string;
  readonly #changed: () => void;
  #doing: Doing | null = null;
  #failed: { doing: Doing; problem: Failure } | null = null;
  #invited: (Invited & { qr: QrView }) | null = null;
  #adding: { person: NewPerson; done: boolean } | null = null;
  #cards: CardList | null = null;
  readonly #digits = new Map<string, string>();

  constructor(work: Work, derive: Derive, address: string, changed: () => void) {
    this.#work = work;
    this.#derive = derive;
    this.#address = address;
    this.#changed = changed;
  }

  get cards(): readonly string[] {
    return this.#cards?.cards ?? [];
  }

  view(): ChoresView {
    const { directory } = this.#work.signedIn;
    const sites = [...directory.sites.values()];
    return {
      doing: this.#doing,
      failed: this.#failed,
      maySign: maySign(this.#work.signedIn),
      sites: sites.map(({ site, name }) => ({ site, name })),
      stations: [...new Set([...this.#work.forms.values()].flatMap(({ station }) => station ?? []))].sort(),
      proposed: proposeName(directory),
      invited: this.#invited,
      fresh: this.#fresh(),
      staff: staffRows(directory),
      duty: sites.map(({ site, name }) => ({ site, name, contacts: dutyOf(directory.services, site) })),
      adding: this.#adding && { ...shown(this.#adding.person), done: this.#adding.done },
      silentHours: silentHours(directory),
      cards: this.#cards && { count: this.#cards.cards.length, wrong: this.#cards.wrong },
    };
  }

  async invite(wanted: Invitation): Promise<void> {
    await this.#do("invite", async () => {
      const invited = await invite(this.#work.signedIn, wanted, this.#address, nowMs());
      const { qrView } = await import("../ui/qr.ts");
      this.#invited = { ...invited, qr: qrView };
    });
  }

  forgetInvitation(): void {
    if (!this.#invited) return;
    this.#invited = null;
    this.#changed();
  }

  confirm(key: string): Promise<boolean> {
    return this.#do("confirm", () => confirmTablet(this.#work.signedIn, key, nowMs()));
  }

  takeOut(key: string, reason: string): Promise<boolean> {
    const { signedIn, reader } = this.#work;
    return this.#do("take_out", () => takeOut(signedIn, reader.ledger, key, reason, nowMs()));
  }

  /** Adds somebody; without `wanted` goes on with the one whose adding was interrupted. */
  addPerson(wanted: Wanted | null = null): Promise<boolean> {
    const { signedIn } = this.#work;
    return this.#do("person", async () => {
      if (wanted) {
        const person = await makePerson(signedIn.pid, wanted, this.#derive);
        this.#adding = { person, done: false };
      }
      if (!this.#adding) return;
      await addPerson(signedIn, this.#adding.person, nowMs());
      this.#adding.done = true;
    });
  }

  forgetPerson(): void {
    this.#adding = null;
    this.#failed = null;
    this.#changed();
  }

  /** A new question begins without what went wrong with the last. */
  forgetProblem(): void {
    this.#failed = null;
  }

  addService(service: NewService): Promise<boolean> {
    return this.#do("service", () => addService(this.#work.signedIn, service, nowMs()));
  }

  setSilentHours(hours: number): Promise<boolean> {
    return this.#do("silent", () => setSilentHours(this.#work.signedIn, hours, nowMs()));
  }

  /** Takes in an end-of-shift code; what it named stands beside the tablet on the fleet page. */
  takeIn(text: string): Promise<boolean> {
    const { signedIn, reader } = this.#work;
    return this.#do("word", async () => reader.addWord(await readWord(signedIn, text, reader.ledger.logs(), nowMs())));
  }

  readCards(text: string): void {
    this.#cards = text.trim() === "" ? null : readCardList(text);
    this.#changed();
  }

  /** One thing at a time; true when it was done. What went wrong is kept for the screen that asked. */
  async #do(doing: Doing, act: () => Promise<unknown>): Promise<boolean> {
    if (this.#doing !== null) return false;
    this.#doing = doing;
    this.#failed = null;
    this.#changed();
    try {
      await act();
      await this.#work.follow();
      return true;
    } catch (problem) {
      this.#failed = { doing, problem: failure(problem) };
      return false;
    } finally {
      this.#doing = null;
      this.#changed();
    }
  }

  #fresh(): FreshTablet[] {
    const { signedIn } = this.#work;
    return newTablets(signedIn.directory).map((tablet) => {
      const { key, name, site } = tablet;
      const digits = this.#digits.get(key) ?? null;
      if (digits === null) {
        digitsOf(signedIn.pid, tablet).then((made) => {
          this.#digits.set(key, made);
          this.#changed();
        });
      }
      const mayConfirm = maySign(signedIn) && holdsPeople(signedIn, site);
      return { key, name, site, digits, mayConfirm, who: whoConfirms(signedIn.directory, site) };
    });
  }
}

function shown({ name, site, passphrase, stations }: NewPerson): Omit<NonNullable<ChoresView["adding"]>, "done"> {
  return { name, site, passphrase, stations };
}
