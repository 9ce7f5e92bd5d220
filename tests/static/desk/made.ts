// Invented entries for the desk's tests. Hashes are short words: the modules under test only compare them.
import type { Decision, PartSeen, Stated, Submission } from "../../../static/src/desk/records.ts";
import type { CompiledForm, PartPayload } from "../../../static/src/form/index.ts";

export function submission(more: Partial<Submission> = {}): Submission {
  const seq = more.seq ?? 1;
  return {
    kind: "submission",
    hash: `entry-${seq}`,
    log: "device-1:a",
    seq,
    prev: "",
    time: 1000 * seq,
    received: 2000 * seq,
    remark: null,
    writer: { is: "device", key: "device-1", name: "T-01", site: "arrival" },
    failure: null,
    submission: `submission-${seq}`,
    form: "form",
    supersedes: [],
    continues: null,
    parts: [],
    ...more,
  };
}

export function decision(more: Partial<Decision> = {}): Decision {
  const seq = more.seq ?? 1;
  return {
    kind: "decision",
    hash: `decision-${seq}`,
    log: "staff-1:a",
    seq,
    prev: "",
    time: 5000 + seq,
    received: 6000 + seq,
    remark: null,
    writer: { is: "staff", key: "staff-1", staff: "saule", name: "Saule" },
    failure: null,
    of: "entry-1",
    state: "accepted",
    item: "item",
    question: null,
    pending: false,
    ...more,
  };
}

export function stated(more: Partial<Stated> = {}): Stated {
  return {
    log: "device-1:a",
    seq: 1,
    hash: "",
    time: 1,
    received: 1,
    release: "r1",
    epochs: [],
    ready: true,
    drafts: 0,
    waiting: [],
    ...more,
  };
}

export function part(audience: string, state: PartSeen["state"]): PartSeen {
  return { id: `part-${audience}`, audience, key: `key-${audience}`, size: 4096, state };
}

export function payload(more: Partial<PartPayload> = {}): PartPayload {
  return {
    v: 1,
    audience: "coordination",
    submission: "submission-1",
    form: { key: "registration", version: "form", number: 1 },
    subject: { household: null, cards: [] },
    card: null,
    staff: { id: "s", name: "Nurlan Test" },
    asked_at: 1,
    mode: "tablet",
    language: "kk",
    facts: {},
    answers: {},
    ways: {},
    handed: [],
    sitting: null,
    outcome: "done",
    again_on: null,
    continues: null,
    parked: [],
    stopped: null,
    typed_at: null,
    paper: null,
    flags: [],
    ...more,
  };
}

const text = (en: string, kk: string) => ({ en, kk });

/** Registration, cut to what the tests read. */
export const FORM: CompiledForm = {
  esik: 1,
  key: "registration",
  number: 1,
  title: text("Registration", "Тіркеу"),
  short_title: text("Registered", "Тіркелді"),
  subject: "household",
  station: "registration",
  languages: ["en", "kk"],
  default_language: "en",
  translation_status: {},
  audiences: ["people", "coordination", "family", "protection"].map((audience) => ({ audience, bucket: 4096 })),
  questions: [
    { ref: "members", kind: "repeat", audience: "coordination", label: text("Person", "Адам") },
    { ref: "members.name", kind: "text", audience: "coordination", role: "name", label: text("Name", "Аты") },
    {
      ref: "members.sex",
      kind: "select_one",
      audience: "coordination",
      role: "sex",
      list: "sex",
      label: text("Sex", "Жынысы"),
    },
    {
      ref: "members.born",
      kind: "date",
      audience: "coordination",
      role: "birth_date",
      label: text("Born", "Туған күні"),
    },
    { ref: "members.relation", kind: "text", audience: "protection", label: text("Relation", "Туыстығы") },
    { ref: "weight", kind: "decimal", audience: "family", label: text("Weight", "Салмағы"), unit: text("kg", "кг") },
    { ref: "first_need", kind: "text", audience: "family", label: text("First need", "Алғашқы қажеті") },
  ],
  lists: { sex: [{ name: "f", label: text("Female", "Әйел") }] },
  order: [],
  affects: {},
  xform: "",
};
