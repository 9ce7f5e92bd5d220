import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type Given,
  type Owing,
  type Reported,
  reconcile,
  type Seen,
  type Station,
} from "../../../static/src/desk/reconcile.ts";
import { makeCard } from "../../../static/src/form/index.ts";

const DAY = 86_400_000;
const NOW = new Date(2026, 10, 23, 18).getTime();
const ARRIVED = NOW - 4 * 3_600_000;

const PLAN: Station[] = [
  { station: "first_look", form: "first_look", due: 0, ages: null },
  { station: "registration", form: "registration", due: 0, ages: null },
  { station: "medical", form: "medical", due: 3, ages: null },
  { station: "education", form: "education", due: 7, ages: [6, 17] },
];
const card = (n: number): string => makeCard(Uint8Array.of(0, 0, 0, n >> 8, n & 255));

function seen(n: number, more: Partial<Seen> = {}): Seen {
  return {
    card: card(n),
    name: `Person ${n}`,
    birth: "",
    closed: [],
    part: null,
    notWanted: null,
    replaces: null,
    ...more,
  };
}

let submissions = 0;
function reported(tablet: string, people: Seen[], more: Partial<Reported> = {}): Reported {
  submissions += 1;
  const station = people[0]?.closed[0] ?? null;
  return {
    submission: `s${submissions}`,
    continues: null,
    tablet,
    at: ARRIVED + submissions,
    station,
    people,
    ...more,
  };
}

function given(more: Partial<Given>): Given {
  const all = { plan: PLAN, reported: [], owing: [], cards: [], now: NOW, ...more };
  return { here: new Set(all.reported.map((one) => one.submission)), ...all };
}

const stations = (result: ReturnType<typeof reconcile>, n: number) =>
  result.open.find((one) => one.card === card(n))?.open.map((one) => one.station) ?? [];
const count = (result: ReturnType<typeof reconcile>, station: string) =>
  result.stations.find((one) => one.station === station);

test("who was looked at and not registered is named for registration alone", () => {
  const result = reconcile(given({ reported: [reported("T-01", [seen(1, { closed: ["first_look"] })])] }));
  assert.deepEqual(stations(result, 1), ["registration"]);
  assert.equal(count(result, "first_look")?.closed, 1);
  assert.equal(count(result, "medical")?.later, 1, "due on day 3");
});

test("on the third day the medical is due", () => {
  const done = seen(1, { closed: ["first_look", "registration"] });
  const early = reported("T-01", [done], { at: NOW - 3 * DAY });
  assert.deepEqual(stations(reconcile(given({ reported: [early] })), 1), ["medical"]);
});

test("a station for children is nobody's duty who is grown up, and everybody's whose age is not known", () => {
  const at = NOW - 8 * DAY;
  const closed = ["first_look", "registration", "medical"];
  const people = [seen(1, { closed, birth: "1990" }), seen(2, { closed, birth: "2016-05-01" }), seen(3, { closed })];
  const result = reconcile(given({ reported: [reported("T-01", people, { at })] }));
  assert.deepEqual(
    [1, 2, 3].map((n) => stations(result, n)),
    [[], ["education"], ["education"]],
  );
});

test("not wanted counts as settled until the day that was named", () => {
  const refused = (again: string | null) =>
    seen(1, { closed: ["first_look", "registration"], notWanted: { station: "registration", again } });
  for (const [again, open] of [
    [null, []],
    ["2026-11-24", []],
    ["2026-11-23", ["registration"]],
  ] as const) {
    const result = reconcile(given({ reported: [reported("T-01", [refused(again)])] }));
    assert.deepEqual(stations(result, 1), open);
    assert.deepEqual([count(result, "registration")?.notWanted, count(result, "registration")?.closed], [1, 0]);
  }
});

test("what was done after a refusal stands", () => {
  const no = reported("T-01", [
    seen(1, { closed: ["registration"], notWanted: { station: "registration", again: null } }),
  ]);
  const yes = reported("T-02", [seen(1, { closed: ["first_look", "registration"] })]);
  for (const order of [
    [no, yes],
    [yes, no],
  ]) {
    assert.equal(count(reconcile(given({ reported: order })), "registration")?.closed, 1);
  }
});

test("a form sealed in part is begun, not closed, and closed once somebody went on with it", () => {
  const part = reported("T-01", [seen(1, { closed: ["first_look", "registration"], part: "medical" })]);
  const open = reconcile(given({ reported: [part] }));
  assert.deepEqual(
    open.open[0]?.open.map((one) => [one.station, one.part]),
    [["medical", true]],
  );
  const rest = reported("T-02", [seen(1, { closed: ["medical"] })], { continues: part.submission });
  assert.deepEqual(reconcile(given({ reported: [part, rest] })).open, []);
});

test("a later piece whose first piece is not here is named", () => {
  const rest = reported("T-02", [seen(1, { closed: ["medical"] })], { continues: "gone", station: "medical" });
  const { torn } = reconcile(given({ reported: [rest] }));
  assert.deepEqual(
    torn.map((one) => [one.card, one.tablet]),
    [[card(1), "T-02"]],
  );
});

test("a new card is the same person, also over several cards, and a ring of cards ends", () => {
  const look = reported("T-01", [seen(1, { closed: ["first_look"] })]);
  const second = reported("T-01", [seen(2, { replaces: card(1) })]);
  const third = reported("T-02", [seen(3, { closed: ["registration"], replaces: card(2) })]);
  const result = reconcile(given({ reported: [third, look, second], cards: [card(1), card(2), card(3)] }));
  assert.deepEqual([result.people, result.open, result.nothing], [1, [], []]);
  const ring = reported("T-09", [seen(1, { replaces: card(3) })]);
  assert.equal(reconcile(given({ reported: [look, second, third, ring] })).people, 1);
});

test("a card given out of which nothing arrived is named once, others are not", () => {
  const result = reconcile(given({ reported: [reported("T-01", [seen(1)])], cards: [card(1), card(7), card(7)] }));
  assert.deepEqual(result.nothing, [card(7)]);
});

test("a tablet that owes numbers is named where its station is open, a silent one everywhere", () => {
  const owing: Owing[] = [
    { tablet: "T-03", missing: [{ from: 41, to: 41 }], drafts: [] },
    { tablet: "T-05", missing: [], drafts: [{ station: "registration", n: 2 }] },
    { tablet: "T-09", missing: [{ from: 1, to: 3 }], drafts: [] },
  ];
  const looks = reported("T-03", [seen(1, { closed: ["first_look"] })]);
  const registers = reported("T-04", [seen(2, { closed: ["registration"] })]);
  const result = reconcile(given({ reported: [looks, registers], owing, cards: [card(9)] }));
  const where = (n: number) =>
    result.open.find((one) => one.card === card(n))?.open.flatMap((one) => one.perhaps.map((place) => place.tablet));
  assert.deepEqual(where(2), ["T-03", "T-09"], "the first look may be on the tablet that looks");
  assert.deepEqual(where(1), ["T-05", "T-09"], "T-03 registers nobody");
  assert.deepEqual(
    result.anywhere.map((place) => place.tablet),
    ["T-03", "T-09"],
  );
});

/** Twenty tablets, two hundred people; two tablets die, and what they had not delivered is known to the test alone. */
test("after a day with two dead tablets exactly the people whose work died are named", () => {
  let seed = 7;
  const random = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return (seed >>> 16) % below;
  };
  const dead = new Set(["T-07", "T-14"]);
  const delivered = new Map<string, number>();
  const here: Reported[] = [];
  const expected = new Map<string, Set<string>>();
  for (let n = 0; n < 200; n++) {
    for (const station of ["first_look", "registration"]) {
      const tablet = `T-${String(1 + random(20)).padStart(2, "0")}`;
      const number = (delivered.get(tablet) ?? 0) + 1;
      delivered.set(tablet, number);
      if (dead.has(tablet) && number > 5) expected.set(card(n), (expected.get(card(n)) ?? new Set()).add(station));
      else here.push(reported(tablet, [seen(n, { closed: [station] })], { station }));
    }
  }
  const owing = [...dead].map((tablet) => ({
    tablet,
    missing: [{ from: 6, to: delivered.get(tablet) ?? 6 }],
    drafts: [],
  }));
  const cards = Array.from({ length: 200 }, (_, n) => card(n));
  const result = reconcile(given({ reported: here, owing, cards }));
  const found = new Map(result.open.map((one) => [one.card, new Set(one.open.map((open) => open.station))]));
  for (const missing of result.nothing) found.set(missing, new Set(["first_look", "registration"]));
  assert.deepEqual(new Map([...found].sort()), new Map([...expected].sort()));
  assert.ok(expected.size > 10);
});

test("ten thousand submissions are counted with one look at each", () => {
  let looks = 0;
  const rows = Array.from({ length: 10_000 }, (_, n) => {
    const one = reported(`T-${n % 20}`, [], { station: "registration" });
    const people = [seen(n % 5_000, { closed: ["first_look", "registration"] })];
    return Object.defineProperty(one, "people", {
      get: () => {
        looks += 1;
        return people;
      },
    });
  });
  const result = reconcile(given({ reported: rows, cards: Array.from({ length: 5_100 }, (_, n) => card(n)) }));
  assert.deepEqual([result.people, result.open.length, result.nothing.length], [5_000, 0, 100]);
  assert.ok(looks <= 30_000, `${looks} looks`);
});
