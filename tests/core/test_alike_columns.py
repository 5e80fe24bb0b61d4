"""Columns of one value are held once, and the frame is the same."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.alike_columns import alike_shared

CELLS = st.lists(st.sampled_from(["1", "2", None, ""]), min_size=3, max_size=3)
COLUMNS = st.lists(CELLS, min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(COLUMNS)
def test_the_frame_is_the_same(columns: list[list[str | None]]) -> None:
    frame = pl.DataFrame({f"c{n}": pl.Series(held, dtype=pl.String) for n, held in enumerate(columns)})
    frame = pl.concat([frame, frame], rechunk=False).with_row_index("row_id")
    assert alike_shared(frame).equals(frame) and alike_shared(frame).schema == frame.schema
    assert alike_shared(frame.clear()).equals(frame.clear())
