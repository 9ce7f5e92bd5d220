// The desk's words in one language: what all screens share, the problems, and its own.
import attached from "../../../messages/kk/attached.json";
import common from "../../../messages/kk/common.json";
import desk from "../../../messages/kk/desk.json";
import problem from "../../../messages/kk/problem.json";

export default { ...common, ...problem, ...desk, ...attached };
