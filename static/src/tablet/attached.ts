/**
 * The attachments of one talk: its answers hold names, the vault holds the bytes.
 *
 * Rules:
 * - The controls are loaded when a form asks for such an answer, and not before.
 * - What was replaced or taken away is erased when the answers without it are on disk, and what no answer names (a power
 *   cut between the two) when the talk is opened again. Whatever was seen in this sitting stays until then: a person of
 *   a list who was taken out by mistake comes back with her picture.
 */
import type { Answers, CompiledForm, Engine } from "../form/index.ts";
import type { Session } from "../vault/index.ts";
import type { Captures, Store } from "./capture/index.ts";

const KINDS: ReadonlySet<string> = new Set(["image", "audio", "file"]);

export class Attachments implements Store {
  readonly #session: Session;
  readonly #draft: string;
  readonly #engine: Engine;
  readonly #asked: ReadonlySet<string>;
  readonly #seen: Set<string>;
  readonly #gone = new Set<string>();
  /** One thing at a time: what erases must know all that was kept before. */
  #line: Promise<unknown> = Promise.resolve();
  #captures: Captures | null = null;
  /** The page that the controls are for; another one may come before they are loaded. */
  #turn = 0;

  /** `draft` = its id; the engine holds its answers already. */
  constructor(session: Session, draft: string, engine: Engine) {
    this.#session = session;
    this.#draft = draft;
    this.#engine = engine;
    this.#asked = new Set(engine.form.questions.flatMap(({ ref, kind }) => (KINDS.has(kind) ? [ref] : [])));
    this.#seen = new Set(this.#named());
  }

  /** Erases what no answer names: of a talk that is opened again. */
  async tidy(): Promise<void> {
    if (this.#asked.size === 0) return;
    await this.#next(() => this.#session.keepAttachments(this.#draft, [...this.#inUse()]));
  }

  mount(page: HTMLElement): void {
    this.#turn += 1;
    if (this.#asked.size > 0) void this.#open(page, this.#turn);
  }

  async #open(page: HTMLElement, turn: number): Promise<void> {
    const { openCaptures } = await import("./capture/index.ts");
    const captures = await openCaptures(page, this);
    if (turn === this.#turn) this.#captures = captures;
    else captures.remove();
  }

  unmount(): void {
    this.#turn += 1;
    this.#captures?.remove();
    this.#captures = null;
  }

  /** Something is drawn, recorded or on its way to the disk. */
  get unfinished(): boolean {
    return this.#captures?.unfinished ?? false;
  }

  /** Until all of it is kept, and the answers name it. */
  async settle(): Promise<void> {
    await this.#captures?.settle();
  }

  /** The answers are on disk: what they name no more goes. */
  async saved(): Promise<void> {
    if (this.#gone.size === 0) return;
    // What is replaced while this waits is still named by the answers on disk.
    const gone = new Set(this.#gone);
    await this.#next(async () => {
      const kept = new Set([...this.#inUse()].filter((name) => !gone.has(name)));
      await this.#session.keepAttachments(this.#draft, [...kept]);
      for (const name of gone) this.#gone.delete(name);
    });
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#line.then(work);
    this.#line = done.catch(() => undefined);
    return done;
  }

  // What the controls ask

  keep(attached: Parameters<Store["keep"]>[0]): Promise<string> {
    return this.#next(async () => {
      const name = await this.#session.attach(this.#draft, attached);
      this.#seen.add(name);
      return name;
    });
  }

  read(name: string): ReturnType<Store["read"]> {
    return this.#session.attachment(this.#draft, name);
  }

  gone(name: string): void {
    this.#gone.add(name);
    this.#seen.delete(name);
  }

  /** What the answers in memory or on disk may name. */
  #inUse(): Set<string> {
    return new Set([...this.#seen, ...this.#gone, ...this.#named()]);
  }

  /** Names in all answers, hidden ones too: those come back. */
  #named(): string[] {
    const { values } = this.#engine.draft();
    const asked = Object.entries(values).filter(([ref]) => this.#asked.has(ref.replace(/\[\d+\]/g, "")));
    return asked.map(([, value]) => value).filter((value) => value !== "");
  }
}

/** Names of the attachments in the answers of one part. */
export function attachmentsIn(form: CompiledForm, answers: Answers): string[] {
  const kinds = new Map<string, string>(form.questions.map(({ ref, kind }) => [ref, kind]));
  const names: string[] = [];
  const walk = (level: Answers, over: string): void => {
    for (const [name, value] of Object.entries(level)) {
      const ref = over === "" ? name : `${over}.${name}`;
      const kind = kinds.get(ref) ?? "";
      if (KINDS.has(kind)) names.push(String(value));
      else if (kind === "repeat") for (const item of value as Answers[]) walk(item, ref);
      else if (kind === "group") walk(value as Answers, ref);
    }
  };
  walk(answers, "");
  return names;
}
