/** Rules for entries about audiences, forms and what ends: grants, revocations, erasures. Checks first, changes last. */
import { equal } from "./bytes.ts";
import type { Bodies, revokeGrant as grantBody, revokeKey as keyBody } from "./directory-bodies.ts";
import type { Context, Reader, State } from "./directory-state.ts";
import type { Head } from "./entry.ts";
import { IdMap, IdSet } from "./idmap.ts";
import { directoryLog, keyOfLog } from "./ids.ts";
import { keyId, WRAPPED } from "./keys.ts";
import { BUCKETS } from "./part.ts";
import { Problem } from "./problems.ts";
import type { Of } from "./shape.ts";

export async function audience(state: State, _context: Context, body: Bodies["audience"]): Promise<void> {
  const [name, site] = body.audience.split("@");
  if ((name === "people") !== (site !== undefined)) {
    throw new Problem("malformed", { reason: "people, and only people, is held by site" });
  }
  if (site !== undefined && !state.sites.has(site)) throw new Problem("not_listed", { site });
  if (!state.people.has(body.steward)) throw new Problem("not_listed", { reason: "steward" });
  const epochs = state.audiences.get(body.audience) ?? [];
  if (body.epoch !== epochs.length + 1) throw new Problem("out_of_order", { epoch: body.epoch });
  const key = await keyId(body.key);
  if (state.readers.has(key) || state.isAudienceKey(key)) throw new Problem("already_listed");
  state.audiences.set(body.audience, [...epochs, { ...body, keyId: key }]);
}

export function grant(state: State, context: Context, body: Bodies["grant"]): void {
  const epochs = state.audiences.get(body.audience) ?? [];
  if (body.epoch > epochs.length) throw new Problem("not_listed", { audience: body.audience, epoch: body.epoch });
  const reader = state.readers.get(body.reader);
  if (!reader) throw new Problem("not_listed", { reason: "reader" });
  if (state.revoked.has(body.reader)) throw new Problem("revoked");
  if (!mayRead(reader, body.audience)) throw new Problem("wrong_reader", { reason: reader.kind });
  if (body.size !== WRAPPED) throw new Problem("malformed", { reason: "size" });
  const same = state.grants.values().filter((one) => one.audience === body.audience && one.epoch === body.epoch);
  if (same.some((one) => equal(one.reader, body.reader) && !state.withdrawn.has(one.hash))) {
    throw new Problem("already_listed");
  }
  // What only one person can open is lost with that person.
  const recoverable = same.some((one) => state.readers.get(one.reader)?.kind === "recovery");
  if (reader.kind !== "recovery" && !recoverable) throw new Problem("out_of_order", { reason: "recovery first" });
  state.grants.set(context.hash, { ...body, hash: context.hash, seq: context.entry.seq });
}

/** A tablet opens its own site's people list and nothing else; a work key opens no audience at all. */
export function mayRead(reader: Reader, audienceName: string): boolean {
  if (reader.kind === "device") return audienceName === `people@${reader.site}`;
  return reader.kind === "recovery" || reader.kind === "staff";
}

export function form(state: State, context: Context, body: Bodies["form"]): void {
  if (state.forms.has(body.version)) throw new Problem("already_listed");
  const numbers = state.forms.values().map((one) => (one.form === body.form ? one.number : 0));
  if (body.number !== Math.max(0, ...numbers) + 1) throw new Problem("out_of_order", { number: body.number });
  const names = body.audiences.map((one) => one.audience);
  if (new Set(names).size !== names.length || names.some((name) => name.includes("@"))) {
    throw new Problem("malformed", { reason: "audiences" });
  }
  if (body.audiences.some((one) => !BUCKETS.includes(one.bucket))) throw new Problem("malformed", { reason: "bucket" });
  if (body.reason !== null && !givenByAnother(state, context, body)) throw new Problem("second_person");
  state.forms.set(body.version, body);
}

/** Whether another administrator who signs now gave this very reason. One person with two keys is one person. */
function givenByAnother(state: State, context: Context, body: Bodies["form"]): boolean {
  const mine = state.signers.get(context.by)?.owner;
  const given = state.reasons.get(body.version)?.entries() ?? [];
  return given.some(([by, one]) => {
    const owner = state.signers.get(by)?.owner;
    return one.reason === body.reason && state.isAdministrator(by) && !!owner && !!mine && !equal(owner, mine);
  });
}

export function reason(state: State, context: Context, body: Bodies["reason"]): void {
  if (state.forms.has(body.version)) throw new Problem("already_listed");
  const given = new IdMap<Bodies["reason"]>();
  for (const [by, one] of state.reasons.get(body.version)?.entries() ?? []) given.set(by, one);
  given.set(context.by, body);
  state.reasons.set(body.version, given);
}

export function setting(state: State, _context: Context, body: Bodies["setting"]): void {
  state.settings.set(body.name, body.value);
}

export function revokeKey(state: State, context: Context, body: Of<typeof keyBody>): void {
  const keys = new IdSet(state.keysOf(body.key));
  // Without recovery, which is first to read every epoch, nobody could ever make one again.
  const recovery = keys.values().some((key) => state.readers.get(key)?.kind === "recovery");
  if (keys.size === 0 || keys.has(state.pid) || recovery) throw new Problem("not_listed", { reason: "key" });
  const ownLog = directoryLog(state.pid);
  const cuts = new IdMap<Head>();
  for (const { log, seq, hash } of body.cut) cuts.set(log, { seq, hash });
  const theirs = cuts.keys().every((log) => equal(log, ownLog) || keys.has(keyOfLog(log)));
  if (cuts.size !== body.cut.length || !theirs) throw new Problem("malformed", { reason: "cut" });
  const before = state.revoked.get(body.key)?.cuts.entries() ?? [];
  if (before.some(([log, old]) => (cuts.get(log)?.seq ?? 0) < old.seq)) {
    throw new Problem("out_of_order", { reason: "a cut moves forward only" });
  }
  for (const key of keys.values()) state.revoked.set(key, { seq: context.entry.seq, reason: body.reason, cuts });
}

export function revokeGrant(state: State, _context: Context, body: Of<typeof grantBody>): void {
  if (!state.grants.has(body.grant)) throw new Problem("not_listed", { reason: "grant" });
  state.withdrawn.add(body.grant);
}

export function erase(state: State, context: Context, body: Bodies["erase"]): void {
  if (!state.people.has(body.asked_by)) throw new Problem("not_listed", { reason: "asked_by" });
  const signer = state.signers.get(context.by);
  if (state.administrators().length > 1 && signer && equal(signer.owner, body.asked_by)) {
    throw new Problem("second_person");
  }
  for (const one of body.objects) if (!state.erased.has(one)) state.erased.set(one, context.entry.time);
}

/** `confirm` says only that somebody with a key was there (6.4); `follow` names a branch that `Directory` has checked. */
export function nothing(): void {}

export function release(state: State, _context: Context, body: Bodies["release"]): void {
  state.release = body.release;
}
