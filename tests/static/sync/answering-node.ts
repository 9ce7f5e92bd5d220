/** `answering.ts` on a pipe: one question a line in, one answer a line out. */
import { createInterface } from "node:readline";
import { answer } from "./answering.ts";

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await answer(JSON.parse(line)))}\n`);
}
