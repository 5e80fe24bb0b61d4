"""Sealed batches on their way out. Written before each step, so that a cut at any point loses nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, cast

from desktop_app.core.workspace.database import Database, Row, Value
from desktop_app.core.workspace.small_stores import now

OutboxState = Literal["waiting", "sending", "stopped", "sent", "refused"]


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """One sealed batch. `size` and `offset` in bytes; `receipt_jws` only once it has been verified.

    `stopped`: a person must act first (a credential, for example); `last_error` holds its code.
    """

    path: Path
    manifest_sha256: str
    size: int
    state: OutboxState = "waiting"
    attempts: int = 0
    upload_url: str | None = None
    offset: int = 0
    last_error: str | None = None
    next_try: datetime | None = None
    receipt_jws: str | None = None


_NAMES = tuple(field.name for field in fields(OutboxEntry))
_COLUMNS = ", ".join(_NAMES)


class OutboxStore:
    """The table behind the outbox, one entry a batch, oldest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, batch_id: str, entry: OutboxEntry) -> None:
        """Add the sealed batch, or replace its entry; its place in the queue stays."""
        values = [_value(getattr(entry, name)) for name in _NAMES]
        marks = ", ".join("?" for _ in _NAMES)
        with self._database.write() as run:
            run(
                f"INSERT OR REPLACE INTO outbox (batch_id, queued, {_COLUMNS}) VALUES (?1, coalesce("
                f"(SELECT queued FROM outbox WHERE batch_id = ?1), ?2), {marks})",
                [batch_id, now(), *values],
            )

    def list(self) -> list[tuple[str, OutboxEntry]]:
        """(batch id, entry), in the order in which they were queued."""
        rows = self._database.read(f"SELECT batch_id, {_COLUMNS} FROM outbox ORDER BY queued, batch_id")
        return [(str(row[0]), _entry(row[1:])) for row in rows]

    def get(self, batch_id: str) -> OutboxEntry | None:
        """The entry of `batch_id`, or None."""
        rows = self._database.read(f"SELECT {_COLUMNS} FROM outbox WHERE batch_id = ?", (batch_id,))
        return _entry(rows[0]) if rows else None

    def update(self, batch_id: str, **changes: str | int | Path | datetime | None) -> None:
        """Change named fields of an entry. Raises TypeError for a name that is none of its fields."""
        unknown = set(changes) - set(_NAMES)
        if unknown:
            raise TypeError(f"no such outbox field: {sorted(unknown)}")
        if not changes:
            return
        assigned = ", ".join(f"{name} = ?" for name in changes)
        with self._database.write() as run:
            values = [_value(value) for value in changes.values()]
            run(f"UPDATE outbox SET {assigned} WHERE batch_id = ?", [*values, batch_id])

    def remove(self, batch_id: str) -> None:
        """Take a batch out of the queue, for good."""
        with self._database.write() as run:
            run("DELETE FROM outbox WHERE batch_id = ?", (batch_id,))


def _value(value: str | int | Path | datetime | None) -> Value:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return str(value) if isinstance(value, Path) else value


def _entry(row: Row) -> OutboxEntry:
    path, manifest, size, state, attempts, url, offset, error, next_try, receipt = row
    return OutboxEntry(
        path=Path(str(path)),
        manifest_sha256=str(manifest),
        size=int(cast(int, size)),
        state=cast(OutboxState, state),
        attempts=int(cast(int, attempts)),
        upload_url=cast("str | None", url),
        offset=int(cast(int, offset)),
        last_error=cast("str | None", error),
        next_try=None if next_try is None else datetime.fromisoformat(str(next_try)),
        receipt_jws=cast("str | None", receipt),
    )
