/**
 * The form engine's public face: everything else in this folder is its own business.
 *
 * `openForm` gives an engine, `split` one payload an audience (in the order of `form.audiences`, every one, always),
 * the card functions read and check printed card codes.
 */
import type { CompiledForm, Engine, OpenOptions, PartPayload, SplitContext } from "./types.ts";

export * from "./types.ts";

export declare function openForm(form: CompiledForm, options: OpenOptions): Engine;
export declare function split(engine: Engine, context: SplitContext): PartPayload[];
/** Canonical `7KQ4-M2XD-9P` of anything typed or scanned, or null when the check symbols do not agree. */
export declare function readCard(typed: string): string | null;
export declare function cardValid(typed: string): boolean;
/** A card code from 40 random bits (five bytes, given by the caller). */
export declare function makeCard(bits: Uint8Array): string;
