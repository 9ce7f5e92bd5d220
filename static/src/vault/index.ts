/**
 * The vault's public face: what the tablet keeps, seals and delivers. Everything else in this folder is its own business.
 *
 *   const vault = await openVault({ release });          // `open_elsewhere` → offer openVault({ takeOver: true })
 *   await vault.enrol(location.hash.slice(1), showStep);
 *   const session = await vault.unlock(staffId, passphrase);
 *   const { id } = await session.newDraft({ form, version });
 *   const savedAt = await session.saveDraft(id, state);  // only now *Saved 14:06*
 *   await session.seal(id, payloads, labels);
 *   const syncing = vault.keepSyncing();
 */

export { VAULT_CODES } from "./problems.ts";
export type * from "./types.ts";
export { openVault } from "./vault.ts";
