"""The office's database: sites, certificates, codes, uploads, receipts, feedback. Every write is durable."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from desktop_app.core.batches import wire
from registry_endpoint.folder import private_folder

BUSY_SECONDS = 30.0

UploadState = Literal["receiving", "received", "accepted", "refused"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS site (
    finess TEXT PRIMARY KEY, name TEXT NOT NULL, revoked INTEGER NOT NULL DEFAULT 0, receiving_key BLOB
) STRICT;
CREATE TABLE IF NOT EXISTS certificate (
    sha256 TEXT PRIMARY KEY, finess TEXT NOT NULL REFERENCES site (finess), kind TEXT NOT NULL,
    issued TEXT NOT NULL, revoked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS code (
    sha256 TEXT PRIMARY KEY, finess TEXT NOT NULL, expires TEXT NOT NULL, used_by TEXT, answer BLOB
) STRICT;
CREATE TABLE IF NOT EXISTS upload (
    batch_id TEXT PRIMARY KEY, finess TEXT NOT NULL, manifest_sha256 TEXT NOT NULL, length INTEGER NOT NULL,
    durable INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL, problem BLOB,
    number INTEGER UNIQUE, receipt BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS upload_site ON upload (finess, number);
CREATE TABLE IF NOT EXISTS feedback (
    batch_id TEXT PRIMARY KEY REFERENCES upload (batch_id), sha256 TEXT NOT NULL, bytes INTEGER NOT NULL,
    sealed BLOB NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS attempt (
    batch_id TEXT PRIMARY KEY REFERENCES upload (batch_id), tries INTEGER NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Upload:
    """One batch as the office knows it.

    `length` and `durable` (what is on disk for certain) in bytes; `number` counts accepted batches from 1.
    """

    batch_id: str
    finess: str
    manifest_sha256: str
    length: int
    durable: int
    state: UploadState
    problem: bytes | None
    number: int | None
    receipt: bytes | None


_COLUMNS = "batch_id, finess, manifest_sha256, length, durable, state, problem, number, receipt"


@contextmanager
def database(path: Path) -> Iterator[sqlite3.Connection]:
    """One transaction: committed and on disk when the block ends, rolled back when it raises."""
    with closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        _use_wal(connection)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _use_wal(connection: sqlite3.Connection) -> None:
    """SQLite asks no busy handler while the journal changes or a last connection closes: wait here."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


class Office:
    """Reads and writes of the office; safe from several threads, each call its own transaction."""

    def __init__(self, folder: Path) -> None:
        private_folder(folder)
        self._path = folder / "office.sqlite"
        with closing(sqlite3.connect(self._path, timeout=BUSY_SECONDS)) as connection:
            connection.executescript(_SCHEMA)

    def add_site(self, site: wire.Site) -> None:
        """Enter a site, or give it its current name."""
        with database(self._path) as db:
            db.execute(
                "INSERT INTO site (finess, name) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET name = excluded.name",
                (site.finess, site.name),
            )

    def revoke_site(self, finess: str) -> None:
        """Nothing of this site is accepted from now on."""
        with database(self._path) as db:
            db.execute("UPDATE site SET revoked = 1 WHERE finess = ?", (finess,))

    def site(self, finess: str) -> tuple[wire.Site, bool, bytes | None] | None:
        """The site, whether it is revoked, and its receiving key once enrolled."""
        with database(self._path) as db:
            row = db.execute(
                "SELECT name, revoked, receiving_key FROM site WHERE finess = ?", (finess,)
            ).fetchone()
        return None if row is None else (wire.Site(finess=finess, name=row[0]), bool(row[1]), row[2])

    def certificate(self, sha256: str) -> tuple[str, str, bool] | None:
        """Site, kind (`tls` or `signing`) and whether the certificate is revoked; None when not ours."""
        with database(self._path) as db:
            row = db.execute(
                "SELECT c.finess, c.kind, max(c.revoked, s.revoked) FROM certificate c"
                " JOIN site s USING (finess) WHERE c.sha256 = ?",
                (sha256,),
            ).fetchone()
        return None if row is None else (row[0], row[1], bool(row[2]))

    def add_code(self, sha256: str, finess: str, expires: str) -> None:
        """Enter a one-time code by its hash."""
        with database(self._path) as db:
            db.execute(
                "INSERT INTO code (sha256, finess, expires) VALUES (?, ?, ?)", (sha256, finess, expires)
            )

    def code(self, sha256: str) -> tuple[str, str, str | None, bytes | None] | None:
        """Site, expiry, the keys that used it, the answer they got."""
        with database(self._path) as db:
            row = db.execute(
                "SELECT finess, expires, used_by, answer FROM code WHERE sha256 = ?", (sha256,)
            ).fetchone()
        return None if row is None else (row[0], row[1], row[2], row[3])

    def use_code(
        self,
        sha256: str,
        used_by: str,
        answer: bytes,
        receiving_key: bytes,
        certificates: dict[str, str],
        now: str,
    ) -> bool:
        """Mark a code used, and enter what was issued, in one go; False when someone else was quicker.

        `certificates`: SHA-256 -> kind.
        """
        with database(self._path) as db:
            done = db.execute(
                "UPDATE code SET used_by = ?, answer = ? WHERE sha256 = ? AND used_by IS NULL"
                " RETURNING finess",
                (used_by, answer, sha256),
            ).fetchone()
            if done is None:
                return False
            db.execute("UPDATE site SET receiving_key = ? WHERE finess = ?", (receiving_key, done[0]))
            db.executemany(
                "INSERT INTO certificate (sha256, finess, kind, issued) VALUES (?, ?, ?, ?)",
                [(digest, done[0], kind, now) for digest, kind in certificates.items()],
            )
        return True

    def upload(self, batch_id: str) -> Upload | None:
        """What is known of a batch."""
        with database(self._path) as db:
            row = db.execute(f"SELECT {_COLUMNS} FROM upload WHERE batch_id = ?", (batch_id,)).fetchone()
        return None if row is None else Upload(*row)

    def uploads(self, state: UploadState) -> list[str]:
        """Batches in `state`, oldest first (batch ids sort by time)."""
        with database(self._path) as db:
            rows = db.execute(
                "SELECT batch_id FROM upload WHERE state = ? ORDER BY batch_id", (state,)
            ).fetchall()
        return [row[0] for row in rows]

    def announce(self, batch_id: str, finess: str, manifest_sha256: str, length: int) -> None:
        """A site says that this batch is coming; a refused one may come again from the start."""
        with database(self._path) as db:
            db.execute(
                "INSERT INTO upload (batch_id, finess, manifest_sha256, length, state)"
                " VALUES (?, ?, ?, ?, 'receiving') ON CONFLICT DO UPDATE SET"
                " state = 'receiving', durable = 0,"
                " problem = NULL, manifest_sha256 = excluded.manifest_sha256, length = excluded.length"
                " WHERE state = 'refused' AND finess = excluded.finess",
                (batch_id, finess, manifest_sha256, length),
            )

    def advance(self, batch_id: str, durable: int) -> None:
        """This many bytes are on disk for certain; with the last of them the batch is received."""
        with database(self._path) as db:
            db.execute(
                "UPDATE upload SET durable = ?1, state = iif(?1 = length, 'received', 'receiving')"
                " WHERE batch_id = ?2 AND state = 'receiving'",
                (durable, batch_id),
            )

    def drop_oldest(self, finess: str, keep: int) -> list[str]:
        """Forget the oldest unfinished uploads of a site but for the newest `keep`; which ones."""
        with database(self._path) as db:
            rows = db.execute(
                "DELETE FROM upload WHERE batch_id IN (SELECT batch_id FROM upload WHERE finess = ?"
                " AND state = 'receiving' ORDER BY rowid DESC LIMIT -1 OFFSET ?) RETURNING batch_id",
                (finess, keep),
            ).fetchall()
        return [row[0] for row in rows]

    def tries(self, batch_id: str) -> int:
        """How often processing was begun without coming to an end."""
        with database(self._path) as db:
            row = db.execute("SELECT tries FROM attempt WHERE batch_id = ?", (batch_id,)).fetchone()
        return 0 if row is None else int(row[0])

    def begin_try(self, batch_id: str) -> int:
        """Count one more, before it begins: a batch that ends the process itself is counted too."""
        with database(self._path) as db:
            row = db.execute(
                "INSERT INTO attempt VALUES (?, 1) ON CONFLICT DO UPDATE SET tries = tries + 1"
                " RETURNING tries",
                (batch_id,),
            ).fetchone()
        return int(row[0])

    def refuse(self, batch_id: str, problem: bytes) -> None:
        """The batch is not stored, and why."""
        with database(self._path) as db:
            db.execute(
                "UPDATE upload SET state = 'refused', problem = ? WHERE batch_id = ?", (problem, batch_id)
            )
            db.execute("DELETE FROM attempt WHERE batch_id = ?", (batch_id,))

    def last_manifest(self, finess: str) -> str | None:
        """SHA-256 of the manifest of the last batch accepted from a site."""
        with database(self._path) as db:
            row = db.execute(
                "SELECT manifest_sha256 FROM upload WHERE finess = ? AND state = 'accepted'"
                " ORDER BY number DESC LIMIT 1",
                (finess,),
            ).fetchone()
        return None if row is None else row[0]

    def next_number(self) -> int:
        """The number of the next receipt. One batch is worked on at a time: nobody takes it meanwhile."""
        with database(self._path) as db:
            return int(db.execute("SELECT coalesce(max(number), 0) + 1 FROM upload").fetchone()[0])

    def accept(self, batch_id: str, number: int, receipt: bytes, feedback: bytes) -> None:
        """Receipt and feedback at once: neither is seen without the other."""
        with database(self._path) as db:
            db.execute(
                "UPDATE upload SET state = 'accepted', number = ?, receipt = ? WHERE batch_id = ?",
                (number, receipt, batch_id),
            )
            digest = hashlib.sha256(feedback).hexdigest()
            db.execute(
                "INSERT INTO feedback VALUES (?, ?, ?, ?)", (batch_id, digest, len(feedback), feedback)
            )
            db.execute("DELETE FROM attempt WHERE batch_id = ?", (batch_id,))

    def feedback(self, batch_id: str) -> bytes | None:
        """The sealed feedback on an accepted batch."""
        with database(self._path) as db:
            row = db.execute("SELECT sealed FROM feedback WHERE batch_id = ?", (batch_id,)).fetchone()
        return None if row is None else row[0]

    def feedback_of(self, finess: str, most: int) -> list[tuple[str, str, int]]:
        """Batch id, SHA-256 and size of the newest `most` feedback documents of a site, oldest first."""
        with database(self._path) as db:
            rows = db.execute(
                "SELECT batch_id, sha256, bytes FROM feedback JOIN upload USING (batch_id) WHERE finess = ?"
                " ORDER BY number DESC LIMIT ?",
                (finess, most),
            ).fetchall()
        return rows[::-1]
