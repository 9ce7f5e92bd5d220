// What the Forms page is given, and what a person can do there.
import type { Bytes } from "../sync/bytes.ts";
import type { Failure as ShownProblem } from "../ui/index.ts";
import type { TabletRow } from "./fleet.ts";
import type { LibraryForm, Told } from "./forms-centre.ts";
import type { Brought, FormsDesk, FormsDoing } from "./forms-desk.ts";
import { type FormRow, type FormVersionView, formRows, versionsOf, type Waiting, waitingForms } from "./forms-table.ts";
import type { Work } from "./work.ts";

export type FormsView = {
  rows: FormRow[];
  /** the form that was opened, with all its versions */
  chosen: { row: FormRow; versions: FormVersionView[] } | null;
  waiting: Waiting[];
  maySign: boolean;
  doing: FormsDoing | null;
  failed: ShownProblem | null;
  brought: Brought | null;
  /** the reason of another administrator for what was brought */
  given: { reason: string; by: string } | null;
  library: LibraryForm[] | null;
  done: FormsDesk["done"];
};

export type FormsDialog = { is: "reason"; missing: boolean };

export type FormsActions = {
  bring(files: FileList): void;
  openLibrary(): void;
  bringLibrary(name: string): void;
  repair(code: string): void;
  tell(told: Partial<Told>): void;
  preview(language: string): void;
  nextLanguage(): void;
  putAway(): void;
  publish(): void;
  giveReason(reason: string): void;
};

/** Everything of the page; `version` is the newest of the form that was opened, or "". */
export function formsView(work: Work, desk: FormsDesk, fleet: readonly TabletRow[], version: string): FormsView {
  const { signedIn, reader, forms } = work;
  const rows = formRows(signedIn.directory, reader.ledger, fleet, forms);
  const row = rows.find((one) => one.version === version);
  return {
    rows,
    chosen: row ? { row, versions: versionsOf(signedIn.directory, row.key) } : null,
    waiting: waitingForms(signedIn),
    maySign: desk.maySign,
    doing: desk.doing,
    failed: desk.failed,
    brought: desk.brought,
    given: desk.given,
    library: desk.library,
    done: desk.done,
  };
}

/** The bytes of chosen files, by name. */
export async function bytesOf(files: FileList): Promise<Map<string, Bytes>> {
  const read = [...files].map(
    async (file): Promise<[string, Bytes]> => [file.name, new Uint8Array(await file.arrayBuffer())],
  );
  return new Map(await Promise.all(read));
}
