/** What directory entries say (PROTOCOL 6.1): a shape a kind, field for field as the table there. */
import { audience } from "./entry.ts";
import { READING_PUBLIC, SIGNING_PUBLIC } from "./keys.ts";
import { Problem } from "./problems.ts";
import {
  bytes,
  integer,
  list,
  map,
  nullable,
  type Of,
  oneOf,
  optional,
  positive,
  type Shape,
  textOf,
} from "./shape.ts";

const slug = textOf(40, /^[a-z0-9]+(-[a-z0-9]+)*$/);
/** As forms name them: `first_look`. */
const station = textOf(40, /^[a-z0-9]+([-_][a-z0-9]+)*$/);
const name = textOf(200, /./s);
const words = textOf(2_000);
const someWords = textOf(2_000, /./s);
const formKey = textOf(64, /^[a-z][a-z0-9_-]*$/);
const signing = bytes(SIGNING_PUBLIC);
const reading = bytes(READING_PUBLIC);

function filled<T>(shape: Shape<T[]>): Shape<T[]> {
  return (value, where) => {
    const items = shape(value, where);
    if (items.length === 0) throw new Problem("malformed", { reason: "empty", where });
    return items;
  };
}

const upTo =
  (limit: number): Shape<number> =>
  (value, where) => {
    const count = positive(value, where);
    if (count > limit) throw new Problem("malformed", { reason: "too many", where });
    return count;
  };

const settingValue: Shape<string | number | boolean | null> = (value, where) => {
  if (value === undefined || (typeof value === "object" && value !== null)) {
    throw new Problem("malformed", { reason: "shape", where });
  }
  return value;
};

const person = { staff: bytes(16), name, site: slug, stations: list(station) };

export const BODIES = {
  programme: map({ name, root: signing, recovery: reading }),
  administrator: map({ ...person, signing, reading, work: nullable(reading) }),
  staff: map({ ...person, signing: nullable(signing), reading: nullable(reading), work: nullable(reading) }),
  store: map({ key: signing, role: oneOf("centre", "relay"), name }),
  site: map({ site: slug, name, role: oneOf("arrival", "centre") }),
  service: map({ site: slug, name, contact: words, what: words }),
  audience: map({ audience, epoch: positive, key: reading, steward: bytes(16) }),
  grant: map({ audience, epoch: positive, reader: bytes(32), object: bytes(32), size: positive }),
  invitation: map({ key: signing, site: slug, end: integer, count: upTo(100), name }),
  device: map({ name, site: slug, signing, reading, invitation: bytes(32), proof: bytes(64) }),
  form: map({
    form: formKey,
    number: positive,
    version: bytes(32),
    audiences: filled(list(map({ audience, bucket: positive }))),
    files: list(map({ name, hash: bytes(32), size: positive })),
    /** Why it may ask what forms may not ask, as another administrator signed it before (`reason`). */
    reason: optional(someWords),
  }),
  reason: map({ form: formKey, number: positive, version: bytes(32), reason: someWords }),
  setting: map({ name: textOf(64, /^[a-z][a-z0-9_]*$/), value: settingValue }),
  erase: map({
    objects: filled(list(bytes(32))),
    ground: oneOf("withdrawal", "retention", "error"),
    asked_by: bytes(16),
  }),
  confirm: map({}),
  follow: map({ seq: positive, hash: bytes(32) }),
  release: map({ release: name }),
} as const;

/** The two forms of `revoke`. `key` is any listed key id of its holder: all their keys fall with it. */
export const revokeKey = map({
  key: bytes(32),
  reason: words,
  cut: list(map({ log: bytes(40), seq: positive, hash: bytes(32) })),
});
export const revokeGrant = map({ grant: bytes(32), reason: words });

export type Bodies = { [K in keyof typeof BODIES]: Of<(typeof BODIES)[K]> };
export type Programme = Bodies["programme"];
export type Administrator = Bodies["administrator"];
export type Staff = Bodies["staff"];
export type Store = Bodies["store"];
export type Site = Bodies["site"];
export type Service = Bodies["service"];
export type AudienceEpoch = Bodies["audience"];
export type Grant = Bodies["grant"];
export type Invitation = Bodies["invitation"];
export type Device = Bodies["device"];
export type Form = Bodies["form"];
export type Reason = Bodies["reason"];
export type Cut = Of<typeof revokeKey>["cut"][number];
