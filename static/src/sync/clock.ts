/** The clock's only door. Times are claims (PROTOCOL 4.1): nothing is refused for them but an invitation's end. */

/** Milliseconds since 1970, UTC, whole. */
export function nowMs(): number {
  return Date.now();
}
