/** What a list shows of a draft. */
import type { DraftRow, DraftState, Hand } from "./types.ts";

/** A draft whose answers can be read, or that has none yet (null). */
export function draftRow(
  { id, form, version, begun, savedAt }: Pick<DraftRow, "id" | "form" | "version" | "begun" | "savedAt">,
  state: DraftState | null,
  hands: readonly Hand[],
): DraftRow {
  return {
    id,
    form,
    version,
    begun,
    savedAt,
    language: state?.language ?? null,
    section: state?.section ?? 0,
    card: state?.card ?? null,
    name: state?.name ?? null,
    stopped: state?.stopped ?? null,
    station: state?.station ?? null,
    due: state?.due ?? null,
    hands: hands.map((one) => ({ ...one })),
    problem: null,
  };
}
