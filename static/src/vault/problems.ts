/**
 * The vault's own codes; each has words under `problem.<code>.{what,means,do}` in static/messages. Codes of sync and of
 * the server pass through unchanged.
 */
import { Problem } from "../sync/problems.ts";

export const VAULT_CODES = [
  /** Another window of this browser holds the vault. */
  "open_elsewhere",
  /** The browser has no room: nothing was written, nothing was lost. */
  "storage_full",
  /** The browser would not read or write its storage. */
  "storage_failed",
  /** This tablet was enrolled, and the browser has thrown its storage away. */
  "storage_gone",
  "not_enrolled",
  "already_enrolled",
  /** Unlocking has to come first, or the keys were dropped meanwhile. */
  "locked",
  /** This person's slot has not reached this tablet yet. */
  "not_ready_here",
  /** Argon2id could not run (memory, or an old browser). */
  "no_worker",
  "unknown_draft",
  /** A draft opens for its author alone. */
  "not_your_draft",
  /** Nobody of this site who unlocks tablets. */
  "unknown_colleague",
  /** A colleague needs a name. */
  "no_name",
  /** The tablet is closed only after everybody's talk is sealed or handed over. */
  "drafts_left",
  /** A record of the vault does not decrypt: it was changed on disk. */
  "broken_record",
  /** An answer names a picture or file that is not in the draft. */
  "attachment_missing",
  /** One draft holds no more than this. */
  "attachments_full",
] as const;

export type VaultCode = (typeof VAULT_CODES)[number];

export function vaultProblem(code: VaultCode, detail: Record<string, unknown> = {}, cause?: unknown): Problem {
  return Problem.of(code, detail, cause === undefined ? {} : { cause });
}
