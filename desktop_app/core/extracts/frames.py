"""From parsed cells to the frame of an Extract: headers made unique, rows numbered, blank rows left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # headers are needed for the first look at a file, while Polars is still being loaded
    import polars as pl

# How many cells a row kept aside had in its file. A file has no column of this name: blanks around a header
# are taken away.
CELLS = " cells"


def unique_headers(cells: Sequence[str | None]) -> list[str]:
    """Column names from header cells: inner blanks squeezed, unnamed ones numbered, repeats told apart.

    One between ^ and $ loses its ^: Polars takes such a name for a pattern.
    """
    taken = {"row_id"}
    copies: dict[str, int] = {}  # where to go on counting, so that many equal headers stay linear
    names = []
    for position, cell in enumerate(cells, start=1):
        base = " ".join((cell or "").replace("\0", " ").split())[:200]
        base = (base.lstrip("^ ") if base.endswith("$") else base) or f"Colonne {position}"
        name, copy = base, copies.get(base, 1)
        while name in taken:
            copy += 1
            name = f"{base} ({copy})"
        copies[base] = copy
        taken.add(name)
        names.append(name)
    return names


def filled(frame: pl.DataFrame) -> pl.Series:
    """Boolean, one a row: at least one cell holds more than blanks.

    Column after column, only the rows that look blank so far are looked at again: the first column settles
    nearly all of them.
    """
    import polars as pl

    known = pl.Series("filled", [False]).new_from_index(0, frame.height)
    for name in frame.columns:
        left = known.not_().arg_true()
        if left.is_empty():
            break
        cells = frame.get_column(name)
        seen = cells if len(left) == frame.height else cells.gather(left)
        mask = (seen.str.strip_chars() != "").fill_null(value=False)
        known = mask.alias("filled") if len(left) == frame.height else known.scatter(left.filter(mask), True)
    return known


def number_rows(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """The frame with `row_id` in front and without its blank rows, and the mask of the rows kept."""
    import polars as pl

    kept = filled(frame)
    numbered = frame.with_row_index("row_id", offset=1).with_columns(pl.col("row_id").cast(pl.UInt32))
    return (numbered if kept.all() else numbered.filter(kept)), kept
