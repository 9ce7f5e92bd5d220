import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { cardValid } from "../../../static/src/form/card.ts";
import type { App } from "../../../static/src/tablet/app.ts";
import { FAMILY, MARK, MadeUpSite, madeUp } from "../../../static/src/tablet/practice/family.ts";
import { PracticeSession } from "../../../static/src/tablet/practice/session.ts";
import { dialled, dutyFor } from "../../../static/src/tablet/sitting/rules.ts";
import { noHome, Today } from "../../../static/src/tablet/today.ts";
import { ageBetween } from "../../../static/src/ui/times.ts";
import type { DraftState, Payload, SealLabels } from "../../../static/src/vault/types.ts";

const NOW = Date.parse("2026-03-31T14:09:00");
const STAFF = { id: "staff", name: "Aigerim" };
const FORM = { form: "medical", version: "v1" };
const session = (): PracticeSession => new PracticeSession(STAFF, NOW);

function state(more: Partial<DraftState> = {}): DraftState {
  const nothing = { section: 0, card: null, name: null, talk: {}, stopped: null, station: "medical" };
  return { language: "en", answers: {}, today: "2026-03-31", now: "", due: null, ...nothing, ...more } as DraftState;
}

const parts = (...audiences: string[]): Payload[] => audiences.map((audience) => ({ audience, bucket: 0, json: {} }));
const closes = (card: string, station: string): SealLabels => {
  return { title: { en: "Medical" }, card, name: null, people: [{ card, stations: [station] }] };
};
const fails = (code: string) => (thrown: unknown) => (thrown as { code: string }).code === code;

test("the made-up family is four people in three scripts, with an infant, under cards that say what they are", async () => {
  const people = await session().people();
  assert.equal(people.length, 4);
  for (const { card, family_card, name } of people) {
    assert.ok(cardValid(card) && card.startsWith(MARK), card);
    assert.equal(family_card, FAMILY);
    assert.match(name ?? "", /(Practice|Жаттығу|تدريب)$/);
  }
  const names = people.map((one) => one.name ?? "").join(" ");
  for (const script of [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Arabic}/u]) assert.match(names, script);
  const years = people
    .map((one) => ageBetween(one.birth_date ?? "", NOW)?.years ?? -1)
    .sort((one, other) => one - other);
  assert.deepEqual([years[0], years[1], years[2]], [0, 8, 31]);
  assert.ok((years[3] ?? 0) >= 66);
});

test("everybody made up is registered and waits for the medic; the infant before the others", async () => {
  for (const person of await session().people()) {
    assert.deepEqual([...person.stations].sort(), ["first_look", "registration"]);
    assert.equal(person.queue, ageBetween(person.birth_date ?? "", NOW)?.years === 0 ? 1 : 2);
    assert.equal(person.twice, false);
  }
  assert.ok(madeUp(NOW).every((one) => one.at < NOW));
});

test("a talk is begun, saved, opened again and sealed; then the people list knows, and nothing can be read", async () => {
  const practice = session();
  const { id } = await practice.newDraft(FORM);
  await practice.saveDraft(id, state({ card: FAMILY, name: "Бибігүл", answers: { fever: "yes" } }));
  const [row] = await practice.drafts();
  assert.equal(row?.name, "Бибігүл");
  assert.deepEqual((await practice.openDraft(id)).state?.answers, { fever: "yes" });
  const sealed = await practice.seal(id, parts("medical", "people@a"), closes(FAMILY, "medical"));
  assert.equal(sealed.submission, id);
  assert.deepEqual(await practice.drafts(), []);
  await assert.rejects(practice.openDraft(id), fails("unknown_draft"));
  assert.deepEqual(
    (await practice.outbox()).map((one) => [one.seq, one.form, one.card]),
    [[1, "medical", FAMILY]],
  );
  const person = await practice.person(FAMILY);
  assert.ok(person?.stations.includes("medical"));
  assert.equal(person?.name, "Бибігүл Жаттығу");
  assert.ok(!JSON.stringify([await practice.people(), await practice.outbox()]).includes("fever"));
});

test("somebody new comes into the list with the family they were registered in", async () => {
  const practice = session();
  const { id } = await practice.newDraft({ form: "registration", version: "v1" });
  const people = [{ card: "7KQ4-M2XD-9P", family_card: FAMILY, name: "Test", stations: ["registration"] }];
  await practice.seal(id, parts("people@a"), { title: {}, card: "7KQ4-M2XD-9P", name: "Test", people });
  assert.equal((await practice.people()).filter((one) => one.family_card === FAMILY).length, 5);
  assert.equal((await practice.people())[0]?.card, "7KQ4-M2XD-9P");
});

test("a card that was replaced leads to the same person", async () => {
  const practice = session();
  const { id } = await practice.newDraft({ form: "card", version: "v1" });
  const people = [{ card: "7KQ4-M2XD-9P", replaces: FAMILY, stations: [] }];
  await practice.seal(id, parts("people@a"), { title: {}, card: "7KQ4-M2XD-9P", name: null, people });
  assert.equal((await practice.person(FAMILY))?.card, "7KQ4-M2XD-9P");
  assert.equal((await practice.people()).length, 4);
});

test("what a screen changes after a save is not in the draft", async () => {
  const practice = session();
  const { id } = await practice.newDraft(FORM);
  const answers: Record<string, string> = { fever: "yes" };
  await practice.saveDraft(id, state({ answers }));
  answers["fever"] = "no";
  const opened = (await practice.openDraft(id)).state?.answers as Record<string, string>;
  assert.deepEqual(opened, { fever: "yes" });
  opened["fever"] = "no";
  assert.deepEqual((await practice.openDraft(id)).state?.answers, { fever: "yes" });
});

test("a talk is handed to a made-up colleague and to nobody else, and both names stay", async () => {
  const practice = session();
  const { id } = await practice.newDraft(FORM);
  const self = { ...STAFF, stations: [], ready: true, added: false };
  const colleagues = await new MadeUpSite(self, () => []).colleagues();
  assert.equal(colleagues[0]?.id, STAFF.id);
  await practice.handOver(id, STAFF.id);
  await assert.rejects(practice.handOver(id, "a-real-one"), fails("unknown_colleague"));
  await practice.handOver(id, colleagues[1]?.id ?? "");
  assert.deepEqual(await practice.drafts(), []);
  await assert.rejects(practice.saveDraft(id, state()), fails("not_your_draft"));
  await assert.rejects(practice.seal(id, [], closes(FAMILY, "medical")), fails("not_your_draft"));
});

test("nobody made up has a number to dial, in any language", () => {
  for (const language of ["en", "kk"]) {
    const file = join(import.meta.dirname, `../../../static/messages/${language}/day.json`);
    const words = JSON.parse(readFileSync(file, "utf8")) as Record<string, string>;
    for (const part of ["name", "contact", "what"])
      assert.equal(dialled(words[`practice.duty.${part}`] ?? "1234"), null);
    const [contact] = [{ name: "", contact: "", what: words["practice.duty.what"] ?? "" }];
    assert.deepEqual(dutyFor("medical", [{ ...contact, what: "driver" }, contact])[0], contact);
  }
});

test("a note about a card stands until it is taken off", async () => {
  const practice = session();
  const one = await practice.mark({ card: FAMILY, station: "medical", kind: "not_now", reason: "asleep" });
  assert.deepEqual(one.by, STAFF);
  assert.deepEqual(await practice.marks(), [one]);
  await practice.unmark(one.id);
  assert.deepEqual(await practice.marks(), []);
});

test("a draft that is left goes, and one that was never there is told", async () => {
  const practice = session();
  const { id } = await practice.newDraft(FORM);
  await practice.discardDraft(id);
  for (const call of [practice.discardDraft(id), practice.handOver(id, STAFF.id), practice.openDraft(id)])
    await assert.rejects(call, fails("unknown_draft"));
  await assert.rejects(practice.seal("gone", parts("a"), closes(FAMILY, "medical")), fails("unknown_draft"));
});

test("an audience that is there twice is refused, and the draft stays", async () => {
  const practice = session();
  const { id } = await practice.newDraft(FORM);
  await assert.rejects(
    practice.seal(id, parts("medical", "medical"), closes(FAMILY, "medical")),
    fails("wrong_audiences"),
  );
  assert.equal((await practice.drafts()).length, 1);
  assert.deepEqual(await practice.outbox(), []);
});

test("what belongs to a real shift cannot be practised", async () => {
  const practice = session();
  for (const call of [practice.head(), practice.close(), practice.addColleague()])
    await assert.rejects(call, fails("practice_only"));
});

test("when practice has ended nothing of it can be had any more", async () => {
  const practice = session();
  const { id } = await practice.newDraft(FORM);
  await practice.saveDraft(id, state({ name: "Test" }));
  await practice.lock();
  await practice.lock();
  const calls = [
    practice.drafts(),
    practice.people(),
    practice.person(FAMILY),
    practice.outbox(),
    practice.marks(),
    practice.openDraft(id),
    practice.saveDraft(id, state()),
    practice.newDraft(FORM),
    practice.head(),
  ];
  for (const call of calls) await assert.rejects(call, fails("locked"));
  assert.equal((await session().drafts()).length, 0);
});

test("a real day that comes late shows nobody in practice, nor behind a lock", async () => {
  const vault = { forms: () => Promise.resolve([]), colleagues: () => Promise.resolve([]) };
  Object.assign(globalThis, { caches: { open: async () => ({ keys: async () => [] }) } });
  const model = { home: noHome() };
  const today = new Today({ model, vault, session: session(), site: vault } as unknown as App);
  const known = (): number | null => today.day?.people.length ?? null;
  const late = today.read();
  today.forget();
  assert.equal(await late, model.home);
  assert.equal(known(), null);
  assert.equal((await today.read()).families.length, 1);
  assert.equal(known(), 4);
});
