/**
 * The form engine's public face: everything else in this folder is its own business.
 *
 * `openForm` gives an engine, `split` one payload an audience (in the order of `form.audiences`, every one, always),
 * the card functions read and check printed card codes.
 */
export { cardValid, makeCard, readCard } from "./card.ts";
export { openForm } from "./engine.ts";
export { keyOf } from "./lists.ts";
export { split } from "./split.ts";
export { sections } from "./tree.ts";
export * from "./types.ts";
