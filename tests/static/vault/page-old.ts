/** Makes a database of version 1 out of today's, as release 1 would have left it. */
import type { Database, DraftRecord } from "../../../static/src/vault/database.ts";
import type { Group } from "../../../static/src/vault/people.ts";
import { openRecord, sealRecord } from "../../../static/src/vault/records.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Row = [IDBValidKey, unknown];

const PLAIN = ["device", "slots", "vaultKeys", "parts", "receipts", "heads", "people", "facts", "directory", "logs"];
const INDEXED: Record<string, [string, string]> = { entries: ["place", "state"], drafts: ["id", "author"] };

export async function downgrade(db: Database, programme: Bytes, vault: CryptoKey): Promise<void> {
  const kept = new Map<string, Row[]>();
  for (const name of [...PLAIN, ...Object.keys(INDEXED)] as "facts"[]) {
    const [keys, values] = await Promise.all([db.getAllKeys(name), db.getAll(name)]);
    kept.set(
      name,
      keys.map((key, at) => [key, values[at]]),
    );
  }
  kept.set("people", await singleRows(kept.get("people") ?? [], programme, vault));
  kept.set(
    "facts",
    (kept.get("facts") ?? []).filter(([key]) => !["cursor", "era", "skipped"].includes(String(key))),
  );
  for (const [, row] of kept.get("drafts") ?? []) delete (row as DraftRecord).hands;
  db.close();
  await done(indexedDB.deleteDatabase("esik"));
  const open = indexedDB.open("esik", 1);
  open.onupgradeneeded = () => fill(open.result, kept);
  (await done(open)).close();
}

function fill(db: IDBDatabase, kept: ReadonlyMap<string, Row[]>): void {
  for (const name of PLAIN) {
    const store = db.createObjectStore(name);
    for (const [key, value] of kept.get(name) ?? []) store.put(value, key);
  }
  for (const [name, [path, index]] of Object.entries(INDEXED)) {
    const store = db.createObjectStore(name, { keyPath: path });
    store.createIndex(index, index);
    for (const [, value] of kept.get(name) ?? []) store.put(value);
  }
}

/** Release 1 kept each person of a submission under `<submission>/<place>`. */
async function singleRows(pages: readonly Row[], programme: Bytes, vault: CryptoKey): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [key, record] of pages) {
    const groups = await openRecord<Group[]>(programme, vault, "people", String(key), record as Bytes);
    for (const { submission, time, rows: people } of groups) {
      for (const [at, person] of people.entries()) {
        const name = `${submission}/${at}`;
        const row = { ...person, at: time, submission };
        rows.push([name, await sealRecord(programme, vault, "people", name, row)]);
      }
    }
  }
  return rows;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
