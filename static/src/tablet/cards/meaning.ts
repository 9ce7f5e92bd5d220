/** What a QR code says to a tablet: a card, an invitation, or something else, told apart so that it can be said in words. */
import { readCard } from "../../form/card.ts";

export type Meaning =
  | { kind: "card"; code: string }
  /** Looks like a card and fails its check: damaged print, or a hand-made code. */
  | { kind: "broken" }
  /** `here`: of the server that this page came from; else `address` is where it belongs. */
  | { kind: "invitation"; here: boolean; address: string; fragment: string }
  /** A tablet's end-of-shift head. */
  | { kind: "head" }
  | { kind: "link" }
  | { kind: "other" };

const LIKE_A_CARD = /^[0-9A-Z]{4}-?[0-9A-Z]{4}-?[0-9A-Z]{2}$/i;

/** `origin`: of this page. */
export function meaningOf(text: string, origin: string): Meaning {
  const code = readCard(text);
  if (code !== null) return { kind: "card", code };
  const said = text.trim();
  if (LIKE_A_CARD.test(said)) return { kind: "broken" };
  if (said.startsWith("ESIK1 ")) return { kind: "head" };
  return URL.canParse(said) ? ofAddress(new URL(said), origin) : { kind: "other" };
}

function ofAddress(url: URL, origin: string): Meaning {
  if (url.protocol !== "https:" && url.protocol !== "http:") return { kind: "other" };
  const fragment = url.hash.slice(1);
  if (url.pathname !== "/enrol" || fragment === "") return { kind: "link" };
  return { kind: "invitation", here: url.origin === origin, address: url.origin, fragment };
}
