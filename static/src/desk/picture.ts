// The whole desk as one view, for the screens. Pure over what `Work` holds at this moment.
import { b64 } from "../sync/ids.ts";
import { failure, type Language } from "../ui/index.ts";
import { givenOf, sitesSeen } from "./arrivals.ts";
import type { Chores } from "./chores.ts";
import type { ReconcileView } from "./chores-view.ts";
import { fleetRows, type TabletRow, truthOf } from "./fleet.ts";
import type { FormsDesk } from "./forms-desk.ts";
import { formsView } from "./forms-view.ts";
import { countRows, filterRows, type InboxRow, inboxRow, sortRows } from "./inbox.ts";
import type { Ledger } from "./ledger.ts";
import { presentSubmission } from "./present.ts";
import { reconcile } from "./reconcile.ts";
import type { Tablet } from "./records.ts";
import type { Route, Shown } from "./route.ts";
import { audiencesHeld } from "./sign-in.ts";
import { silentHours } from "./staff.ts";
import { newTablets } from "./tablets.ts";
import { plainText } from "./texts.ts";
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
  /** whose arrivals are shown, "" when nobody chose */
  site: string;
};

const HOUR_MS = 60 * 60 * 1000;

export function pictureOf(work: Work, chores: Chores, forms: FormsDesk | null, looking: Looking): DeskView {
  const { signedIn, reader } = work;
  const { directory } = signedIn;
  const { ledger } = reader;
  const person = directory.staff.get(signedIn.staff);
  const fleet = fleetRows(tabletsOf(work), ledger, {
    deviceOf: keyOf,
    currentEpoch: (audience) => directory.audiences.get(audience)?.at(-1)?.epoch ?? null,
    now: looking.now,
    silentMs: silentHours(directory) * HOUR_MS,
  });
  const rows = rowsOf(work, looking.language);
  return {
    ...looking,
    programme: directory.name ?? "",
    person: { name: signedIn.name, administrator: person?.administrator ?? false },
    held: audiencesHeld(signedIn),
    siteName: (site) => directory.sites.get(site)?.name ?? site,
    formName: (version) => {
      const form = work.forms.get(version);
      return form ? plainText(form.title, looking.language, form.default_language) : version.slice(0, 8);
    },
    truth: truthOf(fleet),
    reading: work.reading,
    away: work.away,
    alarms: [...reader.alarms.values()].map(failure),
    rows,
    counts: countRows(rows),
    opening: work.opener.progress(),
    submission: submissionOf(work, rows, looking),
    attached: (which) => work.attachments.state(which),
    fleet,
    keptApart: ledger.keptApart(),
    chores: chores.view(),
    forms: forms && looking.route.page === "forms" ? formsView(work, forms, fleet, looking.route.version) : null,
    reconcile: looking.route.page === "reconcile" ? reconcileOf(work, chores.cards, fleet, looking) : null,
  };
}

function reconcileOf(
  { signedIn: { directory }, reader: { ledger }, forms }: Work,
  cards: readonly string[],
  fleet: readonly TabletRow[],
  { site: wanted, now, language }: Looking,
): ReconcileView | null {
  const sites = sitesSeen(ledger);
  const site = sites.find((one) => one === wanted) ?? sites[0];
  if (site === undefined) return null;
  const names = new Map<string, string>();
  for (const form of forms.values()) {
    if (form.station) names.set(form.station, plainText(form.title, language, form.default_language));
  }
  return {
    site,
    sites,
    stationName: (station) => names.get(station) ?? station,
    result: reconcile(givenOf(ledger, directory, forms, fleet, site, cards, now)),
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

function tabletsOf({ signedIn: { directory }, reader: { ledger } }: Work): Tablet[] {
  const fresh = new Set(newTablets(directory).map((one) => one.key));
  const hands = lastHands(ledger);
  return directory.devices.entries().map(([id, device]) => {
    const key = b64(id);
    const revoked = directory.revoked.has(id);
    const confirmed = !fresh.has(key);
    return { key, name: device.name, site: device.site, revoked, confirmed, hands: hands.get(key) ?? null };
  });
}

/** Tablet → who sealed last on it, of what this reader may open. */
function lastHands(ledger: Ledger): Map<string, string> {
  const last = new Map<string, { at: number; name: string }>();
  for (const { writer, parts, time, failure } of ledger.submissions.values()) {
    if (failure || writer?.is !== "device" || (last.get(writer.key)?.at ?? 0) > time) continue;
    const open = parts.find((part) => part.state.is === "open")?.state;
    if (open?.is === "open") last.set(writer.key, { at: time, name: open.payload.staff.name });
  }
  return new Map([...last].map(([key, { name }]) => [key, name]));
}
