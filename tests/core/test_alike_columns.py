"""Columns of one value are held once, and the frame is the same."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core import alike_columns
from desktop_app.core.alike_columns import alike_shared

CELLS = st.lists(st.sampled_from(["1", "2", None, ""]), min_size=3, max_size=3)
COLUMNS = st.lists(CELLS, min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(COLUMNS, st.integers(1, 8))
def test_the_frame_is_the_same(columns: list[list[str | None]], piece: int) -> None:
    frame = pl.DataFrame({f"c{n}": pl.Series(held, dtype=pl.String) for n, held in enumerate(columns)})
    frame = pl.concat([frame, frame], rechunk=False).with_row_index("row_id")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike_columns, "_PIECE", piece)
        shared = alike_shared(frame)
    assert shared.equals(frame) and shared.schema == frame.schema
    assert alike_shared(frame.clear()).equals(frame.clear())
