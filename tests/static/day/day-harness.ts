/**
 * One tablet of the simulated day: the real vault, the real engine and the library's forms, without the screens. A page
 * holds `day` on the window; Python says who does what when, and pulls the plug.
 */
import { type CompiledForm, type Engine, openForm, split } from "../../../static/src/form/index.ts";
import { nowMs } from "../../../static/src/sync/clock.ts";
import { b64, madeId } from "../../../static/src/sync/ids.ts";
import { Problem } from "../../../static/src/sync/problems.ts";
import type { DraftState, FormVersion, PersonHere, Sealed, Session, Vault } from "../../../static/src/vault/types.ts";
import { openVault } from "../../../static/src/vault/vault.ts";
import { answerAll, chance } from "./answering.ts";

const TODAY = "2026-03-02";
const NOW = "2026-03-02T14:06:00.000+05:00";

interface Visit {
  /** Key of the form. */
  form: string;
  /** Of the person; a household's members' cards in `cards`. */
  card: string | null;
  cards?: string[];
  seed: number;
  /** Questions that are answered before somebody calls; null = all. */
  most: number | null;
}

type Outcome = "done" | "part" | "not_wanted";

class Day {
  #vault: Vault | null = null;

  async open(): Promise<void> {
    this.#vault = await openVault({ takeOver: true, release: "day" });
  }

  async enrol(fragment: string): Promise<void> {
    await this.vault.enrol(fragment);
  }

  async unlock(staff: string, passphrase: string): Promise<void> {
    await this.vault.unlock(staff, passphrase);
  }

  /** A form from its first question to its seal. */
  async seal(visit: Visit): Promise<Sealed> {
    const { id, engine, version } = await this.#fill(visit);
    return this.#seal(id, engine, version, visit, "done");
  }

  /** A form that is stopped: the draft stays on this tablet. Its id. */
  async stop(visit: Visit): Promise<string> {
    return (await this.#fill(visit)).id;
  }

  /** Sealed as far as it came: the people list says what is done, any tablet goes on. */
  async sealPart(visit: Visit): Promise<Sealed> {
    const { id, engine, version } = await this.#fill(visit);
    return this.#seal(id, engine, version, visit, "part");
  }

  /** Goes on with what another tablet sealed in part. */
  async goOn(visit: Visit): Promise<Sealed | null> {
    const person = await this.person(visit.card ?? "");
    const part = person?.part;
    if (!part) return null;
    const { id, engine, version } = await this.#fill(visit);
    return this.#seal(id, engine, version, visit, "done", part.submission);
  }

  /** Opens a draft again and seals it: by its author, or by whoever it was handed to. */
  async finish(id: string, visit: Visit): Promise<Sealed> {
    const draft = await this.session.openDraft(id);
    const form = (await this.vault.compiledForm(draft.version)) as CompiledForm;
    const engine = openForm(form, { today: TODAY, now: NOW, language: "kk" });
    if (draft.state) engine.restore(draft.state.answers as ReturnType<Engine["draft"]>);
    answerAll(engine, chance(visit.seed + 1));
    return this.#seal(id, engine, draft.version, visit, "done");
  }

  async handOver(id: string, to: string): Promise<void> {
    await this.session.handOver(id, to);
  }

  async drafts(): Promise<string[]> {
    return (await this.session.drafts()).map((row) => row.id);
  }

  /** Sends what is here and takes what others sealed. Problems come back as their code. */
  async push(): Promise<number | string> {
    try {
      return (await this.vault.push()).sent;
    } catch (thrown) {
      if (Problem.is(thrown)) return thrown.code;
      throw thrown;
    }
  }

  async person(card: string): Promise<PersonHere | null> {
    return this.session.person(card);
  }

  async cards(): Promise<string[]> {
    return (await this.session.people()).map((one) => one.card).sort();
  }

  async head(): Promise<{ seq: number; qr: string; code: string }> {
    const { seq, qr, code } = await this.session.head();
    return { seq, qr, code };
  }

  async status(): Promise<{ name: string; counts: unknown; alarms: string[] }> {
    const { device, counts, alarms } = await this.vault.status();
    return { name: device?.name ?? "", counts, alarms: alarms.map((one) => one.code) };
  }

  get vault(): Vault {
    if (!this.#vault) throw new Error("no vault");
    return this.#vault;
  }

  get session(): Session {
    const session = this.vault.session();
    if (!session) throw new Error("locked");
    return session;
  }

  async #fill(visit: Visit): Promise<{ id: string; engine: Engine; version: string }> {
    const { version } = await this.#newest(visit.form);
    const form = (await this.vault.compiledForm(version)) as CompiledForm;
    const person = visit.card === null ? null : await this.person(visit.card);
    const known = facts(person);
    const engine = openForm(form, { today: TODAY, now: NOW, language: "kk", known });
    household(engine, visit.cards ?? []);
    if (visit.card !== null) own(engine, visit.card);
    answerAll(engine, chance(visit.seed), visit.most ?? undefined);
    const { id } = await this.session.newDraft({ form: visit.form, version });
    await this.session.saveDraft(id, state(engine, visit.card));
    return { id, engine, version };
  }

  async #seal(
    id: string,
    engine: Engine,
    version: string,
    visit: Visit,
    outcome: Outcome,
    continues: string | null = null,
  ): Promise<Sealed> {
    const { form } = engine;
    const parts = split(engine, {
      submission: id,
      version,
      household: form.subject === "household" ? b64(madeId()) : null,
      card: visit.card,
      staff: this.session.staff,
      asked_at: nowMs(),
      mode: "tablet",
      outcome,
      continues,
      sections:
        outcome === "part"
          ? form.questions
              .filter((one) => !one.ref.includes("."))
              .map((one) => one.ref)
              .slice(0, 1)
          : [],
    });
    const buckets = new Map(form.audiences.map((one) => [one.audience, one.bucket]));
    const payloads = parts.map((part) => ({
      audience: part.audience,
      bucket: buckets.get(part.audience) ?? 0,
      json: part,
    }));
    const people = parts.flatMap((part) => part.people ?? []);
    const labels = { title: { en: form.key }, card: visit.card ?? people[0]?.card ?? null, name: null, people };
    return this.session.seal(id, payloads, labels, continues === null ? {} : { continues });
  }

  async #newest(form: string): Promise<FormVersion> {
    const found = (await this.vault.forms()).find((one) => one.form === form && one.newest);
    if (!found) throw new Error(`no form ${form}`);
    return found;
  }
}

function facts(person: PersonHere | null): Record<string, string> {
  const named = ["sex", "birth_date", "birth_date_precision", "name"] as const;
  return Object.fromEntries(named.flatMap((name) => (person?.[name] ? [[`person.${name}`, person[name]]] : [])));
}

/** One instance of the members' repeat a card. */
function household(engine: Engine, cards: readonly string[]): void {
  const card = engine.form.questions.find((one) => one.role === "card" && one.ref.includes("."));
  if (!card || cards.length === 0) return;
  const repeat = card.ref.slice(0, card.ref.indexOf("."));
  for (let member = 1; member < cards.length; member++) engine.addRepeat(repeat);
  engine.refs(card.ref).forEach((ref, at) => {
    engine.set(ref, cards[at] ?? "");
  });
}

function own(engine: Engine, card: string): void {
  const question = engine.form.questions.find((one) => one.role === "card" && !one.ref.includes("["));
  const ref = question && engine.refs(question.ref)[0];
  if (ref) engine.set(ref, card);
}

function state(engine: Engine, card: string | null): DraftState {
  return {
    language: "kk",
    section: 0,
    card,
    name: null,
    answers: engine.draft(),
    today: TODAY,
    now: NOW,
    talk: null,
    stopped: null,
    due: null,
    station: engine.form.station,
  };
}

declare global {
  interface Window {
    day: Day;
  }
}

window.day = new Day();
