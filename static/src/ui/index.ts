/**
 * The kit that tablet and desk share: words, times, icons, problems, delivery marks, the language switch.
 * Imports only lit's `html` and `render`; knows neither vault nor sync nor any screen.
 */
export { type Delivery, deliveryChip, deliveryMark } from "./delivery.ts";
export { announce, declareDocument, focusHeading } from "./dom.ts";
export { type IconName, icon } from "./icons.ts";
export { languageSwitch } from "./language-switch.ts";
export { isLanguage, LANGUAGES, type Language, type LanguageName, languageName, pickLanguage } from "./languages.ts";
export {
  direction,
  has,
  language,
  number,
  type Places,
  speak,
  t,
  useMessages,
  type WordSource,
  type Words,
} from "./messages.ts";
export { type Failure, failure, type ProblemWords, problemView, problemWords } from "./problem.ts";
export { ageBetween, ageWords, clockTime, dateWords, dayName, daysBetween, when } from "./times.ts";
