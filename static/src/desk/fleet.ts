// Every tablet and what is not here yet, computed from entries and head statements only.
import type { Run } from "./gaps.ts";
import type { Ledger } from "./ledger.ts";
import type { Stated, Tablet, Word } from "./records.ts";

/** One log of one tablet; a restored profile starts another. */
export type TabletLog = { log: string; held: number; highest: number; owed: number; missing: Run[]; forks: number[] };

export type TabletRow = Tablet & {
  logs: TabletLog[];
  held: number;
  total: number;
  owed: number;
  /** the missing numbers of all its logs; most tablets have one log */
  missing: Run[];
  forks: number[];
  lastContact: number | null;
  stated: Stated | null;
  /** its end-of-shift code, when that named more than it said by itself */
  word: Word | null;
  /** was heard once and not for as long as the programme has set; not a revoked one */
  quiet: boolean;
  /** audiences that it still seals to under an older epoch */
  behind: { audience: string; epoch: number; current: number }[];
  verdict: "fork" | "owes" | "silent" | "complete";
};

export type Truth = { tablets: number; complete: number; troubled: TabletRow[] };

const ORDER: Record<TabletRow["verdict"], number> = { fork: 0, owes: 1, silent: 2, complete: 3 };

/** What the rows are measured with. */
export type Measure = {
  /** the signing key id of a log */
  deviceOf: (log: string) => string;
  currentEpoch: (audience: string) => number | null;
  now: number;
  silentMs: number;
};

/** Rows of the fleet page: trouble first, then the silent, then by name. */
export function fleetRows(tablets: readonly Tablet[], ledger: Ledger, measure: Measure): TabletRow[] {
  const byDevice = new Map<string, string[]>();
  for (const log of ledger.logs()) {
    const device = measure.deviceOf(log);
    byDevice.set(device, [...(byDevice.get(device) ?? []), log]);
  }
  const rows = tablets.map((tablet) => rowOf(tablet, byDevice.get(tablet.key) ?? [], ledger, measure));
  return rows.sort(
    (a, b) =>
      ORDER[a.verdict] - ORDER[b.verdict] ||
      Number(b.quiet) - Number(a.quiet) ||
      a.name.localeCompare(b.name, "en", { numeric: true }),
  );
}

function rowOf(tablet: Tablet, names: readonly string[], ledger: Ledger, measure: Measure): TabletRow {
  const logs = names.map((log): TabletLog => ({ log, ...ledger.gaps(log), forks: ledger.forks(log) }));
  const contacts = names.map((log) => ledger.lastContact(log)).filter((at): at is number => at !== null);
  const stated = names
    .map((log) => ledger.stated(log))
    .filter((one): one is Stated => one !== undefined)
    .sort((a, b) => b.received - a.received)
    .at(0);
  const owed = sum(logs.map((one) => one.owed));
  const forks = logs.flatMap((one) => one.forks);
  const heard = contacts.length > 0;
  const lastContact = heard ? Math.max(...contacts) : null;
  return {
    ...tablet,
    logs,
    held: sum(logs.map((one) => one.held)),
    total: sum(logs.map((one) => one.highest)),
    owed,
    missing: logs.flatMap((one) => one.missing),
    forks,
    lastContact,
    stated: stated ?? null,
    word: wordOf(names, ledger),
    quiet: lastContact !== null && !tablet.revoked && measure.now - lastContact > measure.silentMs,
    behind: (stated?.epochs ?? []).flatMap(({ audience, epoch }) => {
      const current = measure.currentEpoch(audience);
      return current !== null && epoch < current ? [{ audience, epoch, current }] : [];
    }),
    verdict: forks.length > 0 ? "fork" : owed > 0 ? "owes" : heard || tablet.revoked ? "complete" : "silent",
  };
}

/** The newest end-of-shift code that says more than the tablet's own word about the same log. */
function wordOf(names: readonly string[], ledger: Ledger): Word | null {
  const words = names.flatMap((log) => ledger.word(log) ?? []);
  const more = words.filter((one) => one.seq > (ledger.stated(one.log)?.seq ?? 0));
  return more.sort((a, b) => b.time - a.time).at(0) ?? null;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** The first line of every page. */
export function truthOf(rows: readonly TabletRow[]): Truth {
  const troubled = rows.filter((row) => row.verdict !== "complete");
  return { tablets: rows.length, complete: rows.length - troubled.length, troubled };
}
