/**
 * One form being filled: engine, page, draft on disk. It lives from *New family* or *Continue* until it is left or sealed.
 *
 * Rules:
 * - The engine holds the answers; the page only shows them; the draft on disk follows right after.
 * - Next, back, leave, lock, language and seal wait for the disk, at most a second, then stay and say what is wrong.
 */
import { type CompiledForm, type Engine, openForm, split } from "../form/index.ts";
import { nowMs } from "../sync/clock.ts";
import { b64, madeId } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import { isLanguage, LANGUAGES, type Language } from "../ui/languages.ts";
import { language as spoken } from "../ui/messages.ts";
import type { DraftRow, DraftState, OpenDraft, Sealed, Session } from "../vault/index.ts";
import type { BoundPage } from "./binder.ts";
import { bindPage, fetchPage } from "./binder.ts";
import { pageUrl } from "./form-cache.ts";
import { localDate, localTime } from "./local-time.ts";
import type { FormView } from "./model.ts";
import { DraftSaver, type SaveState } from "./saving.ts";
import {
  plainText,
  roleValue,
  type SealSummary,
  type SectionTitle,
  sealLabels,
  sealSummary,
  withBuckets,
} from "./sealing.ts";

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
  #page: BoundPage | null = null;
  #sections: SectionTitle[] = [];
  #section: number;

  constructor(session: Session, form: CompiledForm, draft: OpenDraft, release: string, events: TalkEvents) {
    const state = draft.state;
    const begun = nowMs();
    this.#begun = { today: state?.today ?? localDate(begun), now: state?.now ?? localTime(begun) };
    const language = state?.language ?? spokenBy(form);
    this.engine = openForm(form, { ...this.#begun, language });
    this.#first = JSON.stringify(this.engine.draft());
    if (state) this.engine.restore(state.answers as ReturnType<Engine["draft"]>);
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

  /** Nothing was entered: leaving such a draft leaves nothing behind. */
  get blank(): boolean {
    return JSON.stringify(this.engine.draft()) === this.#first;
  }

  #state(): DraftState {
    return {
      language: this.engine.language,
      section: this.#section,
      card: roleValue(this.engine, "card"),
      name: roleValue(this.engine, "name"),
      answers: this.engine.draft(),
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

  /** Puts the page into the screen; `ref` = the question to begin at, else the section shown last. */
  mount(page: Document, ref?: string): void {
    this.unmount();
    this.#page = bindPage(this.#events.host(), page, this.engine, {
      onChange: () => this.saver.changing(),
      onSettled: () => this.saver.touch(),
    });
    this.#sections = this.#page.sections.map(({ ref: at, title }) => ({ ref: at, title }));
    if (ref === undefined) this.#show(this.#section);
    else {
      this.#page.focus(ref);
      this.#section = Math.max(
        this.#sections.findIndex((one) => one.ref === ref.split(/[.[]/)[0]),
        0,
      );
    }
    this.#events.changed();
  }

  unmount(): void {
    this.#page?.remove();
    this.#page = null;
  }

  #show(section: number): void {
    const open = this.#page?.open() ?? [];
    this.#section = open.includes(section) ? section : (open.findLast((one) => one < section) ?? open[0] ?? 0);
    this.#page?.show(this.#section);
    scrollTo(0, 0);
  }

  /** Hands over what rests, then waits for the disk. Throws what is wrong. */
  async settle(): Promise<void> {
    this.#page?.flush();
    const settled = await this.saver.settle(new Promise((resolve) => setTimeout(resolve, WAIT)));
    if (settled === "slow") throw Problem.of("save_slow");
    if (settled === "failed") throw this.saver.state.problem;
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
    this.#page?.tell(this.#section);
    const open = this.#page?.open() ?? [];
    const next = open[open.indexOf(this.#section) + by];
    if (next === undefined) return by === 1 ? "seal" : "leave";
    this.#show(next);
    this.saver.touch();
    this.#events.changed();
    return "turned";
  }

  async setLanguage(language: Language): Promise<void> {
    await this.settle();
    const page = await this.fetchPage(language);
    this.engine.setLanguage(language);
    this.mount(page);
    this.saver.touch();
  }

  view(): FormView {
    const open = this.#page?.open() ?? [];
    const place = Math.max(open.indexOf(this.#section), 0);
    const next = open[place + 1];
    return {
      title: plainText(this.form.title, this.engine.language, this.form),
      name: roleValue(this.engine, "name"),
      card: roleValue(this.engine, "card"),
      place: place + 1,
      count: Math.max(open.length, 1),
      next: next === undefined ? null : (this.#sections[next]?.title ?? ""),
      languages: LANGUAGES.map((one) => one.code).filter((code) => this.form.languages.includes(code)),
      language: this.engine.language,
      save: this.save,
      wrong: this.engine.missing().invalid.length,
    };
  }

  get save(): SaveState {
    return this.saver.state;
  }

  summary(): SealSummary {
    return sealSummary(this.engine, this.#sections, this.save.at, this.engine.language);
  }

  /** Splits by audience and seals; afterwards this tablet cannot read it. */
  async seal(): Promise<Sealed> {
    await this.settle();
    const { id, version } = this.draft;
    const parts = split(this.engine, {
      submission: id,
      version,
      household: this.form.subject === "household" ? b64(madeId()) : null,
      card: null,
      staff: this.#session.staff,
      asked_at: this.draft.begun,
      mode: "tablet",
    });
    return this.#session.seal(id, withBuckets(parts, this.form), sealLabels(this.engine, parts));
  }
}

/** The language of the screens when the form speaks it, else the form's own. */
function spokenBy(form: CompiledForm): string {
  return form.languages.includes(spoken()) ? spoken() : form.default_language;
}
