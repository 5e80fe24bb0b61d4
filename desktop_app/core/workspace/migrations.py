"""The schema of the workspace database, one step a version, kept for ever and never edited.

Version n of the schema is what the first n steps make; `PRAGMA user_version` says where a file stands.
"""

from __future__ import annotations

_V1 = """
CREATE TABLE setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    created TEXT NOT NULL,
    changed TEXT NOT NULL,
    source_path TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    source_size INTEGER NOT NULL,
    contract_id TEXT NOT NULL,
    contract_version TEXT NOT NULL,
    recipe TEXT NOT NULL,
    options TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;

CREATE TABLE recipe (
    shape TEXT PRIMARY KEY,
    saved TEXT NOT NULL,
    recipe TEXT NOT NULL
) STRICT;

CREATE TABLE outbox (
    batch_id TEXT PRIMARY KEY,
    path TEXT NOT NULL,
    manifest_sha256 TEXT NOT NULL,
    size INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    upload_url TEXT,
    offset INTEGER NOT NULL,
    last_error TEXT,
    next_try TEXT,
    receipt_jws TEXT,
    queued TEXT NOT NULL
) STRICT;

-- Frames are Arrow IPC files: a batch of a million records is one write.
CREATE TABLE reverse (
    batch_id TEXT PRIMARY KEY,
    frame BLOB NOT NULL
) STRICT;

CREATE TABLE record_state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    batch_id TEXT NOT NULL,
    frame BLOB NOT NULL
) STRICT;

CREATE TABLE record_state_sealed (
    batch_id TEXT PRIMARY KEY,
    frame BLOB NOT NULL
) STRICT;

CREATE TABLE receipt (
    batch_id TEXT PRIMARY KEY,
    jws TEXT NOT NULL,
    stored TEXT NOT NULL
) STRICT;

CREATE TABLE feedback (
    batch_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    document TEXT NOT NULL,
    stored TEXT NOT NULL,
    PRIMARY KEY (batch_id, number)
) STRICT;

CREATE TABLE chain (
    position INTEGER PRIMARY KEY,
    batch_id TEXT NOT NULL UNIQUE,
    manifest_sha256 TEXT NOT NULL,
    advanced TEXT NOT NULL
) STRICT;

CREATE TABLE correction (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    target INTEGER,
    os_user TEXT NOT NULL,
    display_name TEXT NOT NULL,
    at TEXT NOT NULL,
    why TEXT NOT NULL,
    note TEXT NOT NULL,
    size INTEGER NOT NULL,
    payload BLOB,
    UNIQUE (batch_id, seq)
) STRICT;

CREATE INDEX correction_kind ON correction (kind, batch_id);

CREATE TRIGGER correction_is_append_only_1 BEFORE UPDATE ON correction
BEGIN SELECT RAISE(ABORT, 'the correction log is append-only'); END;

CREATE TRIGGER correction_is_append_only_2 BEFORE DELETE ON correction
BEGIN SELECT RAISE(ABORT, 'the correction log is append-only'); END;
"""

# Every recipe that was ever in force: what was saved before is the first version, by nobody known.
_V2 = """
CREATE TABLE recipe_version (
    shape TEXT NOT NULL,
    number INTEGER NOT NULL,
    saved TEXT NOT NULL,
    os_user TEXT NOT NULL,
    restored INTEGER,
    followed TEXT,
    recipe TEXT NOT NULL,
    PRIMARY KEY (shape, number)
) STRICT;

INSERT INTO recipe_version SELECT shape, 1, saved, '', NULL, NULL, recipe FROM recipe;
"""

# The first days' files lack `record_state_sealed`: version 1 was still being written then.
# What was purged stays purged, and is the only thing of the log that may be blanked.
_V3 = """
CREATE TABLE IF NOT EXISTS record_state_sealed (
    batch_id TEXT PRIMARY KEY,
    frame BLOB NOT NULL
) STRICT;

CREATE TABLE purge (
    batch_id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    os_user TEXT NOT NULL,
    display_name TEXT NOT NULL
) STRICT;

DROP TRIGGER correction_is_append_only_1;

CREATE TRIGGER correction_is_append_only_1 BEFORE UPDATE ON correction
WHEN OLD.batch_id NOT IN (SELECT batch_id FROM purge)
BEGIN SELECT RAISE(ABORT, 'the correction log is append-only'); END;
"""

MIGRATIONS: tuple[str, ...] = (_V1, _V2, _V3)
