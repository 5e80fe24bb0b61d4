"""Where Ctrl and an arrow lead: to the edge of what is filled in, as in a spreadsheet; no window needed."""

from __future__ import annotations

import polars as pl

from desktop_app.ui.models.grid import Sheet


def edge(sheet: Sheet, row: int, column: int, down: int, right: int) -> tuple[int, int]:
    """The cell to go to from (`row`, `column`), one step of -1, 0 or 1 each way."""
    if down:
        filled = sheet.columns[column].is_not_null().gather(sheet.positions)
        return _along(filled, row, down), column
    at = sheet.positions[row]
    filled = pl.Series([values[at] is not None for values in sheet.columns])
    return row, _along(filled, column, right)


def _along(filled: pl.Series, start: int, step: int) -> int:
    """From a filled cell to the last filled one in a row; else to the next filled one; else to the end."""
    ahead = filled.slice(start + 1) if step > 0 else filled.head(start).reverse()
    if ahead.is_empty():
        return start
    inside = bool(filled[start]) and bool(ahead[0])
    hits = (~ahead if inside else ahead).arg_true()
    if hits.is_empty():
        return start + step * len(ahead)
    return start + step * (int(hits[0]) + (not inside))
