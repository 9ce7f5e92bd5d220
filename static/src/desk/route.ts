// Where the reviewer is. The address carries hashes and fixed words only: never a name, a card or an answer,
// because addresses stay in the browser's history after the desk is locked.

export const SHOWN = ["all", "new", "opened", "returned", "accepted", "sealed", "problem"] as const;
export type Shown = (typeof SHOWN)[number];

/** Pages without anything behind their name. */
const PLAIN = ["fleet", "invite", "reconcile", "staff"] as const;
export type Plain = (typeof PLAIN)[number];

export type Route =
  | { page: "inbox"; shown: Shown }
  | { page: "submission"; hash: string }
  /** `version`: the form that is open, by its newest version, or "" */
  | { page: "forms"; version: string }
  | { page: Plain };

const HASH = /^[A-Za-z0-9_-]{43}$/;

/** Reads `location.hash`; anything unknown is the inbox. */
export function readRoute(fragment: string): Route {
  const [page, rest] = fragment.replace(/^#\/?/, "").split("/");
  if (page === "submission" && rest && HASH.test(rest)) return { page, hash: rest };
  if (page === "forms") return { page, version: rest && HASH.test(rest) ? rest : "" };
  const plain = PLAIN.find((one) => one === page);
  if (plain) return { page: plain };
  const shown = SHOWN.find((one) => one === rest);
  return { page: "inbox", shown: shown ?? "all" };
}

/** The address of a route, for `href`. */
export function routeTo(route: Route): string {
  if (route.page === "submission") return `#/submission/${route.hash}`;
  if (route.page === "forms") return route.version === "" ? "#/forms" : `#/forms/${route.version}`;
  if (route.page !== "inbox") return `#/${route.page}`;
  return route.shown === "all" ? "#/inbox" : `#/inbox/${route.shown}`;
}
