// The words of the screens of later.ts in one language.
import day from "../../../messages/en/day.json";

export default day;
