// The words of the screens of later.ts in one language.
import day from "../../../messages/kk/day.json";

export default day;
