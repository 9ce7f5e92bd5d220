/**
 * That this profile was enrolled once, kept where the eviction of IndexedDB does not reach, so that a tablet that lost
 * its storage says so instead of pretending to be new. It is one word about the tablet, none about a person.
 */
const NAME = "esik-enrolled";

export function wasEnrolled(): boolean {
  try {
    // biome-ignore lint/style/noRestrictedGlobals: not a secret, and the vault itself is what may be gone
    return localStorage.getItem(NAME) === "yes";
  } catch {
    return false;
  }
}

export function markEnrolled(): void {
  try {
    // biome-ignore lint/style/noRestrictedGlobals: not a secret, and the vault itself is what may be gone
    localStorage.setItem(NAME, "yes");
  } catch {
    // A full or forbidden localStorage costs a better sentence later, nothing else.
  }
}
