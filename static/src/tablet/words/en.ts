// The tablet's words in one language: what all screens share, the problems, and its own.
import common from "../../../messages/en/common.json";
import problem from "../../../messages/en/problem.json";
import tablet from "../../../messages/en/tablet.json";

export default { ...common, ...problem, ...tablet };
