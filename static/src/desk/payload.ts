// What came out of an opened part, checked once before any screen reads it. An enrolled tablet may be faulty or stolen:
// a payload of another shape, or one that claims another submission, is a failure of step 8, never half an answer.
import type { PartPayload } from "../form/index.ts";
import { readAttachments } from "../sync/attachments.ts";
import { Problem } from "../sync/problems.ts";
import type { Failure } from "./records.ts";
import { isTold } from "./told.ts";

const MALFORMED: Failure = { step: 8, code: "malformed" };
type Json = Record<string, unknown>;

/** The payload of a submission's part, or the failure. Ids are base64url. */
export function readPayload(json: unknown, submission: string, version: string): PartPayload | Failure {
  if (!isMap(json) || json["v"] !== 1) return MALFORMED;
  const { form, subject, staff, answers, ways, card, people } = json;
  const whole =
    isTold(json) &&
    isMap(form) &&
    isMap(subject) &&
    isMap(staff) &&
    isMap(answers) &&
    isMap(ways) &&
    typeof form["number"] === "number" &&
    typeof staff["name"] === "string" &&
    Number.isFinite(json["asked_at"]) &&
    typeof json["language"] === "string" &&
    typeof json["audience"] === "string" &&
    (card === null || typeof card === "string") &&
    isTexts(subject["cards"]) &&
    isAttached(json) &&
    (people === undefined || (Array.isArray(people) && people.every(isPerson))) &&
    Object.values(ways).every((way) => way === "unknown" || way === "declined");
  if (!whole) return MALFORMED;
  const claims = json["submission"] === submission && form["version"] === version;
  return claims ? (json as unknown as PartPayload) : MALFORMED;
}

/** The words of a returned submission's question, or the failure. */
export function readQuestion(json: unknown, of: string): string | Failure {
  if (!isMap(json) || json["v"] !== 1 || json["of"] !== of || typeof json["question"] !== "string") return MALFORMED;
  return json["question"];
}

/** A row of the people list: what identifies and what is done; nothing else of it is read. */
function isPerson(row: unknown): boolean {
  if (!isMap(row) || typeof row["card"] !== "string") return false;
  const texts = ["name", "birth_date", "birth_date_precision", "replaces", "twin_of", "family_card"];
  const { part, not_wanted: notWanted, stations } = row;
  return (
    texts.every((name) => row[name] === undefined || typeof row[name] === "string") &&
    (stations === undefined || isTexts(stations)) &&
    (part === undefined || (isMap(part) && typeof part["form"] === "string")) &&
    (notWanted === undefined || (isMap(notWanted) && typeof notWanted["station"] === "string"))
  );
}

/** A list of attachments that could not be opened whole is no list. */
function isAttached(json: Json): boolean {
  try {
    readAttachments(json);
    return true;
  } catch (problem) {
    if (Problem.is(problem)) return false;
    throw problem;
  }
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
