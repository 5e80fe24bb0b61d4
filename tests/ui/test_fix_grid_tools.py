"""Find and replace, the filter, the columns and the words of a field, on the page as a person uses it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.core.replacing import How
from desktop_app.core.row_filter import Operator
from desktop_app.core.stages import FilePart, ImportOptions
from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.columns_dialog import ColumnsDialog
from desktop_app.ui.fix.field_dialog import FieldDialog
from desktop_app.ui.fix.grid_view import GridView
from desktop_app.ui.fix.replace_dialog import ReplaceDialog
from desktop_app.ui.models.grid import GridModel
from desktop_app.ui.models.selection import Selection, arrange
from desktop_app.ui.models.snapshot import take_snapshot
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.one_tumour import TODAY
from tests.ui.fix_parts import page_alone, put_on_bench, small_batch
from validation_rules.check import Checker

Settle = Callable[[], None]
Key, Mod = Qt.Key, Qt.KeyboardModifier
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    return page_alone(qtbot, session, workspace, settle)


def go(page: FixPage, row_id: int, field: str) -> None:
    page.grid.setFocus()
    assert page.grid.go_to(row_id, field)


def value(page: FixPage, row_id: int, field: str) -> str | None:
    row = page.model.row_of(row_id)
    assert row is not None
    return page.model.value(row, page.model.column_of(field))


def replacing(page: FixPage) -> ReplaceDialog:
    page.tools.open_replace()
    dialog = page.findChild(ReplaceDialog)
    assert dialog is not None
    return dialog


def previewed(page: FixPage, settle: Settle) -> ReplaceDialog:
    """The sex 7 of rows 2 and 3 is to become 2."""
    go(page, 2, "sexe")
    dialog = replacing(page)
    dialog.what.setText("7")
    QTest.keyClicks(dialog.by, "2")
    dialog.preview()
    settle()
    return dialog


def test_replacing_shows_what_changes_then_does_it_as_one_action(page: FixPage, settle: Settle) -> None:
    dialog = previewed(page, settle)
    assert dialog.model.rowCount() == 1 and dialog.model.cells == 2
    assert "COD-sexe" in dialog.model.index(0, 4).data()
    dialog.replace_all()
    settle()
    assert [value(page, row, "sexe") for row in (2, 3)] == ["2", "2"]
    assert page.session.bench is not None
    assert page.session.bench.pending()["why"].to_list() == ["Rechercher et remplacer"] * 2
    page.desk.undo()
    settle()
    assert [value(page, row, "sexe") for row in (2, 3)] == ["7", "7"]


def test_ctrl_z_in_the_dialog_takes_the_replacement_back_unless_a_line_has_typing_to_take_back(
    page: FixPage, settle: Settle
) -> None:
    dialog = previewed(page, settle)
    dialog.replace_all()
    settle()
    QTest.keyClick(dialog.by, Key.Key_Z, Mod.ControlModifier)
    settle()
    assert value(page, 2, "sexe") == "7" and dialog.by.text() == "2"
    QTest.keyClick(dialog.table, Key.Key_Y, Mod.ControlModifier)
    settle()
    assert value(page, 2, "sexe") == "2"
    QTest.keyClicks(dialog.by, "5")
    QTest.keyClick(dialog.by, Key.Key_Z, Mod.ControlModifier)
    settle()
    assert value(page, 2, "sexe") == "2" and dialog.by.text() == "2"


def test_what_is_typed_while_the_cells_are_worked_out_stops_nothing(page: FixPage, settle: Settle) -> None:
    dialog = previewed(page, settle)
    dialog.replace_all()
    QTest.keyClicks(dialog.what, "8")
    settle()
    assert [value(page, row, "sexe") for row in (2, 3)] == ["2", "2"]


def test_a_line_of_the_preview_can_be_left_out(page: FixPage, settle: Settle) -> None:
    dialog = replacing(page)
    dialog.field.setCurrentIndex(dialog.field.findData("date_naissance"))
    dialog.what.setText("1950-01-0")
    dialog.by.setText("1951-01-0")
    dialog.preview()
    settle()
    before = dialog.model.cells
    assert dialog.model.setData(
        dialog.model.index(0, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    )
    assert dialog.model.cells == before - 1
    dialog.replace_all()
    settle()
    bench = page.session.bench
    assert bench is not None and bench.pending().height == before - 1


def test_rows_that_changed_since_the_preview_are_not_replaced(page: FixPage, settle: Settle) -> None:
    go(page, 2, "sexe")
    dialog = replacing(page)
    dialog.what.setText("7")
    dialog.by.setText("1")
    dialog.preview()
    settle()
    page.desk.edit([(3, "sexe", "9")])
    dialog.replace_all()
    settle()
    settle()
    assert [value(page, row, "sexe") for row in (2, 3)] == ["7", "9"]


def test_a_pattern_that_is_none_is_said_in_the_dialog(page: FixPage, settle: Settle) -> None:
    dialog = replacing(page)
    dialog.how.setCurrentIndex(dialog.how.findData(How.PATTERN))
    dialog.what.setText("C50(")
    dialog.preview()
    settle()
    assert "motif" in dialog.summary.text() and not dialog.button.isEnabled()


def test_find_next_walks_the_cells(page: FixPage, settle: Settle) -> None:
    go(page, 2, "sexe")
    dialog = replacing(page)
    dialog.what.setText("7")
    dialog.how.setCurrentIndex(dialog.how.findData(How.WHOLE))
    seen = []
    for _ in range(3):
        page.tools.find_next()
        settle()
        seen.append(page.grid.at_hand())
    assert seen == [(3, "sexe"), (2, "sexe"), (3, "sexe")]


def test_the_filter_narrows_as_it_is_typed_and_reset_takes_it_away(page: FixPage, settle: Settle) -> None:
    page.tools.open_filter()
    line = page.tools.filter_bar._lines[0]
    line.field.setCurrentIndex(line.field.findData("date_naissance"))
    line.operator.setCurrentIndex(line.operator.findData(Operator.AT_LEAST))
    QTest.keyClicks(line.value, "07/01/1950")
    QTest.keyClick(line.value, Key.Key_Return)
    settle()
    assert [page.model.row_id(row) for row in range(page.model.rowCount())] == [7, 8]
    assert page.toolbar.reset.isEnabled()
    page.reset()
    settle()
    assert page.model.rowCount() == 4 and page.tools.filter_bar.isHidden()
    assert not page.toolbar.reset.isEnabled() and page.toolbar.reset.isVisible()


def test_rows_with_this_value_and_without(page: FixPage, settle: Settle) -> None:
    go(page, 2, "sexe")
    page.tools.filter_same()
    settle()
    assert [page.model.row_id(row) for row in range(page.model.rowCount())] == [2, 3]
    page.tools.clear()
    go(page, 3, "sexe")
    page.tools.filter_others()
    settle()
    assert page.model.rowCount() == 6


def test_a_condition_that_cannot_be_read_is_said_in_the_bar(page: FixPage, settle: Settle) -> None:
    page.tools.filter_bar.add("age_incidence", Operator.AT_LEAST, "vieux")
    assert page.tools.filter_bar._error.isVisible()
    settle()
    assert page.model.rowCount() == 4


def test_an_empty_selection_says_so_and_offers_the_way_out(page: FixPage, settle: Settle) -> None:
    page.tools.filter_bar.add("sexe", Operator.IS, "8")
    settle()
    assert page.tools._empty.isVisible() and "8" in page.tools._empty.words
    page.tools._empty.button.click()
    settle()
    assert page.tools._empty.isHidden() and page.model.rowCount() == 4


def test_ctrl_f1_explains_the_field(page: FixPage) -> None:
    go(page, 2, "sexe")
    QTest.keyClick(page.grid, Key.Key_F1, Mod.ControlModifier)
    dialog = page.findChild(FieldDialog)
    assert dialog is not None and dialog.field.name == "sexe"
    assert dialog.rules.model().rowCount() > 3 and dialog.codes is not None
    dialog.search.setText("femin")
    dialog.close()


def test_columns_are_chosen_and_kept(
    qtbot: QtBot, page: FixPage, workspace: Workspace, settle: Settle
) -> None:
    page.tools.open_columns()
    dialog = page.findChild(ColumnsDialog)
    assert dialog is not None
    dialog.show_found()
    assert page.model.columnCount() < 10 and page.grid.columns.frozen == 2
    dialog.frozen.setValue(3)
    page.tools._keep()
    again = FixPage(page.session)
    qtbot.addWidget(again)
    settle()
    assert again.model.columnCount() == page.model.columnCount() and again.grid.columns.frozen == 3
    dialog.reset()
    assert page.model.columnCount() == 48
    dialog.close()


def test_a_finding_in_a_hidden_column_shows_it_again(page: FixPage) -> None:
    page.grid.set_columns(page.grid.columns.without(["grade"]))
    assert page.model.column_of("grade") == -1
    page.walk(1)
    page.walk(1)
    page.walk(1)
    assert page.model.column_of("grade") >= 0


def test_moving_a_field_with_the_keyboard(page: FixPage) -> None:
    page.tools.open_columns()
    dialog = page.findChild(ColumnsDialog)
    assert dialog is not None
    dialog.list.setCurrentRow(2)
    name = page.grid.columns.shown[2]
    dialog.move_up()
    assert page.grid.columns.shown[1] == name and page.model.column_of(name) == 1
    dialog.close()


def test_a_block_of_other_programs_is_pasted_and_cut(page: FixPage, settle: Settle) -> None:
    go(page, 2, "topographie")
    QGuiApplication.clipboard().setText('C18.0\t"8140"\r\nC34.1\t8070\r\n')
    page.grid.blocks.paste()
    settle()
    assert [value(page, row, "topographie") for row in (2, 3)] == ["C18.0", "C34.1"]
    assert [value(page, row, "morphologie") for row in (2, 3)] == ["8140", "8070"]
    go(page, 3, "topographie")
    page.grid.blocks.cut()
    settle()
    assert value(page, 3, "topographie") is None
    assert QGuiApplication.clipboard().text() == "C34.1\n"


def test_a_large_block_is_worked_out_aside(
    page: FixPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_app.ui.fix.block_actions._AT_ONCE", 0)
    go(page, 2, "grade")
    QTest.keyClick(page.grid, Key.Key_Space, Mod.ControlModifier)
    page.grid.blocks.fill_down()
    settle()
    assert {value(page, row, "grade") for row in (2, 3, 5, 6)} == {"2"}
    told: list[str] = []
    page.grid.advised.connect(told.append)
    monkeypatch.setattr("desktop_app.ui.fix.blocks.MOST_CELLS", 1)
    QTest.keyClick(page.grid, Key.Key_Space, Mod.ShiftModifier)
    page.grid.blocks.copy()
    settle()
    assert len(told) == 1


def test_ctrl_and_arrows_go_to_the_edges(page: FixPage) -> None:
    go(page, 2, "sexe")
    QTest.keyClick(page.grid, Key.Key_Down, Mod.ControlModifier)
    assert page.grid.at_hand() == (6, "sexe")
    QTest.keyClick(page.grid, Key.Key_Up, Mod.ControlModifier | Mod.ShiftModifier)
    block = page.grid.range()
    assert block is not None and (block.top, block.bottom, block.width) == (0, 3, 1)


def test_the_screens_of_the_tools(page: FixPage, settle: Settle, tmp_path: Path) -> None:
    """Every control of the dialogs has a name."""
    from PySide6.QtWidgets import QWidget

    page.tools.open_filter()
    page.tools.open_columns()
    page.tools.explain_field("topographie")
    dialogs = [replacing(page), page.findChild(ColumnsDialog), page.findChild(FieldDialog)]
    settle()
    for dialog in [*dialogs, page.tools.filter_bar]:
        assert dialog is not None
        for widget in dialog.findChildren(QWidget):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
                named = widget.accessibleName() or getattr(widget, "text", str)()
                inside = type(widget.parent()).__name__ in ("QComboBox", "QSpinBox")
                assert named or inside, (type(dialog).__name__, type(widget).__name__)
    for dialog in dialogs:
        assert dialog is not None
        dialog.close()


def test_a_whole_column_selected_costs_nothing_to_paint(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A header that asks each cell whether it can be selected would hold the window for seconds."""
    mapped = small_batch()
    rows = pl.concat([mapped.frame] * 200).with_columns(row_id=pl.int_range(1, 1601, dtype=pl.UInt32))
    taken = take_snapshot(rows, Checker(mapped.contract, TODAY).check(rows.head(8)))
    asked: list[int] = []
    plain = GridModel.flags

    def counted(self: GridModel, index: QModelIndex) -> Qt.ItemFlag:
        asked.append(1)
        return plain(self, index)

    monkeypatch.setattr(GridModel, "flags", counted)
    grid, model = GridView("fr"), GridModel(mapped.contract, "fr")
    qtbot.addWidget(grid)
    grid.open(model)
    model.show(taken, arrange(taken, Selection(all_rows=True)))
    grid.resize(900, 300)
    with qtbot.waitExposed(grid):
        grid.show()
    grid.setCurrentIndex(model.index(0, 2))
    QTest.keyClick(grid, Key.Key_Space, Mod.ControlModifier)
    assert grid.range() is not None
    asked.clear()
    grid.grab()
    assert len(asked) < 1600


def test_rows_of_several_files_have_a_facet_of_their_file(
    qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle
) -> None:
    mapped, way = small_batch(), ImportOptions("delimited")
    parts = tuple(FilePart(name, name, "ab" * 32, 10, 4, way) for name in ("nord.csv", "sud.csv"))
    options = replace(way, parts=parts)
    batch = workspace.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}", options=options)
    page = FixPage(session)
    qtbot.addWidget(page)
    put_on_bench(session, workspace, mapped, batch.id)
    settle()
    assert page.outcome is not None
    assert dict(page.outcome.view.counts["file"]) == {"nord.csv": 2, "sud.csv": 2}
    page.facets.toggled.emit("file", "sud.csv")
    settle()
    assert [page.model.row_id(row) for row in range(page.model.rowCount())] == [5, 6]
