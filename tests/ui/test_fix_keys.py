"""Keys of a spreadsheet: what is selected is what is in sight, and what is typed is what is written."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.delegate import put_value, take_value, value_editor
from desktop_app.ui.models.selection import Selection
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.conftest import Settle
from tests.ui.fix_parts import ROWS, page_alone, put_on_bench, small_batch
from tests.ui.journey_hands import CTRL, SHIFT, Key, press, write
from validation_rules.contract import load_contract

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    """The small batch, all its rows in view, the keyboard in the grid."""
    made = page_alone(qtbot, session, workspace, settle)
    made.desk.select(Selection(all_rows=True))
    settle()
    made.grid.setFocus()
    return made


def at(page: FixPage, row_id: int, field: str) -> QModelIndex:
    row = page.model.row_of(row_id)
    assert row is not None
    return page.model.index(row, page.model.column_of(field))


def stand(page: FixPage, row_id: int, field: str) -> None:
    """The cursor on a cell, which alone is selected, whatever keys the application thinks are held."""
    alone = QItemSelectionModel.SelectionFlag.ClearAndSelect
    page.grid.selectionModel().setCurrentIndex(at(page, row_id, field), alone)


def selected(page: FixPage) -> list[tuple[int, int]]:
    return [(each.row(), each.column()) for each in page.grid.selectionModel().selectedIndexes()]


@pytest.mark.parametrize("key", [Key.Key_Down, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_PageDown])
def test_with_ctrl_the_selection_goes_where_the_cursor_goes(page: FixPage, key: Qt.Key) -> None:
    stand(page, 3, "sexe")
    press(key, CTRL)
    here = page.grid.currentIndex()
    assert here != at(page, 3, "sexe")
    assert selected(page) == [(here.row(), here.column())], "what is left behind would be written into"


def test_ctrl_shift_end_selects_all_the_way(page: FixPage) -> None:
    stand(page, 3, "sexe")
    press(Key.Key_End, CTRL, SHIFT)
    start, last = at(page, 3, "sexe"), page.model.columnCount() - 1
    assert len(selected(page)) == (ROWS - start.row()) * (last - start.column() + 1)


def test_ctrl_home_then_delete_leaves_the_cell_it_came_from(page: FixPage, settle: Settle) -> None:
    stand(page, 6, "sexe")
    before = at(page, 6, "sexe").data()
    press(Key.Key_Home, CTRL)
    press(Key.Key_Delete)
    settle()
    assert at(page, 6, "sexe").data() == before
    assert not at(page, 1, page.model.fields[0].name).data()


def test_what_is_typed_without_a_pause_lands_row_by_row(page: FixPage, settle: Settle) -> None:
    """Qt is given no time between the keys, as when the program was busy while a person typed."""
    stand(page, 1, "numero_patient")
    for typed in ("AA", "BB", "CC"):
        for letter in typed:
            QTest.keyClicks(QApplication.focusWidget() or page, letter)
        QTest.keyClick(QApplication.focusWidget() or page, Key.Key_Return)
    settle()
    assert [at(page, row, "numero_patient").data() for row in (1, 2, 3)] == ["AA", "BB", "CC"]


def test_shift_enter_and_the_arrows_leave_a_cell_as_a_spreadsheet_does(page: FixPage, settle: Settle) -> None:
    stand(page, 4, "topographie")
    write("C18.0")
    press(Key.Key_Return, SHIFT)
    assert page.grid.currentIndex() == at(page, 3, "topographie")
    write("C18.1")
    press(Key.Key_Down)
    assert page.grid.currentIndex() == at(page, 4, "topographie")
    settle()
    assert [at(page, row, "topographie").data() for row in (3, 4)] == ["C18.1", "C18.0"]


def test_the_frozen_columns_show_the_row_they_stand_beside(
    qtbot: QtBot, page: FixPage, workspace: Workspace, settle: Settle
) -> None:
    put_on_bench(page.session, workspace, small_batch(400))
    settle()
    assert page.grid.go_to(400, "topographie"), page.model.rowCount()
    settle()
    assert page.grid.currentIndex() == at(page, 400, "topographie")
    for all_rows in (True, False, True):
        page.desk.select(Selection(all_rows=all_rows))
        settle()
        assert page.grid.currentIndex() == at(page, 400, "topographie")
        same_lines(page)
    page.grid.verticalScrollBar().setValue(page.grid.verticalScrollBar().maximum())
    same_lines(page)


def same_lines(page: FixPage) -> None:
    """What is beside a row is of that row."""
    grid, frozen = page.grid, page.grid._frozen
    assert frozen.isVisible()
    column = page.model.column_of("topographie")
    for line in range(page.model.rowCount()):
        there, beside = (
            view.visualRect(page.model.index(line, of)) for view, of in ((grid, column), (frozen, 0))
        )
        assert there.top() == beside.top(), f"line {line} stands beside another"


def _codes(field: str) -> QComboBox:
    editor = value_editor(load_contract().field(field), "fr")
    assert isinstance(editor, QComboBox)
    return editor


@pytest.mark.parametrize(
    ("typed", "taken"), [("masc", "1"), ("Féminin", "2"), ("feminin", "2"), ("1", "1"), ("x", "x")]
)
def test_a_code_is_found_by_a_word_of_its_line(qtbot: QtBot, typed: str, taken: str) -> None:
    box = _codes("sexe")
    qtbot.addWidget(box)
    put_value(box, "7")
    line = box.lineEdit()
    assert line is not None
    line.clear()
    line.insert(typed)
    assert line.text() == typed, "nothing is written that was not typed"
    assert take_value(box) == taken


def test_a_code_is_found_in_any_case(qtbot: QtBot) -> None:
    for field in load_contract().fields:
        if not field.codes or field.separator:
            continue
        box = _codes(field.name)
        qtbot.addWidget(box)
        for code in field.codes:
            box.setEditText(code.lower())
            assert take_value(box).casefold() == code.casefold()


def test_a_value_that_is_only_looked_at_stays(qtbot: QtBot) -> None:
    box = _codes("sexe")
    qtbot.addWidget(box)
    put_value(box, "masculin")
    assert take_value(box) == "masculin"
