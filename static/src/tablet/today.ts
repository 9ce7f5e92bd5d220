/**
 * The people list as families: who was here today, what is done, what waits. Pure.
 *
 * Rules: given name and age only; the order is newest family first, in a family the order in which they were entered.
 */
import { daysBetween } from "../ui/times.ts";
import type { PersonHere } from "../vault/index.ts";

export interface Family {
  /** Card of the family, else of its first member. */
  card: string;
  since: number;
  today: boolean;
  people: PersonHere[];
}

export function families(people: readonly PersonHere[], now: number): Family[] {
  const byCard = new Map<string, PersonHere[]>();
  for (const person of people) {
    const key = person.family_card ?? person.card;
    byCard.set(key, [...(byCard.get(key) ?? []), person]);
  }
  const made = [...byCard].map(([card, members]): Family => {
    const since = Math.min(...members.map((one) => one.at));
    return { card, since, today: daysBetween(Math.max(...members.map((one) => one.at)), now) <= 0, people: members };
  });
  return made.sort((one, other) => other.since - one.since);
}

/** The four symbols by which people call a family. */
export function shortCard(card: string): string {
  return card.split("-")[0] ?? card;
}
