// The whole desk as one view, for the screens. Pure over what `Work` holds at this moment.
import { b64 } from "../sync/ids.ts";
import { failure, type Language } from "../ui/index.ts";
import { fleetRows, truthOf } from "./fleet.ts";
import { countRows, filterRows, type InboxRow, inboxRow, sortRows } from "./inbox.ts";
import { presentSubmission } from "./present.ts";
import type { Tablet } from "./records.ts";
import type { Route, Shown } from "./route.ts";
import { audiencesHeld } from "./sign-in.ts";
import type { DeskView, SubmissionView } from "./view.ts";
import { keyOf, type Work } from "./work.ts";

export type Looking = {
  language: Language;
  release: string;
  now: number;
  route: Route;
  /** the list that a submission was opened from */
  shown: Shown;
  /** how many rows of the list are drawn */
  limit: number;
  dialog: DeskView["dialog"];
};

export function pictureOf(work: Work, looking: Looking): DeskView {
  const { signedIn, reader } = work;
  const { directory } = signedIn;
  const { ledger } = reader;
  const person = directory.staff.get(signedIn.staff);
  const fleet = fleetRows(
    tabletsOf(work),
    ledger,
    keyOf,
    (audience) => directory.audiences.get(audience)?.at(-1)?.epoch ?? null,
  );
  const rows = rowsOf(work, looking.language);
  return {
    ...looking,
    programme: directory.name ?? "",
    person: { name: signedIn.name, administrator: person?.administrator ?? false },
    held: audiencesHeld(signedIn),
    siteName: (site) => directory.sites.get(site)?.name ?? site,
    truth: truthOf(fleet),
    reading: work.reading,
    away: work.away,
    alarms: [...reader.alarms.values()].map(failure),
    rows,
    counts: countRows(rows),
    opening: work.opener.progress(),
    submission: submissionOf(work, rows, looking),
    fleet,
    keptApart: ledger.keptApart(),
  };
}

function rowsOf(work: Work, language: Language): InboxRow[] {
  const { ledger } = work.reader;
  return sortRows(
    [...ledger.submissions.values()].map((one) => inboxRow(one, ledger, work.opened, work.forms, language)),
  );
}

function submissionOf(work: Work, rows: InboxRow[], looking: Looking): SubmissionView | null {
  const { route, shown, language } = looking;
  const entry = route.page === "submission" ? work.reader.ledger.submissions.get(route.hash) : undefined;
  if (!entry) return null;
  const known = { ledger: work.reader.ledger, forms: work.forms, safe: work.safe, language };
  const listed = filterRows(rows, shown);
  // A row leaves its view while it is looked at (new becomes opened): then its place is told among all.
  return presentSubmission(entry, rows, listed.some((row) => row.hash === entry.hash) ? listed : rows, known);
}

function tabletsOf({ signedIn: { directory } }: Work): Tablet[] {
  return directory.devices.entries().map(([key, device]) => ({
    key: b64(key),
    name: device.name,
    site: device.site,
    revoked: directory.revoked.has(key),
  }));
}
