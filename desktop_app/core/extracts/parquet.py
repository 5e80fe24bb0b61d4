"""Parquet, through Polars; a row group that claims more than the file could hold is refused first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from desktop_app.core.errors import AppError
from desktop_app.core.extracts import problems
from desktop_app.core.extracts.columnar import MAX_ROWS, Described, rows_at_once
from desktop_app.core.extracts.kind import KINDS
from desktop_app.core.extracts.packed import in_memory
from desktop_app.core.progress import Progress
from validation_rules.text import Text

_READING = Text("Lecture du fichier", "Reading the file")
# Equal cells take no room in Parquet: a bound on cells, not on their ratio to the bytes, stops a bomb.
MAX_CELLS = 400_000_000
_FAULTS = (pl.exceptions.PolarsError, OSError, ValueError, OverflowError)


def describe_parquet(path: Path, member: str | None) -> Described:
    """Its columns and number of rows, from the footer. Raises AppError for a bad one."""
    frame = _scan(path, member)
    try:
        names = tuple(frame.collect_schema().names())
        rows = int(frame.select(pl.len()).collect().item()) if names else 0
    except _FAULTS as error:
        raise _refusal(path, error) from None
    except pl.exceptions.PanicException:
        raise problems.statistical(path, KINDS["parquet"]) from None
    if rows > MAX_ROWS or rows * len(names) > MAX_CELLS:
        raise problems.archive_bomb(path)
    if not names or not rows:
        raise problems.no_rows(path)
    return Described(names, rows)


def _scan(path: Path, member: str | None) -> pl.LazyFrame:
    try:
        with in_memory(path, member) as file:
            # Read by value: a file that is replaced midway cannot change what was described.
            return pl.scan_parquet(path if member is None else file, glob=False, hive_partitioning=False)
    except _FAULTS as error:
        raise _refusal(path, error) from None


def parquet_pieces(
    path: Path, member: str | None, told: Described, progress: Progress, limit: int | None
) -> Iterator[pl.DataFrame]:
    """The frame in pieces of whole rows."""
    rows = min(told.rows or 0, limit or MAX_ROWS)
    frame, step = _scan(path, member), rows_at_once(len(told.columns))
    for start in range(0, rows, step):
        progress(start, rows, _READING)
        try:
            piece = frame.slice(start, min(step, rows - start)).collect()
        except _FAULTS as error:
            raise _refusal(path, error) from None
        except pl.exceptions.PanicException:
            raise problems.statistical(path, KINDS["parquet"]) from None
        yield piece
        progress(start + piece.height, rows, _READING)


def _refusal(path: Path, error: Exception) -> AppError:
    if isinstance(error, OSError) and not isinstance(error, ValueError) and error.errno is not None:
        return problems.from_os(path, error)
    return problems.statistical(path, KINDS["parquet"])
