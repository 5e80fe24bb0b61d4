"""The site's batches, like a mailbox: each with its source, its contract, its recipe and its state."""

from __future__ import annotations

import dataclasses
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, cast, get_args
from uuid import UUID

from desktop_app.core.stages import FilePart, FixedColumn, ImportOptions, SourceFile
from desktop_app.core.workspace.database import Database, Row
from desktop_app.core.workspace.small_stores import now

BatchState = Literal["preparing", "waiting", "sending", "sent", "refused", "answered"]
_COLUMNS = (
    "id, name, state, created, changed, source_path, source_sha256, source_size, "
    "contract_id, contract_version, recipe, options, detail"
)
_TOUCHED = "(SELECT at FROM correction WHERE batch_id = batch.id ORDER BY seq DESC LIMIT 1)"
_READ = f"{_COLUMNS}, max(changed, coalesce({_TOUCHED}, ''))"


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch. `detail` says more about the state (a receipt number, a refusal); instants are UTC.
    `changed`: the batch itself, in its state or its recipe; `touched`: the batch, or anything in its log."""

    id: str
    name: str
    state: BatchState
    created: datetime
    changed: datetime
    source_path: Path
    source_sha256: str
    source_size: int
    contract_id: str
    contract_version: str
    recipe_json: str
    options: ImportOptions | None
    detail: Mapping[str, object]
    touched: datetime

    @property
    def source(self) -> SourceFile:
        """The source file as it was when the batch was made."""
        return SourceFile(self.source_path, self.source_sha256, self.source_size)


class Batches:
    """The table of batches."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(
        self,
        source: SourceFile,
        contract_id: str,
        contract_version: str,
        recipe_json: str,
        options: ImportOptions | None = None,
        name: str = "",
    ) -> BatchRow:
        """A new batch in state `preparing`; its id (UUIDv7) is also the id of what will be sent."""
        at = now()
        batch_id = str(uuid7())
        described = json.dumps(None if options is None else dataclasses.asdict(options))
        with self._database.write() as run:
            run(
                f"INSERT INTO batch ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
                (batch_id, name or source.path.stem, "preparing", at, at, str(source.path), source.sha256,
                 source.size, contract_id, contract_version, recipe_json, described, "{}"),
            )  # fmt: skip
        return self.get(batch_id)

    def _rows(self, where: str = "", *values: str) -> list[BatchRow]:
        sql = f"SELECT {_READ} FROM batch {where} ORDER BY rowid DESC"
        return [_batch(row) for row in self._database.read(sql, values)]

    def before(self, batch_id: str) -> list[BatchRow]:
        """The batches made before this one, in the order of `list`. Raises KeyError when there is none of
        that id."""
        self.get(batch_id)
        return self._rows("WHERE rowid < (SELECT rowid FROM batch WHERE id = ?)", batch_id)

    def list(self) -> list[BatchRow]:
        """All batches, the one made last first: by the order of their lines, as a clock may be set back."""
        return self._rows()

    def get(self, batch_id: str) -> BatchRow:
        """One batch. Raises KeyError when there is none of that id."""
        rows = self._rows("WHERE id = ?", batch_id)
        if not rows:
            raise KeyError(batch_id)
        return rows[0]

    def set_state(self, batch_id: str, state: BatchState, detail: Mapping[str, object] | None = None) -> None:
        """Move a batch to `state`. `detail` replaces what was said of the state before."""
        if state not in get_args(BatchState):
            raise ValueError(f"unknown batch state {state!r}")
        with self._database.write() as run:
            run(
                "UPDATE batch SET state = ?, changed = ?, detail = ? WHERE id = ?",
                (state, now(), json.dumps(dict(detail or {})), batch_id),
            )

    def rename(self, batch_id: str, name: str) -> None:
        """Give a batch the name people see."""
        with self._database.write() as run:
            run("UPDATE batch SET name = ? WHERE id = ?", (name, batch_id))

    def set_recipe(self, batch_id: str, recipe_json: str, options: ImportOptions | None = None) -> None:
        """Replace the recipe and the reading options of a batch in preparation."""
        described = json.dumps(None if options is None else dataclasses.asdict(options))
        with self._database.write() as run:
            run(
                "UPDATE batch SET recipe = ?, options = ?, changed = ? WHERE id = ?",
                (recipe_json, described, now(), batch_id),
            )


def uuid7() -> UUID:
    """A time-ordered identifier (RFC 9562, section 5.7)."""
    stamp = time.time_ns() // 1_000_000
    value = (stamp << 80) | int.from_bytes(os.urandom(10), "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    return UUID(int=(value & ~(0x3 << 62)) | (0x2 << 62))


def _batch(row: Row) -> BatchRow:
    texts = [str(value) for value in row]
    return BatchRow(
        id=texts[0],
        name=texts[1],
        state=cast(BatchState, texts[2]),
        created=datetime.fromisoformat(texts[3]),
        changed=datetime.fromisoformat(texts[4]),
        source_path=Path(texts[5]),
        source_sha256=texts[6],
        source_size=int(texts[7]),
        contract_id=texts[8],
        contract_version=texts[9],
        recipe_json=texts[10],
        options=_options(json.loads(texts[11])),
        detail=json.loads(texts[12]),
        touched=datetime.fromisoformat(texts[13]),
    )


def _options(described: dict[str, object] | None) -> ImportOptions | None:
    if described is None:
        return None
    layout = cast("list[dict[str, str | int]]", described.pop("layout", []))
    columns = tuple(FixedColumn(str(c["header"]), int(c["start"]), int(c["length"])) for c in layout)
    aside = tuple(cast("list[int]", described.pop("aside_rows", [])))
    parts = tuple(_part(part) for part in cast("list[dict[str, object]]", described.pop("parts", [])))
    return ImportOptions(**described, layout=columns, aside_rows=aside, parts=parts)  # type: ignore[arg-type]


def _part(described: dict[str, object]) -> FilePart:
    options = _options(cast("dict[str, object]", described.pop("options")))
    return FilePart(**described, options=options)  # type: ignore[arg-type]
