/** Rules for entries about people, places and machines. Each checks everything first and changes the state last. */
import { type Bytes, concat, equal } from "./bytes.ts";
import type { Administrator, Bodies, Staff } from "./directory-bodies.ts";
import type { Context, State } from "./directory-state.ts";
import { keyId, sha256, verify } from "./keys.ts";
import { Problem } from "./problems.ts";

export async function programme(state: State, _context: Context, body: Bodies["programme"]): Promise<void> {
  checkPoint(body.root);
  const recovery = await keyId(body.recovery);
  state.programme = body;
  state.signers.set(state.pid, { kind: "root", public: body.root, owner: state.pid, site: null });
  state.readers.set(recovery, { kind: "recovery", public: body.recovery, owner: recovery, site: null });
}

export async function administrator(state: State, _context: Context, body: Administrator): Promise<void> {
  // Not the site: the first administrator stands before any site does.
  await person(state, body, true);
}

export async function staff(state: State, _context: Context, body: Staff): Promise<void> {
  // An administrator who could re-list another as plain staff would replace that person's keys without the root.
  if (state.people.get(body.staff)?.administrator) {
    throw new Problem("wrong_signer", { reason: "an administrator's record" });
  }
  checkSite(state, body.site);
  await person(state, body, false);
}

export async function store(state: State, _context: Context, body: Bodies["store"]): Promise<void> {
  checkPoint(body.key);
  const key = await keyId(body.key);
  if (!state.stores.has(key)) checkNew(state, key);
  else if (state.revoked.has(key)) throw new Problem("revoked");
  state.stores.set(key, body);
  state.signers.set(key, { kind: "store", public: body.key, owner: key, site: null });
}

export function site(state: State, _context: Context, body: Bodies["site"]): void {
  state.sites.set(body.site, body);
}

export function service(state: State, _context: Context, body: Bodies["service"]): void {
  checkSite(state, body.site);
  state.services.push(body);
}

export async function invitation(state: State, _context: Context, body: Bodies["invitation"]): Promise<void> {
  checkSite(state, body.site);
  checkPoint(body.key);
  const key = await keyId(body.key);
  checkNew(state, key);
  state.invitations.set(key, body);
  state.used.set(key, 0);
  state.signers.set(key, { kind: "invitation", public: body.key, owner: key, site: body.site });
}

export async function device(state: State, context: Context, body: Bodies["device"]): Promise<void> {
  const by = context.by;
  const listed = state.invitations.get(by);
  if (!listed || !equal(body.invitation, by)) throw new Problem("wrong_signer");
  checkPoint(body.signing);
  const [signingId, readingId] = await Promise.all([keyId(body.signing), keyId(body.reading)]);
  // First of all, so that a tablet that repeats itself after a lost answer learns that it is in.
  for (const key of [signingId, readingId]) checkNew(state, key);
  if (body.site !== listed.site) throw new Problem("wrong_signer", { reason: "another site's invitation" });
  if (Math.max(context.entry.time, context.at ?? 0) > listed.end) {
    throw new Problem("invitation_expired", { end: listed.end });
  }
  const used = state.used.get(by) ?? 0;
  if (used >= listed.count) throw new Problem("invitation_used", { count: listed.count });
  const proof = await deviceProof(body.signing, body.reading, by);
  if (!(await verify(body.signing, "esik/1/device", state.pid, proof, body.proof))) {
    throw new Problem("bad_signature", { reason: "proof" });
  }
  state.used.set(by, used + 1);
  state.devices.set(signingId, { ...body, signingId, readingId });
  state.signers.set(signingId, { kind: "device", public: body.signing, owner: signingId, site: body.site });
  state.readers.set(readingId, { kind: "device", public: body.reading, owner: signingId, site: body.site });
}

/** What a new device signs with its own key: H(signing ‖ reading ‖ invitation key id). Public keys, not their ids. */
export function deviceProof(signing: Uint8Array, reading: Uint8Array, invitationKeyId: Uint8Array): Promise<Bytes> {
  return sha256(concat(signing, reading, invitationKeyId));
}

async function person(state: State, body: Administrator | Staff, isAdministrator: boolean): Promise<void> {
  const { signing, reading, work } = body;
  if ((signing === null) !== (reading === null) || (signing === null && work === null)) {
    throw new Problem("malformed", { reason: "a desk has both keys; a person has at least one" });
  }
  const [signingId, readingId, workId] = await Promise.all([signing, reading, work].map((key) => key && keyId(key)));
  const ids = [signingId, readingId, workId].filter((id): id is Bytes => !!id);
  if (signing) checkPoint(signing);
  if (readingId && workId && equal(readingId, workId)) throw new Problem("already_listed");
  for (const id of ids) {
    const holder = state.signers.get(id) ?? state.readers.get(id);
    if (!holder || !equal(holder.owner, body.staff)) checkNew(state, id);
    else if (state.revoked.has(id)) throw new Problem("revoked");
  }
  const keys = { signingId: signingId ?? null, readingId: readingId ?? null, workId: workId ?? null };
  const owner = { owner: body.staff, site: body.site };
  const record = { ...body, ...keys, administrator: isAdministrator };
  state.people.set(body.staff, record as Parameters<typeof state.people.set>[1]);
  const kind = isAdministrator ? "administrator" : "staff";
  if (signing && signingId) state.signers.set(signingId, { kind, public: signing, ...owner });
  if (reading && readingId) state.readers.set(readingId, { kind: "staff", public: reading, ...owner });
  if (work && workId) state.readers.set(workId, { kind: "work", public: work, ...owner });
}

function checkNew(state: State, key: Uint8Array): void {
  if (state.isListed(key)) throw new Problem("already_listed");
}

function checkSite(state: State, slug: string): void {
  if (!state.sites.has(slug)) throw new Problem("not_listed", { site: slug });
}

function checkPoint(publicKey: Uint8Array): void {
  // Only the form: libraries differ over what else they refuse, and a chain must read the same for all. A key that is no
  // point on the curve verifies nothing, which harms nobody but its holder.
  if (publicKey[0] !== 4) throw new Problem("malformed", { reason: "not an uncompressed point" });
}
