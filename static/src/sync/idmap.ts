/** Maps and sets by bytes: JavaScript compares byte arrays by identity, which is never what an id means. */
import type { Bytes } from "./bytes.ts";
import { hex } from "./ids.ts";

/** Values by id, in the order first set. */
export class IdMap<T> {
  readonly #entries = new Map<string, [Bytes, T]>();

  get(id: Uint8Array): T | undefined {
    return this.#entries.get(hex(id))?.[1];
  }

  has(id: Uint8Array): boolean {
    return this.#entries.has(hex(id));
  }

  set(id: Uint8Array, value: T): void {
    this.#entries.set(hex(id), [id as Bytes, value]);
  }

  delete(id: Uint8Array): boolean {
    return this.#entries.delete(hex(id));
  }

  get size(): number {
    return this.#entries.size;
  }

  keys(): Bytes[] {
    return [...this.#entries.values()].map(([id]) => id);
  }

  values(): T[] {
    return [...this.#entries.values()].map(([, value]) => value);
  }

  entries(): [Bytes, T][] {
    return [...this.#entries.values()];
  }
}

/** Ids, each once. */
export class IdSet {
  readonly #map = new IdMap<true>();

  constructor(ids: Iterable<Uint8Array> = []) {
    for (const id of ids) this.add(id);
  }

  has(id: Uint8Array): boolean {
    return this.#map.has(id);
  }

  add(id: Uint8Array): void {
    this.#map.set(id, true);
  }

  get size(): number {
    return this.#map.size;
  }

  values(): Bytes[] {
    return this.#map.keys();
  }
}
