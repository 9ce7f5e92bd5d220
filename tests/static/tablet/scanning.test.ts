/** What a worker types or scans, and what the tablet makes of it. */
import assert from "node:assert/strict";
import test from "node:test";
import { makeCard } from "../../../static/src/form/card.ts";
import { meaningOf } from "../../../static/src/tablet/cards/meaning.ts";
import { caretIn, typing } from "../../../static/src/tablet/cards/typing.ts";

const HERE = "https://esik.example";
const CARD = makeCard(new Uint8Array([7, 77, 177, 200, 3]));
const BARE = CARD.replaceAll("-", "");

test("a code is grouped while it is typed, in any case and with any dash", () => {
  assert.equal(typing("7kq4m").text, "7KQ4-M");
  assert.equal(typing("7kq4 – m2xd_9").text, "7KQ4-M2XD-9");
  assert.equal(typing("oil").text, "011");
  assert.equal(typing(CARD.toLowerCase()).code, CARD);
});

test("letters of a Kazakh keyboard that look like a card's signs are taken for them", () => {
  assert.equal(typing("авсенкмртх").text, "ABCE-HKMP-TX");
});

test("a worker hears at once what is wrong, and nothing typed is thrown away", () => {
  assert.deepEqual([typing("7Ü").wrong, typing("7Ü").sign, typing("7Ü").text], ["sign", "Ü", "7Ü"]);
  assert.equal(typing(`${BARE}7`).wrong, "long");
  assert.equal(typing(BARE.slice(0, 6)).wrong, null);
  assert.equal(typing(BARE.slice(0, 6)).left, 4);
});

test("every wrong sign and every swap of neighbours is told", () => {
  for (let at = 0; at < BARE.length; at++) {
    const other = BARE[at] === "7" ? "8" : "7";
    assert.equal(typing(BARE.slice(0, at) + other + BARE.slice(at + 1)).wrong, "check", `${at}`);
    const [one = "", next = ""] = BARE.slice(at, at + 2);
    if (next && one !== next) assert.equal(typing(BARE.slice(0, at) + next + one + BARE.slice(at + 2)).wrong, "check");
  }
});

test("the caret stays where the hand is, over the dashes", () => {
  assert.equal(caretIn("7KQ4M", 5), 6);
  assert.equal(caretIn("7KQ4-M2XD9", 10), 11);
  assert.equal(caretIn("7K", 1), 1);
  assert.equal(caretIn("7KQ4M2XD", 4), 4);
});

test("a card, an invitation and anything else are told apart", () => {
  assert.deepEqual(meaningOf(BARE, HERE), { kind: "card", code: CARD });
  assert.equal(meaningOf(`${CARD.slice(0, -1)}${CARD.endsWith("7") ? "8" : "7"}`, HERE).kind, "broken");
  assert.deepEqual(meaningOf(`${HERE}/enrol#abc`, HERE), {
    kind: "invitation",
    here: true,
    address: HERE,
    fragment: "abc",
  });
  const away = meaningOf("https://other.example/enrol#abc", HERE);
  assert.ok(away.kind === "invitation" && !away.here && away.address === "https://other.example");
  assert.equal(meaningOf("ESIK1 ABC", HERE).kind, "head");
  assert.equal(meaningOf("https://other.example/menu", HERE).kind, "link");
  assert.equal(meaningOf(`${HERE}/enrol`, HERE).kind, "link");
  for (const text of ["WIFI:S:hall;;", "javascript:alert(1)//enrol#x", "4006381333931", ""])
    assert.equal(meaningOf(text, HERE).kind, "other", text);
});
