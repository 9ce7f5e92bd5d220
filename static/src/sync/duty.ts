/** The duty list of a site: whom to call, from the directory's `service` entries. One rule for tablet and desk. */
import type { Service } from "./directory-bodies.ts";

export type DutyContact = { name: string; contact: string; what: string };

/**
 * In the order of the directory. The newest entry of a name replaces the older ones; an empty contact takes it off: nobody
 * must call a number that does not answer any more.
 */
export function dutyOf(services: readonly Service[], site: string): DutyContact[] {
  const newest = new Map<string, DutyContact>();
  for (const one of services) {
    if (one.site !== site) continue;
    newest.set(one.name, { name: one.name, contact: one.contact, what: one.what });
  }
  return [...newest.values()].filter((one) => one.contact.trim() !== "");
}
