import assert from "node:assert/strict";
import test from "node:test";
import { Hours, hoursOf, LOOK_EVERY, REST, SHIFT_HOURS } from "../../../static/src/tablet/hours.ts";

const HOUR = 3_600_000;
const T0 = 1_770_000_000_000;

test("half an hour at rest is over, a touch begins it anew", () => {
  const hours = new Hours(T0);
  assert.equal(hours.look(T0 + REST - 1, 12), null);
  assert.equal(hours.touched(T0 + REST - 1, 12), null);
  assert.equal(hours.look(T0 + 2 * REST - 2, 12), null);
  assert.equal(hours.look(T0 + 2 * REST, 12), "rest");
});

test("a tablet that slept for an hour is not woken by the first touch", () => {
  const hours = new Hours(T0);
  assert.equal(hours.touched(T0 + HOUR, 12), "rest");
});

test("a shift ends however busy it is", () => {
  const hours = new Hours(T0);
  let over: string | null = null;
  let now = T0;
  while (over === null && now < T0 + 24 * HOUR) {
    now += HOUR / 4;
    over = hours.touched(now, 12);
  }
  assert.equal(over, "shift");
  assert.equal(now, T0 + 12 * HOUR);
});

test("a clock that is set back keeps no key in memory for longer", () => {
  const hours = new Hours(T0);
  let over: string | null = null;
  let looks = 0;
  for (let now = T0; over === null && looks < 1000; now -= HOUR) {
    over = hours.look(now, 12);
    looks += 1;
  }
  assert.equal(over, "rest");
  assert.ok(looks <= REST / LOOK_EVERY + 2, String(looks));
});

test("a new shift begins at nothing", () => {
  const hours = new Hours(T0);
  hours.look(T0 + REST - 1, 12);
  hours.begin(T0 + HOUR);
  assert.equal(hours.look(T0 + HOUR + REST - 1, 12), null);
});

test("the programme's word on hours counts when it makes sense", () => {
  assert.equal(hoursOf(8), 8);
  for (const wrong of [undefined, null, "8", 0, -1, 100, Number.NaN, true]) assert.equal(hoursOf(wrong), SHIFT_HOURS);
});
