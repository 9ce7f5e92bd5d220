/** How the vault's second chunk is reached. */
import { Problem } from "../sync/problems.ts";

/** The chunk of what is not needed to unlock and show home. A browser that cannot load it has neither wire nor cache. */
export function later(): Promise<typeof import("./later.ts")> {
  return import("./later.ts").catch((cause: unknown) => {
    throw new Problem("no_network", {}, { cause });
  });
}
