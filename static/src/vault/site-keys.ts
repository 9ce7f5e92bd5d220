/** The site's people keys, out of this tablet's grants: in memory while unlocked, by key id. */
import type { ListedGrant } from "../sync/directory-state.ts";
import { openGrant } from "../sync/grant.ts";
import { b64 } from "../sync/ids.ts";
import { Problem } from "../sync/problems.ts";
import type { Session as StoreSession } from "../sync/transport.ts";
import { type Context, type Keys, needEnrolled } from "./context.ts";

/** Brings `keys.site` in step with the directory. A grant that does not open is another's mistake: no key, and no halt. */
export async function openSiteKeys(context: Context, keys: Keys, session: StoreSession): Promise<void> {
  const { device, directory } = needEnrolled(context);
  const audience = `people@${device.site}`;
  const grants = directory.heldBy(keys.reading.keyId).filter((one) => one.audience === audience);
  for (const grant of grants) {
    const key = directory.audiences.get(audience)?.find((one) => one.epoch === grant.epoch)?.keyId;
    if (!key || keys.site.has(key)) continue;
    const opened = await openOne(context, keys, session, grant, key);
    if (opened) keys.site.set(key, opened);
  }
}

async function openOne(context: Context, keys: Keys, session: StoreSession, grant: ListedGrant, key: Uint8Array) {
  const { programme } = needEnrolled(context).device;
  try {
    const object = await context.transport.object(grant.object, session);
    return await openGrant(programme, grant.audience, grant.epoch, key, keys.reading, object);
  } catch (cause) {
    if (Problem.is(cause) && cause.code !== "no_network") return null;
    throw cause;
  }
}

/** For the cursor: which keys were here. */
export function heldNames(keys: Keys): string[] {
  return keys.site.keys().map(b64).sort();
}
