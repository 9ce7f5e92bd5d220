// The tablet's words in one language: what all screens share, the problems, and its own.
import common from "../../../messages/kk/common.json";
import problem from "../../../messages/kk/problem.json";
import tablet from "../../../messages/kk/tablet.json";

export default { ...common, ...problem, ...tablet };
