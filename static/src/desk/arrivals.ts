// From what the desk opened to what `reconcile` counts: the people parts of one site, the plan, and what its tablets owe.
import type { CompiledForm, PersonRow } from "../form/index.ts";
import type { Directory } from "../sync/directory.ts";
import { b64 } from "../sync/ids.ts";
import type { TabletRow } from "./fleet.ts";
import type { Ledger } from "./ledger.ts";
import type { Given, Owing, Reported, Seen, Station } from "./reconcile.ts";
import type { Submission } from "./records.ts";
import { siteOfPeople } from "./texts.ts";

type Forms = ReadonlyMap<string, CompiledForm>;

/** Versions of the newest number of each form. */
export function newestVersions(directory: Directory): string[] {
  const newest = new Map<string, { version: string; number: number }>();
  for (const [version, { form, number }] of directory.forms.entries()) {
    if ((newest.get(form)?.number ?? 0) < number) newest.set(form, { version: b64(version), number });
  }
  return [...newest.values()].map((one) => one.version);
}

/** The plan of the newest forms, what is due first at the top. A form without a plan is nobody's duty. */
export function planOf(directory: Directory, forms: Forms): Station[] {
  const stations = new Map<string, Station>();
  for (const version of newestVersions(directory)) {
    const form = forms.get(version);
    if (!form?.station || !form.plan) continue;
    const { due, ages } = form.plan;
    stations.set(form.station, { station: form.station, form: form.key, due, ages });
  }
  return [...stations.values()].sort((a, b) => a.due - b.due || (a.station < b.station ? -1 : 1));
}

/** Sites whose people list this reader opened something of. */
export function sitesSeen(ledger: Ledger): string[] {
  const sites = new Set<string>();
  for (const { parts } of ledger.submissions.values()) {
    for (const { audience, state } of parts) {
      const site = siteOfPeople(audience);
      if (site !== null && state.is === "open") sites.add(site);
    }
  }
  return [...sites].sort();
}

export function givenOf(
  ledger: Ledger,
  directory: Directory,
  forms: Forms,
  fleet: readonly TabletRow[],
  site: string,
  cards: readonly string[],
  now: number,
): Given {
  const stationOf = stationsOf(forms);
  const reported: Reported[] = [];
  const here = new Set<string>();
  for (const one of ledger.submissions.values()) {
    if (one.failure) continue;
    here.add(one.submission);
    const report = reportOf(one, site, stationOf);
    if (report) reported.push(report);
  }
  const owing = fleet.filter((row) => row.site === site).map((row) => owingOf(row, forms));
  const some = owing.filter((one) => one.missing.length > 0 || one.drafts.length > 0);
  return { plan: planOf(directory, forms), reported, owing: some, here, cards, now };
}

/** Form key → station. */
function stationsOf(forms: Forms): Map<string, string> {
  return new Map([...forms.values()].flatMap(({ key, station }) => (station ? [[key, station] as const] : [])));
}

function reportOf(one: Submission, site: string, stationOf: ReadonlyMap<string, string>): Reported | null {
  const part = one.parts.find(({ audience }) => siteOfPeople(audience) === site);
  if (part?.state.is !== "open") return null;
  const { payload } = part.state;
  return {
    submission: one.submission,
    continues: one.continues,
    tablet: one.writer?.name ?? "",
    at: payload.asked_at,
    station: stationOf.get(payload.form.key) ?? null,
    people: (payload.people ?? []).map((row) => seenOf(row, stationOf)),
  };
}

function seenOf(row: PersonRow, stationOf: ReadonlyMap<string, string>): Seen {
  const { part, not_wanted: notWanted } = row;
  return {
    card: row.card,
    name: row.name ?? "",
    birth: row.birth_date ?? "",
    closed: row.stations ?? [],
    part: part ? (stationOf.get(part.form) ?? null) : null,
    notWanted: notWanted ? { station: notWanted.station, again: notWanted.again_on ?? null } : null,
    replaces: row.replaces ?? null,
  };
}

function owingOf(row: TabletRow, forms: Forms): Owing {
  const drafts = (row.stated?.waiting ?? []).map(({ form, count }) => ({
    station: forms.get(form)?.station ?? null,
    n: count,
  }));
  return { tablet: row.name, missing: row.missing, drafts };
}
