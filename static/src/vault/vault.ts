/** Wires the vault once, visibly. */
import type { OpenOptions, Vault } from "./types.ts";

export declare function openVault(options?: OpenOptions): Promise<Vault>;
