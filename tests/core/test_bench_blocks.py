"""Blocks of many cells: what they leave is what one edit after the other would leave."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.bench_frames import edits_of, net_edits
from desktop_app.core.corrections import EDIT_SCHEMA
from desktop_app.core.errors import AppError
from desktop_app.core.payload import packed, unpacked
from desktop_app.core.workspace import Workspace
from tests.core.bench_parts import SMALL, bench_of, new_batch
from tests.core.editing_child import OneKey

VALUES = st.sampled_from(["1", "2", " 2 ", "c53.9", None, ""])
CELLS = st.lists(
    st.tuples(st.integers(1, len(SMALL)), st.sampled_from(["sexe", "topographie", "grade"]), VALUES),
    min_size=1,
    max_size=12,
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return Workspace.open(tmp_path_factory.mktemp("work"), OneKey())


@settings(max_examples=25, deadline=None)
@given(st.lists(st.one_of(CELLS, st.sampled_from(["undo", "redo"])), max_size=8))
def test_pending_is_what_all_edits_come_to(
    desk: Workspace, actions: list[str | list[tuple[int, str, str | None]]]
) -> None:
    batch_id = new_batch(desk)
    bench = bench_of(desk, batch_id)
    for action in actions:
        if action == "undo":
            bench.undo()
        elif action == "redo":
            bench.redo()
        else:
            bench.edit([tuple(cell) for cell in action])  # type: ignore[misc]
        steps = bench.history.of_kind("edit")
        assert bench.pending().equals(net_edits(edits_of(steps)))
    assert bench_of(desk, batch_id).pending().equals(bench.pending())
    assert bench_of(desk, batch_id).frame.equals(bench.frame)


@settings(max_examples=25, deadline=None)
@given(CELLS)
def test_a_block_is_its_cells_one_by_one(desk: Workspace, cells: list[tuple[int, str, str | None]]) -> None:
    together, alone = bench_of(desk, new_batch(desk)), bench_of(desk, new_batch(desk))
    together.edit(pl.DataFrame(cells, schema=["row_id", "field", "new"], orient="row", strict=False))
    for cell in cells:
        alone.edit([cell])  # type: ignore[list-item]
    assert together.frame.equals(alone.frame) and together.findings.equals(alone.findings)
    told = ["row_id", "field", "old", "new"]
    assert together.pending().select(told).sort(told).equals(alone.pending().select(told).sort(told))


@pytest.mark.parametrize("cell", [(99, "sexe", "1"), (1, "nowhere", "1"), (0, "sexe", "1")])
def test_a_block_with_one_wrong_cell_changes_nothing(desk: Workspace, cell: tuple[int, str, str]) -> None:
    bench = bench_of(desk, new_batch(desk))
    before = bench.frame
    with pytest.raises(AppError):
        bench.edit([(1, "sexe", "2"), cell])  # type: ignore[list-item]
    assert bench.frame is before and not bench.can_undo


@pytest.mark.parametrize("rows", [1, 5_000])
def test_the_log_gives_back_what_it_was_given(rows: int) -> None:
    cells = pl.DataFrame(
        {
            "row_id": [row // 2 for row in range(rows)],
            "field": ["sexe" if row % 2 else "grade" for row in range(rows)],
            "old": [None if row % 3 else f"V{row}" for row in range(rows)],
            "new": [str(row % 4) if row % 7 else None for row in range(rows)],
            "record": [f"{row // 2:064x}" for row in range(rows)],
        },
        schema=EDIT_SCHEMA,
    )
    assert unpacked(packed(cells), EDIT_SCHEMA).equals(cells)
    odd = cells.with_columns(record=pl.lit("no digest"))
    assert unpacked(packed(odd), EDIT_SCHEMA).equals(odd)


def test_a_large_block_is_small_on_the_disk(tmp_path: Path) -> None:
    rows = 30_000
    cells = pl.DataFrame(
        {"row_id": range(rows), "field": ["grade"] * rows, "old": ["1"] * rows, "new": ["3"] * rows},
        schema={name: kind for name, kind in EDIT_SCHEMA.items() if name != "record"},
    )
    import hashlib

    records = [hashlib.sha256(str(row).encode()).hexdigest() for row in range(rows)]
    assert len(packed(cells.with_columns(record=pl.Series(records)))) < rows * 40
