/** Seals that show nobody a form: *Not wanted now*, and what happens to a card. The same split, the same seal. */
import type { CompiledForm } from "../../form/index.ts";
import type { PersonHere, Sealed } from "../../vault/index.ts";
import type { App } from "../app.ts";
import { formOf } from "../filling.ts";
import { newestForm } from "../form-cache.ts";
import { Talk, type TalkEvents } from "../talk.ts";
import { freshMemory, type Memory } from "./model.ts";
import { aboutOf } from "./rules.ts";

/** Key of the form that a change of card is sealed under (forms/library/card.yaml). */
const CARD = "card";

/** Of a talk without a page. */
export const UNSEEN: TalkEvents = {
  changed: () => undefined,
  host: () => {
    throw new Error("no place for a page");
  },
};

/** Draft, answers, seal; a draft that could not be sealed does not stay. */
async function sealed(app: App, key: string, memory: Memory, fill: (talk: Talk) => Promise<Sealed>): Promise<Sealed> {
  const { version, form } = await formOf(app, { form: key });
  const { session } = app;
  const draft = await session.newDraft({ form: version.form, version: version.version });
  try {
    return await fill(new Talk(session, form, { ...draft, state: null }, app.model.release, UNSEEN, memory));
  } catch (thrown) {
    await session.discardDraft(draft.id);
    throw thrown;
  }
}

/** The newest form of a station. */
async function formAt(app: App, station: string): Promise<CompiledForm> {
  return (await newestForm(app.vault, (form) => form.station === station)).form;
}

export async function sealNotWanted(
  app: App,
  person: PersonHere,
  station: string,
  again_on: string | null,
): Promise<Sealed> {
  const form = await formAt(app, station);
  // A household's form knows its people by the cards in it.
  const own = form.subject === "household" ? { preset: { card: person.card }, family: person.family_card ?? null } : {};
  const memory = freshMemory({ about: aboutOf(person), ...own });
  return sealed(app, form.key, memory, (talk) => talk.seal("not_wanted", again_on));
}

export interface CardChange {
  card: string;
  replaces?: string;
  twin_of?: string;
  family_card?: string;
  reason: string;
}

export function sealCard(app: App, { reason, ...roles }: CardChange): Promise<Sealed> {
  const about = { card: roles.card, ...(roles.family_card ? { family_card: roles.family_card } : {}) };
  return sealed(app, CARD, freshMemory({ about, preset: { ...roles } }), (talk) => {
    talk.engine.set("reason", reason);
    return talk.seal("done");
  });
}
