/** What is not needed to unlock and show home: one chunk, loaded when it is first asked for. */
export { addColleague } from "./adding.ts";
export { attach, attachment, keepAttachments, sealAttachments } from "./attachments.ts";
export { sendChunks } from "./chunks.ts";
export { closeTablet, wipeNames } from "./closing.ts";
export { handOver } from "./handing.ts";
export { addMark, listMarks, removeMark } from "./marks.ts";
export { pullPeople } from "./pulling.ts";
export { shiftHead } from "./shift-head.ts";
