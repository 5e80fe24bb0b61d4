"""The append-only table behind the correction log. What the actions mean is said in `core.corrections`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from desktop_app.core.workspace.database import Database, Row
from desktop_app.core.workspace.small_stores import now

_COLUMNS = "id, batch_id, seq, kind, target, os_user, display_name, at, why, note, size"


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """One action as stored. `id` orders the actions of all batches, `seq` (from 1) those of one batch."""

    id: int
    batch_id: str
    seq: int
    kind: str
    target: int | None
    os_user: str
    display_name: str
    at: datetime
    why: str
    note: str
    size: int


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """An action about to be stored; `payload` is a frame as bytes, `size` its number of lines."""

    kind: str
    os_user: str
    display_name: str
    target: int | None = None
    why: str = ""
    note: str = ""
    size: int = 0
    payload: bytes | None = None


class CorrectionStore:
    """Adds and reads; the database itself refuses to change or delete a line."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, batch_id: str, action: NewCorrection) -> CorrectionRow:
        """Add an action at the end of a batch's log, in one transaction: on disk when this returns."""
        with self._database.write() as run:
            run(
                "INSERT INTO correction (batch_id, seq, kind, target, os_user, display_name, at, why, note, "
                "size, payload) SELECT ?1, coalesce(max(seq), 0) + 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 "
                "FROM correction WHERE batch_id = ?1",
                (batch_id, action.kind, action.target, action.os_user, action.display_name, now(),
                 action.why, action.note, action.size, action.payload),
            )  # fmt: skip
        last = "SELECT max(seq) FROM correction WHERE batch_id = ?1"
        return self._rows(f"batch_id = ?1 AND seq = ({last})", batch_id)[0]

    def of_batch(self, batch_id: str) -> list[CorrectionRow]:
        """The log of a batch, in order."""
        return self._rows("batch_id = ?", batch_id)

    def payload(self, action_id: int) -> bytes | None:
        """The frame of an action, or None when it has none."""
        rows = self._database.read("SELECT payload FROM correction WHERE id = ?", (action_id,))
        return cast("bytes | None", rows[0][0]) if rows else None

    def batches_that_confirm(self) -> list[str]:
        """Ids of the batches whose log holds a confirmation or a revocation."""
        sql = "SELECT DISTINCT batch_id FROM correction WHERE kind IN ('confirm', 'revoke') ORDER BY batch_id"
        return [str(row[0]) for row in self._database.read(sql)]

    def batches_that_edit(self, contract_id: str) -> list[str]:
        """Ids of the batches of a contract whose log changes a cell or withdraws a record, in
        the order in which they were made, whatever the clock said."""
        sql = (
            "SELECT id FROM batch WHERE contract_id = ? AND id IN (SELECT batch_id FROM correction "
            "WHERE kind IN ('edit', 'carry', 'withdraw')) ORDER BY rowid"
        )
        return [str(row[0]) for row in self._database.read(sql, (contract_id,))]

    def _rows(self, where: str, batch_id: str) -> list[CorrectionRow]:
        sql = f"SELECT {_COLUMNS} FROM correction WHERE {where} ORDER BY seq"
        return [_row(row) for row in self._database.read(sql, (batch_id,))]


def _row(row: Row) -> CorrectionRow:
    action_id, batch_id, seq, kind, target, user, display, at, why, note, size = row
    return CorrectionRow(
        id=cast(int, action_id),
        batch_id=str(batch_id),
        seq=cast(int, seq),
        kind=str(kind),
        target=cast("int | None", target),
        os_user=str(user),
        display_name=str(display),
        at=datetime.fromisoformat(str(at)),
        why=str(why),
        note=str(note),
        size=cast(int, size),
    )
