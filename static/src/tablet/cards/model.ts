/** What the scan screens show, and what can be asked of them. */
import type { Failure } from "../../ui/problem.ts";
import type { Typing } from "./typing.ts";

/** What the code is for: it decides the words, and what counts as read: a card, an invitation, with `code` whatever it says. */
export type Purpose = "open" | "member" | "new_card" | "code" | "invitation";

/** Last thing that was read and was not what was asked for: key of its words, `scan.said.<kind>`. */
export interface Said {
  kind: "broken" | "invitation" | "elsewhere" | "head" | "link" | "other" | "card";
  address: string;
}

export interface ScanView {
  purpose: Purpose;
  /** Ready words, or null for those of the purpose. */
  title: string | null;
  camera: "opening" | "live" | "resting" | Failure;
  said: Said | null;
  typing: Typing;
  /** *Go on* was asked for with signs missing. */
  asked: boolean;
  /** What was read is being followed. */
  busy: boolean;
  problem: Failure | null;
}

export interface ScanActions {
  type(field: HTMLInputElement): void;
  enter(): void;
  /** Opens the camera again after it was refused, lost or at rest. */
  look(): void;
  leave(): void;
}
