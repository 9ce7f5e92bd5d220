/**
 * One form being filled: engine, page, draft on disk. It lives from its beginning or *Continue* until it is left or sealed.
 *
 * Rules:
 * - The engine holds the answers; the page only shows them; the draft on disk follows right after.
 * - Next, back, leave, lock, language and seal wait for the disk, at most a second, then stay and say what is wrong.
 * - What the tablet remembers beside the answers (`memory`) is saved with them.
 */
import { type CompiledForm, type Engine, type Outcome, openForm, type Ref, split } from "../form/index.ts";
import { nowMs } from "../sync/clock.ts";
import { b64, madeId } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import { isLanguage, LANGUAGES, type Language } from "../ui/languages.ts";
import type { DraftRow, DraftState, OpenDraft, Sealed, Session } from "../vault/index.ts";
import { Attachments } from "./attached.ts";
import type { BoundPage, Place } from "./binder.ts";
import { bindPage, fetchPage } from "./binder.ts";
import { pageUrl } from "./form-cache.ts";
import { localDate, localTime } from "./local-time.ts";
import type { FormView } from "./model.ts";
import { chance, preset, spokenBy } from "./opening.ts";
import { plainText } from "./plain-text.ts";
import { DraftSaver, type SaveState } from "./saving.ts";
import {
  missingIn,
  type Room,
  roleValue,
  type SealSummary,
  type SectionTitle,
  type Standing,
  sealContext,
  sealedBefore,
  sealLabels,
  sealSections,
  sealSummary,
  withBuckets,
  withoutCarried,
} from "./sealing.ts";
import { givable, inside, marked } from "./sitting/groups.ts";
import { type About, type Alarm, type Memory, remembered } from "./sitting/model.ts";
import { alarmsOf, dueOf, marksQuietly } from "./sitting/raised.ts";
import { known, parks } from "./sitting/rules.ts";

/** How long anything waits for the disk before it says so. */
const WAIT = 1000;

export interface TalkEvents {
  /** Something that the frame shows has changed. */
  changed(): void;
  host(): HTMLElement;
}

export class Talk {
  readonly engine: Engine;
  readonly form: CompiledForm;
  readonly draft: DraftRow;
  readonly saver: DraftSaver;
  readonly #session: Session;
  readonly #release: string;
  readonly #events: TalkEvents;
  readonly #begun: { today: string; now: string };
  readonly #first: string;
  readonly #attached: Attachments;
  #memory: Memory;
  #stopped: string | null;
  #page: BoundPage | null = null;
  #sections: SectionTitle[] = [];
  #room: Room = { sections: [], open: [], sectionOf: () => 0 };
  #section: number;
  /** The tablet is in the hands of the person who is asked. */
  #given = false;
  /** Where the worker was when it was given. */
  #left = 0;

  constructor(
    session: Session,
    form: CompiledForm,
    draft: OpenDraft,
    release: string,
    events: TalkEvents,
    memory: Memory = remembered(draft.state?.talk),
  ) {
    const state = draft.state;
    const begun = memory.paper?.asked_at ?? nowMs();
    this.#begun = { today: state?.today ?? localDate(begun), now: state?.now ?? localTime(begun) };
    const language = state?.language ?? spokenBy(form);
    const device = { username: session.staff.name };
    this.engine = openForm(form, { ...this.#begun, language, known: known(memory.about), device, random: chance });
    for (const [role, value] of Object.entries(memory.preset)) preset(this.engine, role, value);
    this.#first = JSON.stringify(this.engine.draft());
    if (state) this.engine.restore(state.answers as ReturnType<Engine["draft"]>);
    this.#attached = new Attachments(session, draft.id, this.engine);
    if (state) void this.#attached.tidy().catch(() => undefined); // the seal leaves it behind too
    const household = memory.household ?? (form.subject === "household" ? b64(madeId()) : null);
    this.#memory = { ...memory, household };
    this.#stopped = state?.stopped ?? null;
    this.#session = session;
    this.form = form;
    this.draft = draft;
    this.#release = release;
    this.#events = events;
    this.#section = state?.section ?? 0;
    this.saver = new DraftSaver(
      () => session.saveDraft(draft.id, this.#state()),
      () => events.changed(),
      draft.savedAt,
    );
  }

  get language(): Language {
    return isLanguage(this.engine.language) ? this.engine.language : "en";
  }

  get memory(): Memory {
    return this.#memory;
  }

  get given(): boolean {
    return this.#given;
  }

  /** Nothing was entered: leaving such a draft leaves nothing behind. */
  get blank(): boolean {
    const { taken_over, paper } = this.#memory;
    if (this.#stopped !== null || taken_over.length > 0 || paper || this.#attached.unfinished) return false;
    return this.draft.hands.length === 0 && JSON.stringify(this.engine.draft()) === this.#first;
  }

  /** Remembers more of the talk; saved like an answer. */
  remember(more: Partial<Memory>): void {
    this.#memory = { ...this.#memory, ...more };
    this.#park();
    this.saver.touch();
    this.#events.changed();
  }

  /** Why it stops here; it stands until the talk goes on. */
  stopFor(reason: string): void {
    this.#stopped = reason;
    this.saver.touch();
  }

  /** When it was asked, in milliseconds. */
  get #asked(): number {
    return this.#memory.paper?.asked_at ?? this.draft.begun;
  }

  #state(): DraftState {
    return {
      language: this.engine.language,
      section: this.#section,
      card: this.#memory.about?.card ?? roleValue(this.engine, "card"),
      name: roleValue(this.engine, "name") ?? this.#memory.about?.name ?? null,
      answers: this.engine.draft(),
      talk: this.#memory,
      stopped: this.#stopped,
      due: dueOf(this.engine, this.#asked),
      station: this.form.station,
      ...this.#begun,
    };
  }

  /** The page of this form in a language; fetched before the screen changes, so that a missing one changes nothing. */
  async fetchPage(language: string = this.engine.language): Promise<Document> {
    try {
      return await fetchPage(pageUrl(this.#release, this.draft.version, language));
    } catch (cause) {
      throw Problem.of("page_missing", { language }, { cause });
    }
  }

  /** Puts the page into the screen; `at` = the question to begin at, or where the same page in another language stood. */
  mount(page: Document, at?: string | Place): void {
    this.unmount();
    const bound = bindPage(this.#events.host(), page, this.engine, {
      onChange: () => {
        this.saver.changing();
        this.#events.changed();
      },
      onSettled: () => this.saver.touch(),
    });
    this.#page = bound;
    this.#attached.mount(this.#events.host());
    this.#sections = bound.sections.map(({ ref, title }) => ({ ref, title }));
    this.#park();
    if (at === undefined) this.#show(this.#section);
    else if (typeof at === "string") {
      bound.focus(at);
      this.#section = bound.sectionOf(at);
    } else bound.resume(at);
    this.#events.changed();
  }

  /** What is seen of the page, for the questions that outlive it. */
  #look(): void {
    const page = this.#page;
    if (page) this.#room = { sections: this.#sections, open: page.open(), sectionOf: (ref) => page.sectionOf(ref) };
  }

  unmount(): void {
    this.#look();
    this.#attached.unmount();
    this.#page?.remove();
    this.#page = null;
  }

  #park(): void {
    this.#page?.only(this.#given ? marked(this.form, "self") : null);
    this.#page?.park(this.parked);
  }

  /** Sensitive groups that stay shut in this room. */
  get parked(): Ref[] {
    return parks(this.#memory.sitting) ? marked(this.form, "sensitive") : [];
  }

  get #standing(): Standing {
    return { parked: this.parked, memory: this.#memory };
  }

  /** Sections that may be shown now: open, not sealed before, and only hers while she has the tablet. */
  get #open(): number[] {
    this.#look();
    const sealed = sealedBefore(this.engine, this.#memory);
    return this.#room.open.filter((index) => !sealed.has(this.#sections[index]?.ref ?? ""));
  }

  #show(section: number): void {
    const open = this.#open;
    this.#section = open.includes(section) ? section : (open.findLast((one) => one < section) ?? open[0] ?? 0);
    this.#page?.show(this.#section);
    scrollTo(0, 0);
  }

  /** Hands over what rests, then waits for the disk. Throws what is wrong. */
  async settle(): Promise<void> {
    await this.#attached.settle();
    this.#page?.flush();
    const settled = await this.saver.settle(new Promise((resolve) => setTimeout(resolve, WAIT)));
    if (settled === "slow") throw Problem.of("save_slow");
    if (settled === "failed") throw this.saver.state.problem;
    await this.#attached.saved();
  }

  /** Resolves when everything is on disk, however long it takes; never when it fails. */
  async arrived(): Promise<void> {
    const never = new Promise<void>(() => undefined);
    if ((await this.saver.settle(never)) !== "saved") await never;
  }

  /** The browser may end the page now: hand over what rests and begin its save. */
  flush(): void {
    this.#page?.flush();
  }

  /** `seal` when there is no section behind this one; `leave` when there is none before. */
  async turn(by: 1 | -1): Promise<"turned" | "seal" | "leave"> {
    await this.settle();
    if (!this.#given) this.#page?.tell(this.#section);
    if (by === 1) this.#goOn();
    const open = this.#open;
    const next = open[open.indexOf(this.#section) + by];
    this.saver.touch();
    if (next === undefined) return by === 1 ? "seal" : "leave";
    this.#show(next);
    this.#events.changed();
    return "turned";
  }

  /** This section was gone through; whatever stopped the talk before does not any more. */
  #goOn(): void {
    this.#stopped = null;
    const ref = this.#sections[this.#section]?.ref ?? "";
    const { seen } = this.#memory;
    if (!seen.includes(ref)) this.#memory = { ...this.#memory, seen: [...seen, ref] };
  }

  async setLanguage(language: Language): Promise<void> {
    await this.settle();
    const page = await this.fetchPage(language);
    const place = this.#page?.place();
    this.engine.setLanguage(language);
    this.mount(page, place);
    this.saver.touch();
  }

  /** About somebody else after all. Gives the labels of the answers that followed; what was asked stays. */
  move(about: About): string[] {
    const before = new Map(this.engine.prefilled().map((ref) => [ref, this.engine.value(ref)]));
    this.engine.know(known(about));
    this.remember({ about });
    return [...before].filter(([ref, value]) => this.engine.value(ref) !== value).map(([ref]) => this.engine.text(ref));
  }

  get alarms(): Alarm[] {
    return alarmsOf(this.engine, this.#memory);
  }

  /** A talk that weighs on whoever held it: it raised something urgent, or opened what is sensitive. */
  get hard(): boolean {
    if (this.engine.flags().some((one) => one.level === "P1" || one.level === "P2")) return true;
    const sensitive = marked(this.form, "sensitive");
    const { values, ways } = this.engine.draft();
    return [...Object.keys(values), ...Object.keys(ways)].some((ref) => inside(ref, sensitive));
  }

  /** Into her hands: only her questions, from the first of them. False when there is none to ask now. */
  give(page: Document): boolean {
    this.#left = this.#section;
    this.#given = true;
    this.#memory = { ...this.#memory, given: true };
    this.mount(page);
    const first = this.#open[0];
    if (first === undefined) return false;
    this.#show(first);
    this.saver.touch();
    this.#events.changed();
    return true;
  }

  /** Back in the worker's hands; `mount` follows. */
  takeBack(): void {
    this.#given = false;
    this.#section = this.#left;
  }

  view(): FormView {
    const open = this.#open;
    const place = Math.max(open.indexOf(this.#section), 0);
    const next = open[place + 1];
    const { about, sitting, continues, paper } = this.#memory;
    const language = this.engine.language;
    return {
      title: plainText(this.form.title, language, this.form),
      name: about ? (about.name ?? null) : roleValue(this.engine, "name"),
      card: about?.card ?? roleValue(this.engine, "card"),
      about,
      place: place + 1,
      count: Math.max(open.length, 1),
      next: next === undefined ? null : (this.#sections[next]?.title ?? ""),
      languages: LANGUAGES.map((one) => one.code).filter((code) => this.form.languages.includes(code)),
      language,
      save: this.save,
      wrong: missingIn(this.engine, this.#room, this.#standing).invalid.length,
      alarms: this.alarms,
      marked: marksQuietly(this.engine),
      sitting,
      sensitive: marked(this.form, "sensitive").length > 0,
      stopped: this.#stopped,
      continues: continues !== null,
      paper,
      person: this.form.subject === "person",
      parts: this.form.continues === true,
      givable: givable(
        this.engine,
        this.parked,
        open.map((index) => this.#sections[index]?.ref ?? ""),
      ),
      given: this.#given,
    };
  }

  get save(): SaveState {
    return this.saver.state;
  }

  summary(): SealSummary {
    this.#look();
    return sealSummary(this.engine, this.#room, this.#standing, this.save.at);
  }

  /** Splits by audience and seals; afterwards this tablet cannot read it. */
  async seal(outcome: Outcome, again_on: string | null = null): Promise<Sealed> {
    await this.settle();
    this.engine.finish(localTime(nowMs()));
    const { id, version, hands, begun } = this.draft;
    const sections = sealSections(this.engine, this.#room, this.#standing);
    const done = sections.filter((one) => one.state === "done").map((one) => one.ref);
    const context = sealContext(this.engine, this.#memory, {
      submission: id,
      version,
      staff: this.#session.staff,
      handed: hands,
      asked_at: begun,
      typed_at: nowMs(),
      outcome,
      again_on,
      sections: outcome === "part" ? done : [],
      parked: this.parked,
      stopped: outcome === "part" ? this.#stopped : null,
    });
    const parts = withoutCarried(this.#memory.about, split(this.engine, context));
    const labels = sealLabels(this.engine, this.#memory.about, parts);
    const continues = this.#memory.continues?.submission ?? null;
    return this.#session.seal(id, withBuckets(parts, this.form), labels, { continues });
  }
}
