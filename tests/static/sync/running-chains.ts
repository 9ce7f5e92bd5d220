/** The vectors that happen in the programme of sync/vectors/arrival.json: directories and openings. */
import type { Topic } from "./running.ts";

export const chainTopics: Record<string, Topic> = {};
