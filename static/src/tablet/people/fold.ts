/**
 * Names across scripts: what two people who heard the same name would both type. Pure.
 *
 * `letters` is the name in plain Latin (Cyrillic and Latin) or in plain Arabic; `bones` are its consonants in classes, so
 * that a name without its vowels still finds the one with them. Both are keys to find by, never shown, never kept.
 *
 * Rules:
 * - Айгүл, Aigul, Aygül and أيغول meet; ranking is the caller's: letters say more than bones.
 * - A sign that may be read in two ways gives two sets of bones, at most `MOST`; what is in no table is dropped.
 */

export interface Folded {
  letters: string;
  bones: readonly string[];
}

/** Ways to read one word that are kept. */
const MOST = 8;

const CYRILLIC: Readonly<Record<string, string>> = {
  а: "a", ә: "a", б: "b", в: "v", г: "g", ғ: "g", д: "d", е: "e", ё: "e", ж: "j", з: "z", и: "i", й: "i", к: "k", қ: "k",
  л: "l", м: "m", н: "n", ң: "n", о: "o", ө: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ұ: "u", ү: "u", ф: "f", х: "h",
  һ: "h", ц: "ts", ч: "ch", ш: "sh", щ: "sh", ъ: "", ы: "i", і: "i", ї: "i", ь: "", э: "e", є: "e", ю: "iu", я: "ia",
  ґ: "g", ҷ: "j", ӣ: "i", ӯ: "u", ў: "u", ҳ: "h", ҙ: "z", ҫ: "s", ҡ: "k",
}; // biome-ignore format: a table is read in rows

/** Latin letters that decomposition leaves as they are, or that stand for two. */
const LATIN: Readonly<Record<string, string>> = {
  ı: "i", ø: "o", æ: "a", œ: "o", ß: "ss", ŋ: "n", đ: "d", ł: "l", ð: "d", þ: "t", ə: "a", ɣ: "g", ş: "sh", ç: "ch", ș: "sh",
  š: "sh", č: "ch", ž: "j", ţ: "t", ñ: "n", ğ: "g",
}; // biome-ignore format: a table is read in rows

/** Ways in which the same sound is spelled in Latin, longest first. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/dzh|zh/g, "j"],
  [/tsch|tch/g, "ch"],
  [/sch/g, "sh"],
  [/kh/g, "h"],
  [/gh/g, "g"],
  [/ph/g, "f"],
  [/dh/g, "d"],
  [/th/g, "t"],
  [/ck|q/g, "k"],
  [/x/g, "ks"],
  [/oo|ou/g, "u"],
  [/ee/g, "i"],
  [/y/g, "i"],
  [/w/g, "u"],
  [/^ie(?=.)/, "e"],
  [/(.)\1+/g, "$1"],
];

/** Arabic signs (Persian, Urdu and Kazakh ones too) with the consonant classes that they may stand for; "" = a vowel. */
const ARABIC: Readonly<Record<string, readonly string[]>> = {
  ب: ["b"], پ: ["b"], ت: ["t"], ط: ["t"], ث: ["s", "t"], ج: ["j", "g"], چ: ["j"], ح: ["h"], خ: ["h"], ه: ["h"], ھ: ["h"],
  د: ["d"], ذ: ["z", "d"], ر: ["r"], ز: ["z"], ژ: ["j"], س: ["s"], ش: ["j"], ص: ["s"], ض: ["d", "z"], ظ: ["z", "d"],
  غ: ["g"], ف: ["v", "b"], ڤ: ["v"], ق: ["g"], ك: ["g"], گ: ["g"], ڭ: ["n"], ل: ["l"], م: ["m"], ن: ["n"], ۋ: ["v", ""],
  و: [""], ي: [""], ا: [""], ع: [""], ء: [""], ە: [""], ې: [""], ۆ: [""], ۇ: [""], ۈ: [""],
}; // biome-ignore format: a table is read in rows

/** One Arabic sign for those that are written for each other. */
const SAME: Readonly<Record<string, string>> = {
  أ: "ا", إ: "ا", آ: "ا", ٱ: "ا", ى: "ي", ی: "ي", ئ: "ي", ة: "ه", ؤ: "و", ک: "ك", ہ: "ه",
}; // biome-ignore format: a table is read in rows

/** Plain Latin to consonant classes: k, g and q are one, so are j, zh, sh and ch; vowels are left out. */
const BONES: readonly (readonly [RegExp, string])[] = [
  [/sh|ch|c/g, "j"],
  [/ts/g, "s"],
  [/k/g, "g"],
  [/p/g, "b"],
  [/f/g, "v"],
];

const VOWEL = /[aeiou]/g;
const DIACRITICS = /[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]/g;
const ARABIC_SIGN = /[\u0600-\u06ff\ufb50-\ufdff\ufe70-\ufeff]/;
/** Between words; an apostrophe or a hyphen joins none: Abd-al-Rahman is three. */
const GAP = /[\s\-‐‑–—_.,;:/|()«»"]+/;

/** The words of a name or of what was typed, folded; empty ones are left out. */
export function foldWords(said: string): Folded[] {
  const words = said.normalize("NFKC").toLowerCase().split(GAP);
  const folded = words.map(foldWord).filter((one) => one.letters !== "");
  // The article is written apart, together, or not at all.
  const bare = folded.filter((one) => one.letters !== "al" && one.letters !== "el");
  return bare.length > 0 ? bare : folded;
}

function foldWord(word: string): Folded {
  return ARABIC_SIGN.test(word) ? foldArabic(word) : foldLatin(word);
}

function foldLatin(word: string): Folded {
  let plain = "";
  for (const sign of word) plain += CYRILLIC[sign] ?? LATIN[sign] ?? sign;
  plain = plain
    .normalize("NFKD")
    .replace(DIACRITICS, "")
    .replace(/[^a-z0-9]/g, "");
  const first = plain.startsWith("w") ? `v${plain.slice(1)}` : plain;
  const letters = SPELLINGS.reduce((text, [from, to]) => text.replace(from, to), first);
  return { letters, bones: [bonesOf(letters)] };
}

function bonesOf(letters: string): string {
  let bones = BONES.reduce((text, [from, to]) => text.replace(from, to), letters);
  const begins = /^[aeiou]/.test(bones) ? "a" : "";
  // Ends that one script writes and another does not: Sarah, Айша and عائشة.
  bones = bones.length > 2 ? bones.replace(/h$/, "") : bones;
  return begins + once(bones.replace(VOWEL, ""));
}

function foldArabic(word: string): Folded {
  const plain = [...word.replace(DIACRITICS, "")].map((sign) => SAME[sign] ?? sign).filter((sign) => sign in ARABIC);
  const letters = plain.join("").replace(/^ال(?=...)/, "");
  const signs = [...letters];
  let ways = [""];
  signs.forEach((sign, place) => {
    const readings = reading(sign, place, signs);
    ways = ways.flatMap((way) => readings.map((one) => way + one)).slice(0, MOST);
  });
  return { letters, bones: [...new Set(ways.map(once))] };
}

function reading(sign: string, place: number, signs: readonly string[]): readonly string[] {
  if (place === 0 && sign === "و") return ["v", "a"];
  if (place === 0 && ARABIC[sign]?.[0] === "") return ["a"];
  if (sign === "ه" && place === signs.length - 1 && place > 1) return [""];
  // تش is one sound: Шыңғыс, چنگیز, تشينغيز.
  if (sign === "ت" && signs[place + 1] === "ش") return ["", "t"];
  return ARABIC[sign] ?? [""];
}

function once(bones: string): string {
  return bones.replace(/(.)\1+/g, "$1");
}
