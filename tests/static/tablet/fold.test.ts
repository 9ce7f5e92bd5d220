import assert from "node:assert/strict";
import test from "node:test";
import { foldWords } from "../../../static/src/tablet/people/fold.ts";

const letters = (said: string): string =>
  foldWords(said)
    .map((one) => one.letters)
    .join(" ");
const bones = (said: string): readonly string[] => foldWords(said).flatMap((one) => one.bones);
const meet = (one: string, other: string): boolean => bones(one).some((way) => bones(other).includes(way));

test("a name in Cyrillic and its spellings in Latin are one", () => {
  for (const [cyrillic, ...spellings] of [
    ["Айгүл", "Aigul", "Aygul", "Aygül", "AIGÜL", "Aıgúl"],
    ["Жанар", "Zhanar", "Janar", "Dzhanar", "Žanar"],
    ["Қайрат", "Kairat", "Qairat", "Qayrat", "Kayrat"],
    ["Шолпан", "Sholpan", "Şolpan", "Šolpan"],
    ["Ержан", "Erzhan", "Yerzhan", "Erjan"],
    ["Ғани", "Gani", "Ghani", "Ğani"],
    ["Ботагөз", "Botagoz", "Botagöz"],
    ["Хадиша", "Khadisha", "Hadisha"],
    ["Сәуле", "Saule", "Säule"],
    ["Ыбырай", "Ybyrai", "Ybyray", "Ibirai"],
    ["Мұхаммед", "Mukhammed", "Muhammed", "Muhamed"],
    ["Юлия", "Yuliya", "Iulia"],
  ] as const) {
    for (const one of spellings) assert.equal(letters(one), letters(cyrillic), `${cyrillic} ${one}`);
  }
});

test("a name in Arabic without its vowels meets the one with them", () => {
  for (const [arabic, ...others] of [
    ["أيغول", "Айгүл", "Aigul", "Aygul"],
    ["محمد", "Мұхаммед", "Muhammad", "Mohamed"],
    ["مُحَمَّد", "Muhammad"],
    ["فاطمة", "Фатима", "Fatima", "Fatimah"],
    ["فاطمه", "Fatima"],
    ["عائشة", "Айша", "Aisha", "Aishah"],
    ["يوسف", "Юсуф", "Yusuf", "Yousef"],
    ["خديجة", "Хадиша", "Khadija"],
    ["رمضان", "Рамазан", "Ramadan", "Ramazan"],
    ["إبراهيم", "Ибраһим", "Ibrahim"],
    ["تيمور", "Тимур", "Timur"],
    ["گلنار", "Гүлнар", "Gulnar"],
    ["غولنار", "Гүлнар", "Gulnar"],
    ["زارينا", "Зарина", "Zarina"],
    ["وليد", "Валид", "Walid"],
    ["نورلان", "Нұрлан", "Nurlan"],
    ["تشينغيز", "Шыңғыз", "Chingiz"],
  ] as const) {
    for (const one of others) assert.ok(meet(arabic, one), `${arabic} ${one}: ${bones(arabic)} | ${bones(one)}`);
  }
});

test("letters that are written for each other in Arabic are one", () => {
  assert.equal(letters("أحمد"), letters("احمد"));
  assert.equal(letters("فاطمة"), letters("فاطمه"));
  assert.equal(letters("كريم"), letters("کریم"));
  assert.equal(letters("موسى"), letters("موسي"));
  assert.equal(letters("مـحـمـد"), letters("محمد"));
  assert.equal(letters("الكريم"), letters("كريم"));
});

test("names that are heard apart stay apart by their letters", () => {
  const names = ["Дана", "Диана", "Айгүл", "Айнұр", "Гүлнар", "Тимур", "Темір", "Санжар", "Самат", "Зарина", "Сабина"];
  assert.equal(new Set(names.map(letters)).size, names.length);
  assert.ok(!meet("Айгүл", "Гүлнар"));
  assert.ok(!meet("Самат", "Зарина"));
});

test("words are told apart by space and hyphen; an apostrophe joins", () => {
  assert.equal(letters("Abd-al-Rahman Ali"), "abd rahman ali");
  assert.equal(letters("Аль-Хасан"), letters("Hasan"));
  assert.equal(letters("Mu'min"), letters("Мумин"));
  assert.equal(letters("Test-Sample"), "test sample");
});

test("nothing typed folds to nothing, and no sign breaks it", () => {
  assert.deepEqual(foldWords(""), []);
  assert.deepEqual(foldWords("  - . ’ 😀 "), []);
  assert.equal(letters("王 Aigul"), "aigul");
});
