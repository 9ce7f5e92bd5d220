// The list of cards given out, as `esik cards --list` writes it or as somebody types it: codes among anything else.
import { readCard } from "../form/index.ts";

export type CardList = { cards: string[]; wrong: string[] };

const SHAPE = /^[0-9A-Za-z]{4}[-\u2010-\u2015 ]?[0-9A-Za-z]{4}[-\u2010-\u2015 ]?[0-9A-Za-z]{2}$/;

/** Each code once, in order; `wrong` are words of a code's shape whose check symbols do not fit. Lines may start with #. */
export function readCardList(text: string): CardList {
  const cards = new Set<string>();
  const wrong = new Set<string>();
  for (const line of text.split(/\r?\n/)) {
    if (line.trim().startsWith("#")) continue;
    for (const word of line.split(/[\s,;]+/)) {
      if (!SHAPE.test(word)) continue;
      const card = readCard(word);
      if (card) cards.add(card);
      else wrong.add(word);
    }
  }
  return { cards: [...cards], wrong: [...wrong] };
}
