/** Adding a colleague on the spot, without the wire: a work key, a slot under a fresh passphrase, a copy of the vault key. */
import { nowMs } from "../sync/clock.ts";
import { b64, madeId } from "../sync/ids.ts";
import { ReadingKey } from "../sync/keys.ts";
import { COST, deriveSlot, sealSlot } from "../sync/slot.ts";
import { passphrase } from "../sync/words.ts";
import { derive } from "./argon.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";
import { write } from "./database.ts";
import { vaultProblem } from "./problems.ts";
import { wrapVaultKey } from "./records.ts";

const LONGEST = 200;

export async function addColleague(
  context: Context,
  keys: Keys,
  name: string,
  stations: readonly string[],
): Promise<{ id: string; passphrase: string }> {
  const called = name.trim();
  if (called === "" || called.length > LONGEST) throw vaultProblem("no_name");
  const { programme } = needEnrolled(context).device;
  const staff = madeId();
  const words = await passphrase("tablet");
  const work = await ReadingKey.generate();
  const { wrap: under } = await deriveSlot(programme, staff, "tablet", words, COST, derive);
  const slot = await sealSlot(programme, staff, { kind: "tablet", work }, COST, under);
  const wrap = await wrapVaultKey(programme, work.public, keys.vaultBytes);
  const id = b64(staff);
  const row = {
    id,
    name: called,
    stations: [...stations],
    work: work.public,
    slot,
    wrap,
    by: keys.staff,
    added: nowMs(),
  };
  await write(context.db, ["colleagues"], (tx) => tx.objectStore("colleagues").add(row, id));
  context.changed();
  return { id, passphrase: words };
}
