import assert from "node:assert/strict";
import { test } from "node:test";
import { fleetRows, truthOf } from "../../../static/src/desk/fleet.ts";
import { Ledger } from "../../../static/src/desk/ledger.ts";
import type { Tablet } from "../../../static/src/desk/records.ts";
import { stated, submission } from "./made.ts";

const tablet = (n: number, more: Partial<Tablet> = {}): Tablet => ({
  key: `device-${n}`,
  name: `T-0${n}`,
  site: "arrival",
  revoked: false,
  confirmed: true,
  hands: null,
  ...more,
});
const HOUR = 3_600_000;
const deviceOf = (log: string) => log.split(":")[0] ?? "";
const rowsOf = (ledger: Ledger, tablets: Tablet[], now = 1) =>
  fleetRows(tablets, ledger, { deviceOf, currentEpoch: () => 2, now, silentMs: 12 * HOUR });

test("one tablet that delivered everything is complete", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 1 }));
  ledger.addStated(stated({ seq: 1 }));
  const rows = rowsOf(ledger, [tablet(1)]);
  assert.deepEqual(truthOf(rows), { tablets: 1, complete: 1, troubled: [] });
});

test("the tablet that owes numbers is named first, with exactly those numbers", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 1 }));
  ledger.addStated(stated({ seq: 3 }));
  ledger.addSubmission(submission({ seq: 1, log: "device-2:a", hash: "other" }));
  const rows = rowsOf(ledger, [tablet(2), tablet(1)]);
  assert.equal(rows[0]?.name, "T-01");
  assert.deepEqual(rows[0]?.missing, [{ from: 2, to: 3 }]);
  assert.equal(rows[0]?.verdict, "owes");
  assert.deepEqual([truthOf(rows).complete, truthOf(rows).tablets], [1, 2]);
});

test("a tablet never heard is silent, not complete", () => {
  const rows = rowsOf(new Ledger(), [tablet(1)]);
  assert.equal(rows[0]?.verdict, "silent");
  assert.equal(rows[0]?.lastContact, null);
});

test("a tablet that was taken out before it sealed anything troubles nobody", () => {
  const rows = rowsOf(new Ledger(), [tablet(1, { revoked: true })]);
  assert.deepEqual(truthOf(rows).troubled, []);
});

test("a restored tablet's two logs are counted together and named apart", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 1, log: "device-1:a" }));
  ledger.addSubmission(submission({ seq: 1, log: "device-1:b", hash: "b1" }));
  ledger.addContinued("device-1:a", 2);
  const [row] = rowsOf(ledger, [tablet(1)]);
  assert.equal(row?.held, 2);
  assert.equal(row?.total, 3);
  assert.deepEqual(row?.missing, [{ from: 2, to: 2 }]);
});

test("an older epoch in its last word is shown as behind", () => {
  const ledger = new Ledger();
  ledger.addStated(
    stated({
      seq: 0,
      epochs: [
        { audience: "family", epoch: 1 },
        { audience: "medical", epoch: 2 },
      ],
    }),
  );
  const [row] = rowsOf(ledger, [tablet(1)]);
  assert.deepEqual(row?.behind, [{ audience: "family", epoch: 1, current: 2 }]);
  assert.equal(row?.verdict, "complete");
});

test("an end-of-shift code raises what is outstanding and never settles it", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 1 }));
  ledger.addStated(stated({ seq: 2 }));
  ledger.addWord({ log: "device-1:a", seq: 4, time: 9, how: "code" });
  const [row] = rowsOf(ledger, [tablet(1)]);
  assert.deepEqual(row?.missing, [{ from: 2, to: 4 }]);
  assert.equal(row?.word?.seq, 4);
  ledger.addWord({ log: "device-1:a", seq: 1, time: 10, how: "qr" });
  assert.equal(rowsOf(ledger, [tablet(1)])[0]?.owed, 3);
});

test("a code of a tablet of which nothing else arrived makes it owe everything", () => {
  const ledger = new Ledger();
  ledger.addWord({ log: "device-1:a", seq: 3, time: 9, how: "qr" });
  const [row] = rowsOf(ledger, [tablet(1)]);
  assert.deepEqual([row?.verdict, row?.owed, row?.lastContact], ["owes", 3, null]);
});

test("a tablet that is silent for longer than the programme set is told, a revoked one is not", () => {
  const ledger = new Ledger();
  ledger.addSubmission(submission({ seq: 1, received: 0 }));
  ledger.addSubmission(submission({ seq: 1, log: "device-2:a", hash: "b", received: 0 }));
  const late = 13 * HOUR;
  const rows = rowsOf(ledger, [tablet(1), tablet(2, { revoked: true })], late);
  assert.deepEqual(
    rows.map((row) => [row.name, row.quiet]),
    [
      ["T-01", true],
      ["T-02", false],
    ],
  );
  assert.equal(rowsOf(ledger, [tablet(1)], 11 * HOUR)[0]?.quiet, false);
});
