// Days and ages as the arrival plan counts them: calendar days of this machine's zone, whole years.
import { ageBetween, daysBetween } from "../ui/times.ts";

export { daysBetween };

/** Whole years on the day of `now`; null when the birth date makes no sense or is not known. */
export function yearsOld(birth: string, now: number): number | null {
  return ageBetween(birth, now)?.years ?? null;
}
