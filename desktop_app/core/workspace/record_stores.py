"""What only this site may know: which record id is which row, and what was last sent of each record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop_app.core.workspace.database import Database
from desktop_app.core.workspace.frames import from_bytes, to_bytes

if TYPE_CHECKING:  # the workspace opens while Polars is still being loaded
    import polars as pl

FIRST_CONTRACT = "rnc-tumeurs"
REVERSE_COLUMNS = ("record_id", "row_id", "numero_patient", "numero_tumeur")


class ReverseStore:
    """The local reverse table of each batch: record id to the user's own row."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, batch_id: str, frame: pl.DataFrame) -> None:
        """Keep the table (`record_id, row_id, numero_patient, numero_tumeur`) of a batch."""
        with self._database.write() as run:
            content = to_bytes(frame.select(REVERSE_COLUMNS))
            run("INSERT OR REPLACE INTO reverse VALUES (?, ?)", (batch_id, content))

    def frame(self, batch_id: str) -> pl.DataFrame | None:
        """The table of a batch, or None."""
        rows = self._database.read("SELECT frame FROM reverse WHERE batch_id = ?", (batch_id,))
        return from_bytes(_blob(rows[0][0])) if rows else None

    def lookup(self, record_ids: Iterable[str], batch_id: str | None = None) -> pl.DataFrame:
        """The lines of `record_ids`, with a column `batch_id`, newest batch first; all batches when None."""
        import polars as pl

        wanted = pl.Series("record_id", list(record_ids), dtype=pl.String)
        found = [
            from_bytes(_blob(content))
            .filter(pl.col("record_id").is_in(wanted.implode()))
            .with_columns(batch_id=pl.lit(str(batch)))
            for batch, content in self._database.read(
                "SELECT batch_id, frame FROM reverse WHERE ?1 IS NULL OR batch_id = ?1 "
                "ORDER BY batch_id DESC",
                (batch_id,),
            )
        ]
        return pl.concat(found) if found else _no_lines()


@dataclass(frozen=True, slots=True)
class RecordChanges:
    """Record ids of a batch against what was last accepted: each in exactly one of four groups."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    withdrawn: tuple[str, ...]


class RecordStore:
    """SHA-256 of the row last accepted for each record id of this site.

    A batch holds the records of one contract, and says nothing of those of the others.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def frame(self) -> pl.DataFrame:
        """`record_id`, `sha256` of every record the registry holds from this site."""
        return self._state().drop("contract")

    def replace(self, batch_id: str, frame: pl.DataFrame) -> None:
        """Keep `frame` (`record_id`, `sha256`) as the state after `batch_id` was accepted."""
        with self._database.write() as run:
            content = to_bytes(_of_contract(frame.select("record_id", "sha256")))
            run("INSERT OR REPLACE INTO record_state VALUES (1, ?, ?)", (batch_id, content))

    def stage(self, batch_id: str, frame: pl.DataFrame, contract: str = FIRST_CONTRACT) -> None:
        """Keep `frame` (`record_id`, `sha256`) with a sealed batch until the registry has accepted it."""
        with self._database.write() as run:
            content = to_bytes(_of_contract(frame.select("record_id", "sha256"), contract))
            run("INSERT OR REPLACE INTO record_state_sealed VALUES (?, ?)", (batch_id, content))

    def promote(self, batch_id: str) -> None:
        """What was staged for `batch_id` is now the state; done twice, nothing more happens."""
        rows = self._database.read("SELECT frame FROM record_state_sealed WHERE batch_id = ?", (batch_id,))
        if not rows:
            return
        import polars as pl

        sent = _of_contract(from_bytes(_blob(rows[0][0])))
        others = self._state().join(sent.select("contract").unique(), on="contract", how="anti")
        content = to_bytes(pl.concat([others, sent]))
        with self._database.write() as run:
            run("INSERT OR REPLACE INTO record_state VALUES (1, ?, ?)", (batch_id, content))
            run("DELETE FROM record_state_sealed WHERE batch_id = ?", (batch_id,))

    def compare(self, frame: pl.DataFrame, contract: str = FIRST_CONTRACT) -> RecordChanges:
        """Say of each record of `frame` (`record_id`, `sha256`) and of the state what it became."""
        import polars as pl

        before = self._state().filter(pl.col("contract") == contract).drop("contract")
        both = frame.select("record_id", "sha256").join(
            before, on="record_id", how="full", coalesce=True, suffix="_before"
        )
        new, old = pl.col("sha256"), pl.col("sha256_before")

        def ids(which: pl.Expr) -> tuple[str, ...]:
            return tuple(both.filter(which)["record_id"].sort().to_list())

        return RecordChanges(
            added=ids(old.is_null()),
            changed=ids(new != old),
            unchanged=ids(new == old),
            withdrawn=ids(new.is_null()),
        )

    def _state(self) -> pl.DataFrame:
        """`record_id`, `sha256`, `contract` of every record that the registry holds."""
        rows = self._database.read("SELECT frame FROM record_state")
        return _of_contract(from_bytes(_blob(rows[0][0])) if rows else _no_records())


def _blob(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError("a frame column holds something else than bytes")
    return value


def _of_contract(frame: pl.DataFrame, contract: str = FIRST_CONTRACT) -> pl.DataFrame:
    """With a column `contract`; a frame kept before there was more than one has none."""
    import polars as pl

    return frame if "contract" in frame.columns else frame.with_columns(contract=pl.lit(contract))


def _no_records() -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(schema={"record_id": pl.String, "sha256": pl.String})


def _no_lines() -> pl.DataFrame:
    import polars as pl

    schema = dict.fromkeys(REVERSE_COLUMNS, pl.String) | {"row_id": pl.UInt32, "batch_id": pl.String}
    return pl.DataFrame(schema=schema)
