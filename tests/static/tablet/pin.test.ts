import assert from "node:assert/strict";
import test from "node:test";
import { Pin, TRIES, weakness } from "../../../static/src/tablet/ending/pin.ts";

for (const pin of ["0000", "1234", "4321", "7890", "121212", "123123", "999999", "3456", "2109"]) {
  test(`a PIN that a stranger would try first is refused: ${pin}`, () => assert.equal(weakness(pin), "easy"));
}

for (const pin of ["", "123", "1234567", "12a4", "١٢٣٤"]) {
  test(`a PIN is four to six digits, not “${pin}”`, () => assert.equal(weakness(pin), "length"));
}

for (const pin of ["4071", "20417", "938271"]) {
  test(`${pin} is a PIN`, () => assert.equal(weakness(pin), null));
}

test("the right PIN reopens, and gives all tries back", () => {
  const pin = new Pin();
  pin.choose("4071");
  for (let n = 1; n < TRIES; n += 1) assert.equal(pin.attempt("4072"), "wrong");
  assert.equal(pin.left, 1);
  assert.equal(pin.attempt("4071"), "right");
  assert.equal(pin.left, TRIES);
});

test("after five wrong tries the right PIN opens nothing any more", () => {
  const pin = new Pin();
  pin.choose("4071");
  const said = Array.from({ length: TRIES }, () => pin.attempt("9999"));
  assert.deepEqual(said, ["wrong", "wrong", "wrong", "wrong", "spent"]);
  assert.equal(pin.attempt("4071"), "spent");
  assert.ok(!pin.set);
});

test("without a PIN nothing opens, an empty one neither", () => {
  const pin = new Pin();
  assert.equal(pin.attempt(""), "spent");
  assert.throws(() => pin.choose("1234"));
  pin.choose("4071");
  pin.drop();
  assert.equal(pin.attempt("4071"), "spent");
});
