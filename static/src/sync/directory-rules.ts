/** Who signs what (PROTOCOL 6.1): the table, and the one way through it. A refused entry changes nothing. */
import { type Bytes, equal } from "./bytes.ts";
import { BODIES, revokeGrant, revokeKey } from "./directory-bodies.ts";
import * as keys from "./directory-rules-keys.ts";
import * as people from "./directory-rules-people.ts";
import type { Context, State } from "./directory-state.ts";
import { keyId } from "./keys.ts";
import { Problem } from "./problems.ts";
import type { Shape } from "./shape.ts";

type By = "root" | "administrator" | "invitation";
type Rule<T> = (state: State, context: Context, body: T) => void | Promise<void>;
interface Row {
  readonly by: By;
  readonly apply: (state: State, context: Context) => void | Promise<void>;
}

function row<T>(body: Shape<T>, by: By, rule: Rule<T>): Row {
  return { by, apply: (state, context) => rule(state, context, body(context.entry.body, "body")) };
}

/** kind → who signs, rule. `revoke` has two bodies and is below; a kind not here is an administrator's to sign. */
const RULES = new Map<string, Row>(
  Object.entries({
    programme: row(BODIES.programme, "root", people.programme),
    administrator: row(BODIES.administrator, "root", people.administrator),
    staff: row(BODIES.staff, "administrator", people.staff),
    store: row(BODIES.store, "administrator", people.store),
    site: row(BODIES.site, "administrator", people.site),
    service: row(BODIES.service, "administrator", people.service),
    audience: row(BODIES.audience, "administrator", keys.audience),
    grant: row(BODIES.grant, "administrator", keys.grant),
    invitation: row(BODIES.invitation, "administrator", people.invitation),
    device: row(BODIES.device, "invitation", people.device),
    form: row(BODIES.form, "administrator", keys.form),
    reason: row(BODIES.reason, "administrator", keys.reason),
    setting: row(BODIES.setting, "administrator", keys.setting),
    erase: row(BODIES.erase, "administrator", keys.erase),
    confirm: row(BODIES.confirm, "administrator", keys.nothing),
    follow: row(BODIES.follow, "root", keys.nothing),
    release: row(BODIES.release, "administrator", keys.release),
  }),
);

/** Applies an entry whose place, bytes and signature are right. Throws a `Problem` and leaves the state as it was. */
export async function judge(state: State, context: Context): Promise<void> {
  const { entry, by } = context;
  if ((entry.seq === 1) !== (entry.kind === "programme")) {
    throw new Problem("wrong_programme", { reason: "the chain begins with its programme, once" });
  }
  if (entry.kind === "revoke") return revoke(state, context);
  const known = RULES.get(entry.kind);
  checkSigner(state, by, known?.by ?? "administrator");
  // An unknown kind is kept, not applied.
  await known?.apply(state, context);
}

/** The public key that must have signed. Throws `wrong_programme` at seq 1, `unknown_device` for an unlisted one. */
export async function signerPublic(state: State, context: Context): Promise<Bytes> {
  if (context.entry.seq === 1) {
    const { root } = BODIES.programme(context.entry.body, "body");
    const id = await keyId(root);
    if (!equal(id, context.by) || !equal(id, state.pid)) throw new Problem("wrong_programme");
    return root;
  }
  const signer = state.signers.get(context.by);
  if (!signer) throw new Problem("unknown_device", { reason: "signer" });
  return signer.public;
}

function checkSigner(state: State, by: Uint8Array, wanted: By): void {
  if (wanted === "root") {
    if (!equal(by, state.pid)) throw new Problem("wrong_signer");
    return;
  }
  if (state.revoked.has(by)) throw new Problem("revoked");
  const may = wanted === "invitation" ? state.invitations.has(by) : state.isAdministrator(by);
  if (!may) throw new Problem("wrong_signer");
}

function revoke(state: State, context: Context): void {
  const { body } = context.entry;
  if ("key" in body === "grant" in body) {
    throw new Problem("malformed", { reason: "a revoke names a key or a grant" });
  }
  if ("grant" in body) {
    checkSigner(state, context.by, "administrator");
    keys.revokeGrant(state, context, revokeGrant(body, "body"));
    return;
  }
  const named = revokeKey(body, "body");
  const holder = state.signers.get(named.key) ?? state.readers.get(named.key);
  const roots = holder !== undefined && state.people.get(holder.owner)?.administrator;
  checkSigner(state, context.by, roots ? "root" : "administrator");
  keys.revokeKey(state, context, named);
}
