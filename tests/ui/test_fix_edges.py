"""Ctrl and an arrow go where a spreadsheet goes."""

from __future__ import annotations

import polars as pl
import pytest

from desktop_app.ui.fix.edges import edge
from desktop_app.ui.models.grid import Sheet

COLUMNS = (["x", "x", "x", None, None, "x"], [None] * 6, ["x"] * 6)
SHEET = Sheet(
    ("a", "b", "c"),
    tuple(pl.Series(values, dtype=pl.String) for values in COLUMNS),
    pl.Series(range(1, 7), dtype=pl.UInt32),
    pl.Series(range(6), dtype=pl.UInt32),
)


@pytest.mark.parametrize(
    ("start", "way", "end"),
    [
        ((0, 0), (1, 0), (2, 0)),
        ((2, 0), (1, 0), (5, 0)),
        ((3, 0), (1, 0), (5, 0)),
        ((5, 0), (1, 0), (5, 0)),
        ((5, 0), (-1, 0), (2, 0)),
        ((1, 1), (1, 0), (5, 1)),
        ((4, 1), (-1, 0), (0, 1)),
        ((0, 0), (0, 1), (0, 2)),
        ((4, 2), (0, -1), (4, 0)),
    ],
)
def test_the_edge(start: tuple[int, int], way: tuple[int, int], end: tuple[int, int]) -> None:
    assert edge(SHEET, *start, *way) == end
