/** Whom to call after hard talks: of the site's duty list, offline. */
import type { DutyContact } from "../../vault/index.ts";

/** Whoever cares for the staff, else the first of the list; null when the list is empty. */
export function careOf(duty: readonly DutyContact[]): DutyContact | null {
  return duty.find((one) => /staff care/i.test(`${one.what} ${one.name}`)) ?? duty[0] ?? null;
}
