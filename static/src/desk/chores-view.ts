// What the screens of the day are given, and what a person can do there.
import type { DutyContact } from "../sync/duty.ts";
import type { Failure as ShownProblem } from "../ui/index.ts";
import type { Reconciled } from "./reconcile.ts";
import type { NewService, StaffRow, Wanted } from "./staff.ts";
import type { Invitation, Invited } from "./tablets.ts";

/** Draws a text as a QR code; loaded with the first invitation. */
export type QrView = typeof import("../ui/qr.ts").qrView;

/** What is being signed and sent. */
export type Doing = "invite" | "confirm" | "take_out" | "person" | "service" | "silent" | "word";

/** A new tablet: its digits are null until they are worked out; `who` can confirm it when this person cannot. */
export type FreshTablet = {
  key: string;
  name: string;
  site: string;
  digits: string | null;
  mayConfirm: boolean;
  who: string[];
};

export type ChoresView = {
  doing: Doing | null;
  failed: { doing: Doing; problem: ShownProblem } | null;
  /** this person signs the directory */
  maySign: boolean;
  sites: { site: string; name: string }[];
  /** stations that forms know */
  stations: string[];
  proposed: string;
  invited: (Invited & { qr: QrView }) | null;
  fresh: FreshTablet[];
  staff: StaffRow[];
  duty: { site: string; name: string; contacts: DutyContact[] }[];
  /** somebody who was just added; `done` = entry and slot are at the centre */
  adding: { name: string; site: string; stations: string[]; passphrase: string; done: boolean } | null;
  silentHours: number;
  cards: { count: number; wrong: string[] } | null;
};

export type ReconcileView = {
  site: string;
  /** sites whose people list this reader opens */
  sites: string[];
  stationName: (station: string) => string;
  result: Reconciled;
};

export type ChoresDialog =
  | { is: "take_out"; what: "tablet" | "person"; key: string; name: string; differs: boolean; missing: boolean }
  | { is: "person"; missing: boolean }
  | { is: "service"; site: string; name: string; contact: string; what: string; missing: boolean }
  | { is: "silent"; missing: boolean }
  | { is: "word"; missing: boolean };

export type ChoresActions = {
  invite(wanted: Invitation): void;
  forgetInvitation(): void;
  confirm(key: string): void;
  takeOut(key: string, reason: string): void;
  addPerson(wanted: Wanted): void;
  addPersonAgain(): void;
  forgetPerson(): void;
  addService(service: NewService): void;
  setSilentHours(hours: number): void;
  takeIn(text: string): void;
  readCards(text: string): void;
  chooseSite(site: string): void;
  print(): void;
};
