"""Columns of a frame that hold the same value in every row, held once.

A text column takes 16 bytes a row, blank or not. A registry's file has columns that nobody fills, and columns
with one value throughout: a tenth of the memory of a batch. Of each such value a piece of a column is held,
which stands in all its places one after the other.
"""

from __future__ import annotations

import polars as pl

_PIECE = 65_536  # rows


def alike_shared(frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame; its text columns that hold one value only share one column for each such value."""
    one: dict[str | None, pl.Series] = {}
    columns = []
    for column in frame.iter_columns():
        if column.dtype == pl.String and _is_alike(column):
            value = column[0]
            if value not in one:
                one[value] = _repeated(value, column.len())
            column = one[value].alias(column.name)
        columns.append(column)
    return pl.DataFrame(columns)


def _is_alike(column: pl.Series) -> bool:
    if column.is_empty() or column.null_count() == column.len():
        return not column.is_empty()
    # Most columns that vary do so among their first rows.
    return all(not part.null_count() and (part == column[0]).all() for part in (column.head(1_000), column))


def _repeated(value: str | None, rows: int) -> pl.Series:
    piece = pl.Series([value], dtype=pl.String).new_from_index(0, min(rows, _PIECE))
    whole, rest = divmod(rows, piece.len())
    return pl.concat([*[piece] * whole, *([piece.head(rest)] if rest else [])], rechunk=False)
