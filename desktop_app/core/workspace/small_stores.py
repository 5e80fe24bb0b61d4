"""The stores that hold documents: settings, receipts, feedback, and the chain of batches."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from desktop_app.core.workspace.database import Database

T = TypeVar("T")


def now() -> str:
    """The present instant, UTC, ISO 8601 with microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


class Settings:
    """Preferences and small facts of this workspace, as JSON values."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str, default: T) -> T:
        """The value under `key`, or `default`; one of another type than the default counts as absent."""
        rows = self._database.read("SELECT value FROM setting WHERE key = ?", (key,))
        if not rows:
            return default
        value = json.loads(str(rows[0][0]))
        return value if default is None or isinstance(value, type(default)) else default

    def put(self, key: str, value: object) -> None:
        """Store `value` under `key`. Raises TypeError when it is not a JSON value."""
        with self._database.write() as run:
            run("INSERT OR REPLACE INTO setting VALUES (?, ?)", (key, json.dumps(value)))


class Receipts:
    """The registry's signed receipts, as they came (JWS text)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, batch_id: str, jws: str) -> None:
        """Keep the receipt of `batch_id`."""
        with self._database.write() as run:
            run("INSERT OR REPLACE INTO receipt VALUES (?, ?, ?)", (batch_id, jws, now()))

    def get(self, batch_id: str) -> str | None:
        """The receipt of `batch_id`, or None."""
        rows = self._database.read("SELECT jws FROM receipt WHERE batch_id = ?", (batch_id,))
        return str(rows[0][0]) if rows else None


class FeedbackDocument(NamedTuple):
    """One feedback document of a batch, opened and verified, as JSON text; `number` counts from 1."""

    batch_id: str
    number: int
    stored: datetime
    document: str


class FeedbackStore:
    """What the registry answered; a batch may be answered several times, the latest counts."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, batch_id: str, document: str) -> None:
        """Keep a document; the same one twice is kept once."""
        with self._database.write() as run:
            run(
                "INSERT INTO feedback SELECT ?1, coalesce(max(number), 0) + 1, ?2, ?3 FROM feedback "
                "WHERE batch_id = ?1 HAVING coalesce(max(number), 0) = 0 OR NOT EXISTS "
                "(SELECT 1 FROM feedback WHERE batch_id = ?1 AND document = ?2)",
                (batch_id, document, now()),
            )

    def get(self, batch_id: str) -> str | None:
        """The latest document of `batch_id`, or None."""
        found = [document for document in self.list() if document.batch_id == batch_id]
        return max(found, key=lambda document: document.number).document if found else None

    def known(self) -> list[tuple[str, int]]:
        """(batch id, number) of every document, without reading the documents."""
        rows = self._database.read("SELECT batch_id, number FROM feedback ORDER BY batch_id, number")
        return [(str(batch), int(str(number))) for batch, number in rows]

    def list(self) -> list[FeedbackDocument]:
        """All documents, newest first."""
        rows = self._database.read(
            "SELECT batch_id, number, stored, document FROM feedback ORDER BY stored DESC, number DESC"
        )
        return [
            FeedbackDocument(str(batch), int(str(number)), datetime.fromisoformat(str(at)), str(document))
            for batch, number, at, document in rows
        ]


class Chain:
    """The chain of accepted batches of this site; each manifest names the one before it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def last(self) -> tuple[str, str] | None:
        """(batch id, SHA-256 of the manifest) of the latest link, or None before the first."""
        rows = self._database.read(
            "SELECT batch_id, manifest_sha256 FROM chain ORDER BY position DESC LIMIT 1"
        )
        return (str(rows[0][0]), str(rows[0][1])) if rows else None

    def advance(self, batch_id: str, manifest_sha256: str) -> None:
        """Add a link; the same batch again changes nothing."""
        with self._database.write() as run:
            run(
                "INSERT OR IGNORE INTO chain (batch_id, manifest_sha256, advanced) VALUES (?, ?, ?)",
                (batch_id, manifest_sha256, now()),
            )
