-- What a store keeps. Bytes of people are ciphertext throughout; nothing here names a person.
-- Metadata apart from bodies, so that a page of the feed reads few pages of the disk.

CREATE TABLE facts (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) WITHOUT ROWID;

-- One row a stream. Its number is taken inside the commit that uses it: a sequence of the database's own may show
-- a reader number 8 before number 7 is there, and 7 is then never read.
CREATE TABLE streams (
  stream TEXT    NOT NULL PRIMARY KEY,
  last   INTEGER NOT NULL
) WITHOUT ROWID;

INSERT INTO streams (stream, last) VALUES ('directory', 0), ('work', 0), ('waiting', 0), ('entry', 0), ('object', 0);

-- stream: 'directory' (seq = the number in the log), 'work' (held; the feed), 'waiting' (objects missing, or chain broken).
-- linked: every entry of the chain down to number 1 is held.
CREATE TABLE entries (
  stream   TEXT    NOT NULL REFERENCES streams (stream),
  seq      INTEGER NOT NULL,
  entry    INTEGER NOT NULL,
  log      BLOB    NOT NULL,
  log_seq  INTEGER NOT NULL,
  hash     BLOB    NOT NULL,
  prev     BLOB    NOT NULL,
  kind     TEXT    NOT NULL,
  remark   TEXT,
  linked   INTEGER NOT NULL,
  received INTEGER NOT NULL,
  PRIMARY KEY (stream, seq)
) WITHOUT ROWID;

CREATE UNIQUE INDEX entries_by_hash ON entries (hash);
CREATE UNIQUE INDEX entries_by_entry ON entries (entry);
CREATE INDEX entries_by_log ON entries (log, log_seq);

CREATE TABLE entry_bodies (
  entry     INTEGER NOT NULL PRIMARY KEY,
  bytes     BLOB    NOT NULL,
  signature BLOB    NOT NULL
);

-- held = 0: named by a waiting entry and not here yet, or erased before it came; size is then only what was said first.
CREATE TABLE objects (
  object   INTEGER NOT NULL PRIMARY KEY,
  id       BLOB    NOT NULL UNIQUE,
  size     INTEGER NOT NULL,
  held     INTEGER NOT NULL,
  received INTEGER NOT NULL
);

CREATE TABLE object_bodies (
  object INTEGER NOT NULL PRIMARY KEY,
  bytes  BLOB    NOT NULL
);

-- size: as the entry says; audience: of a part; nil for a chunk, which is read by whoever may read a part of the same
-- entry, and for a grant, which is read by its reader.
CREATE TABLE names (
  entry    INTEGER NOT NULL,
  object   INTEGER NOT NULL,
  size     INTEGER NOT NULL,
  audience TEXT,
  PRIMARY KEY (entry, object)
) WITHOUT ROWID;

CREATE INDEX names_by_object ON names (object);

-- seq, hash: the highest number held; contiguous: the highest number whose whole chain is held; unlinked: held entries
-- above a gap; forked: two entries have one number.
CREATE TABLE logs (
  log        BLOB    NOT NULL PRIMARY KEY,
  seq        INTEGER NOT NULL,
  hash       BLOB    NOT NULL,
  contiguous INTEGER NOT NULL,
  unlinked   INTEGER NOT NULL,
  forked     INTEGER NOT NULL,
  seen       INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE receipts (
  log        BLOB    NOT NULL,
  log_seq    INTEGER NOT NULL,
  hash       BLOB    NOT NULL,
  contiguous INTEGER NOT NULL,
  bytes      BLOB    NOT NULL,
  signature  BLOB    NOT NULL,
  PRIMARY KEY (log, log_seq, hash)
) WITHOUT ROWID;

-- Heads of tablets and receipts of other stores; seq is a number of the 'work' stream.
CREATE TABLE statements (
  seq       INTEGER NOT NULL PRIMARY KEY,
  hash      BLOB    NOT NULL UNIQUE,
  kind      TEXT    NOT NULL,
  signer    BLOB    NOT NULL,
  log       BLOB    NOT NULL,
  log_seq   INTEGER NOT NULL,
  time      INTEGER NOT NULL,
  bytes     BLOB    NOT NULL,
  signature BLOB    NOT NULL,
  received  INTEGER NOT NULL
);

CREATE INDEX statements_by_log ON statements (log, kind, signer);

-- Remembered for ever; swept = 1: the bytes are gone too.
CREATE TABLE erased (
  id    BLOB    NOT NULL PRIMARY KEY,
  since INTEGER NOT NULL,
  swept INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX erased_to_sweep ON erased (since) WHERE swept = 0;

-- hour: hours since 1970, or -1 for all that came by a key after its revocation.
CREATE TABLE spent (
  key   BLOB    NOT NULL,
  hour  INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  PRIMARY KEY (key, hour)
) WITHOUT ROWID;

CREATE TABLE slots (
  staff BLOB NOT NULL,
  kind  TEXT NOT NULL,
  auth  BLOB NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (staff, kind)
) WITHOUT ROWID;

CREATE TABLE sessions (
  token BLOB    NOT NULL PRIMARY KEY,
  key   BLOB    NOT NULL,
  until INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX sessions_by_until ON sessions (until);

CREATE TABLE served (
  number INTEGER NOT NULL PRIMARY KEY,
  object BLOB    NOT NULL,
  key    BLOB    NOT NULL,
  time   INTEGER NOT NULL
);
