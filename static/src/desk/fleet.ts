// Every tablet and what is not here yet, computed from entries and head statements only.
import type { Run } from "./gaps.ts";
import type { Ledger } from "./ledger.ts";
import type { Stated, Tablet } from "./records.ts";

/** One log of one tablet; a restored profile starts another. */
export type TabletLog = { log: string; held: number; highest: number; owed: number; missing: Run[]; forks: number[] };

export type TabletRow = {
  key: string;
  name: string;
  site: string;
  revoked: boolean;
  logs: TabletLog[];
  held: number;
  total: number;
  owed: number;
  /** the missing numbers of all its logs; most tablets have one log */
  missing: Run[];
  forks: number[];
  lastContact: number | null;
  stated: Stated | null;
  /** audiences that it still seals to under an older epoch */
  behind: { audience: string; epoch: number; current: number }[];
  verdict: "fork" | "owes" | "silent" | "complete";
};

export type Truth = { tablets: number; complete: number; troubled: TabletRow[] };

const ORDER: Record<TabletRow["verdict"], number> = { fork: 0, owes: 1, silent: 2, complete: 3 };

/** Rows of the fleet page: trouble first, then by name. `deviceOf` gives the signing key id of a log. */
export function fleetRows(
  tablets: readonly Tablet[],
  ledger: Ledger,
  deviceOf: (log: string) => string,
  currentEpoch: (audience: string) => number | null,
): TabletRow[] {
  const logs = ledger.logs();
  const rows = tablets.map((tablet) => {
    const mine = logs.filter((log) => deviceOf(log) === tablet.key);
    return rowOf(tablet, mine, ledger, currentEpoch);
  });
  return rows.sort(
    (a, b) => ORDER[a.verdict] - ORDER[b.verdict] || a.name.localeCompare(b.name, "en", { numeric: true }),
  );
}

function rowOf(
  tablet: Tablet,
  names: readonly string[],
  ledger: Ledger,
  currentEpoch: (audience: string) => number | null,
): TabletRow {
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
  return {
    ...tablet,
    logs,
    held: sum(logs.map((one) => one.held)),
    total: sum(logs.map((one) => one.highest)),
    owed,
    missing: logs.flatMap((one) => one.missing),
    forks,
    lastContact: heard ? Math.max(...contacts) : null,
    stated: stated ?? null,
    behind: (stated?.epochs ?? []).flatMap(({ audience, epoch }) => {
      const current = currentEpoch(audience);
      return current !== null && epoch < current ? [{ audience, epoch, current }] : [];
    }),
    verdict: forks.length > 0 ? "fork" : owed > 0 ? "owes" : heard ? "complete" : "silent",
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** The first line of every page. */
export function truthOf(rows: readonly TabletRow[]): Truth {
  const troubled = rows.filter((row) => row.verdict !== "complete");
  return { tablets: rows.length, complete: rows.length - troubled.length, troubled };
}
