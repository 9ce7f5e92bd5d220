// The desk's words in one language: what all screens share, the problems, and its own.
import attached from "../../../messages/en/attached.json";
import common from "../../../messages/en/common.json";
import desk from "../../../messages/en/desk.json";
import problem from "../../../messages/en/problem.json";

export default { ...common, ...problem, ...desk, ...attached };
