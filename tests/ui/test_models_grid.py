from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from desktop_app.ui.fix.blocks import (
    MOST_CELLS,
    BlockError,
    Range,
    clear,
    copy,
    fill_down,
    fill_right,
    one_range,
    paste,
)
from desktop_app.ui.models.grid import MARK_ROLE, PENDING_ROLE, GridModel
from desktop_app.ui.models.selection import Selection, Sort, arrange
from desktop_app.ui.models.snapshot import Mark, Snapshot, take_snapshot
from tests.one_tumour import TODAY
from tests.ui.fix_parts import small_batch
from validation_rules.check import Checker
from validation_rules.contract import load_contract

MAPPED = small_batch()


def snapshot(frame: pl.DataFrame = MAPPED.frame) -> Snapshot:
    return take_snapshot(frame, Checker(MAPPED.contract, TODAY).check(frame))


@pytest.fixture
def model(qapp: Any) -> GridModel:
    made = GridModel(load_contract(), "fr")
    taken = snapshot()
    made.show(taken, arrange(taken, Selection(all_rows=True)))
    return made


def cell(model: GridModel, row_id: int, field: str) -> QModelIndex:
    row = model.row_of(row_id)
    assert row is not None
    return model.index(row, model.column_of(field))


def test_it_is_a_proper_model(model: GridModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_wrong_cells_are_marked(model: GridModel) -> None:
    assert cell(model, 2, "sexe").data(MARK_ROLE) is Mark.ERROR
    assert cell(model, 6, "grade").data(MARK_ROLE) is Mark.CONFIRM
    assert cell(model, 1, "sexe").data(MARK_ROLE) is None
    assert cell(model, 1, "sexe").data(Qt.ItemDataRole.ToolTipRole) is None


def test_a_screen_reader_hears_field_value_and_finding(model: GridModel) -> None:
    spoken = cell(model, 2, "sexe").data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Sexe" in spoken and "7" in spoken and "COD-sexe" in spoken


def test_an_edit_is_asked_for_and_not_shown(model: GridModel) -> None:
    asked: list[Any] = []
    model.edit_asked.connect(asked.append)
    assert model.setData(cell(model, 2, "sexe"), " 1 ")
    assert asked == [[(2, "sexe", "1")]]
    assert cell(model, 2, "sexe").data() == "7"
    assert not model.setData(cell(model, 1, "sexe"), "2"), "the same value is no edit"


def test_a_cell_being_written_says_so(model: GridModel) -> None:
    model.set_pending({(2, "sexe"): "1"})
    assert cell(model, 2, "sexe").data(PENDING_ROLE)
    assert not cell(model, 3, "sexe").data(PENDING_ROLE)


def test_refresh_brings_values_and_keeps_the_order(model: GridModel) -> None:
    taken = snapshot()
    model.show(taken, arrange(taken, Selection(all_rows=True, sort=Sort("sexe", descending=True))))
    before = [model.row_id(row) for row in range(model.rowCount())]
    fixed = MAPPED.frame.with_columns(sexe=pl.lit("1"))
    model.refresh(snapshot(fixed))
    assert [model.row_id(row) for row in range(model.rowCount())] == before
    assert cell(model, 2, "sexe").data() == "1"


def test_a_header_explains_its_field(model: GridModel) -> None:
    across = Qt.Orientation.Horizontal
    tip = model.headerData(model.column_of("sexe"), across, Qt.ItemDataRole.ToolTipRole)
    assert "Sexe" in tip and "1  " in tip


def test_a_corrected_row_has_a_tick(model: GridModel) -> None:
    taken = snapshot()
    touched = take_snapshot(taken.frame, taken.cases, touched=frozenset({3}))
    model.refresh(touched)
    assert model.headerData(2, Qt.Orientation.Vertical).startswith("✓")
    assert model.headerData(1, Qt.Orientation.Vertical) == "2"


def block(model: GridModel, first: tuple[int, str], last: tuple[int, str]) -> Range:
    top, bottom = cell(model, *first), cell(model, *last)
    return Range(top.row(), top.column(), bottom.row(), bottom.column())


def test_copy_gives_tabs_and_lines(model: GridModel) -> None:
    assert (
        copy(model.sheet(), block(model, (2, "sexe"), (3, "date_naissance")))
        == "7\t1950-01-02\n7\t1950-01-03\n"
    )


def test_what_is_copied_is_computed_by_no_spreadsheet_and_pasted_as_it_was(model: GridModel) -> None:
    mapped = MAPPED.frame.with_columns(sexe=pl.Series(["=1+1", "'=1", "-2", "@A", "+3", "x", "1", "2"]))
    model.refresh(snapshot(mapped))
    column = block(model, (1, "sexe"), (8, "sexe"))
    text = copy(model.sheet(), column)
    assert not [line for line in text.removesuffix("\n").split("\n") if line.strip('"')[:1] in set("=+-@")]
    assert paste(model.sheet(), column, text).cells.is_empty()


def test_paste_writes_what_differs_and_counts_what_falls_out(model: GridModel) -> None:
    done = paste(model.sheet(), block(model, (7, "sexe"), (7, "sexe")), "1\n2\n1\n")
    assert done.cells.rows() == [(7, "sexe", "1")]
    assert done.left_out == 1


def test_fill_down_takes_the_first_row_or_the_one_above(model: GridModel) -> None:
    sheet = model.sheet()
    three = fill_down(sheet, block(model, (1, "sexe"), (3, "sexe")))
    assert three.rows() == [(2, "sexe", "2"), (3, "sexe", "2")]
    assert fill_down(sheet, block(model, (2, "sexe"), (2, "sexe"))).rows() == [(2, "sexe", "2")]
    assert fill_down(sheet, block(model, (1, "sexe"), (1, "sexe"))).is_empty()


def test_fill_right_takes_the_first_column_or_the_one_before(model: GridModel) -> None:
    sheet, first = model.sheet(), block(model, (2, "sexe"), (3, "sexe"))
    wide = Range(first.top, first.left, first.bottom, first.left + 1)
    assert fill_right(sheet, wide).rows() == [(2, "date_naissance", "7"), (3, "date_naissance", "7")]
    assert fill_right(sheet, Range(0, 0, 0, 0)).is_empty()


def test_clear_leaves_blank_cells_alone(model: GridModel) -> None:
    apart = [block(model, (5, "comportement"), (6, "comportement")), block(model, (2, "sexe"), (2, "sexe"))]
    assert clear(model.sheet(), apart).rows() == [(6, "comportement", None), (2, "sexe", None)]


def test_blocks_that_touch_are_one() -> None:
    assert one_range([(0, 0, 1, 1), (2, 0, 2, 1)]) == Range(0, 0, 2, 1)
    assert one_range([(0, 0, 0, 0), (2, 2, 2, 2)]) is None
    assert one_range([]) is None


def test_a_block_too_large_is_refused(model: GridModel) -> None:
    with pytest.raises(BlockError):
        copy(model.sheet(), Range(0, 0, MOST_CELLS, 1))


def test_a_pasted_block_with_rows_of_several_lengths_leaves_the_rest(model: GridModel) -> None:
    start = block(model, (1, "topographie"), (1, "topographie"))
    done = paste(model.sheet(), start, 'C18.0\t8140\r\n"C34.\n1"\r\n')
    assert done.cells.sort("row_id", "field").rows() == [
        (1, "morphologie", "8140"),
        (1, "topographie", "C18.0"),
        (2, "topographie", "C34.\n1"),
    ]


def test_what_is_copied_pastes_back_as_it_was(model: GridModel) -> None:
    whole = Range(0, 0, model.rowCount() - 1, model.columnCount() - 1)
    sheet = model.sheet()
    assert paste(sheet, Range(0, 0, 0, 0), copy(sheet, whole)).cells.is_empty()


def test_marks_and_blocks_follow_the_columns_that_are_shown(model: GridModel) -> None:
    model.set_columns(["grade", "sexe", "numero_patient"])
    assert model.columnCount() == 3 and model.column_of("topographie") == -1
    assert cell(model, 2, "sexe").data(MARK_ROLE) is Mark.ERROR
    assert cell(model, 6, "grade").data(MARK_ROLE) is Mark.CONFIRM
    assert copy(model.sheet(), Range(1, 0, 1, 2)) == "2\t7\tP002\n"
    asked: list[Any] = []
    model.edit_asked.connect(asked.append)
    model.setData(cell(model, 2, "sexe"), "1")
    assert asked == [[(2, "sexe", "1")]]


def test_it_stays_a_proper_model_with_few_columns(model: GridModel, qtmodeltester: ModelTester) -> None:
    model.set_columns(["sexe"])
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]


def test_a_header_names_the_rules_and_the_key(model: GridModel) -> None:
    tip = model.headerData(model.column_of("sexe"), Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert "COD-sexe" in tip and "F1" in tip
