"""The page as a person uses it: real batch, real workspace, keys and mouse."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui.fix.delegate import put_value
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.fix_parts import page_alone

Settle = Callable[[], None]
Key = Qt.Key
# The offscreen platform says so of every window whose least size changes; it has no screen to care.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    return page_alone(qtbot, session, workspace, settle)


def rules_left(page: FixPage) -> set[str]:
    assert page.session.bench is not None
    return set(page.session.bench.checked().blocking()["rule_id"].cast(str).to_list())


def at(page: FixPage, row_id: int, field: str) -> QModelIndex:
    row = page.model.row_of(row_id)
    assert row is not None
    return page.model.index(row, page.model.column_of(field))


def press(qtbot: QtBot, page: FixPage, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key to whatever has the keyboard now."""
    target: QWidget = page.focusWidget() or page
    held = Qt.KeyboardModifier.NoModifier
    for each in modifiers:
        held |= each
    QTest.keyClick(target, key, held)


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def test_without_a_batch_the_page_says_what_it_is_for(qtbot: QtBot, session: Session) -> None:
    empty = FixPage(session)
    qtbot.addWidget(empty)
    while empty.make_ahead():
        pass
    empty.show()
    words = [label.text() for label in empty.findChildren(QLabel) if label.isVisible() and label.text()]
    assert empty.outcome is None and words == [empty.title(), empty.purpose()]
    # The panes that are made beforehand are not seen before their time.
    assert not [view for view in empty.findChildren(QAbstractItemView) if view.isVisible()]


def test_the_worst_finding_is_on_the_card_at_once(page: FixPage) -> None:
    assert page.card.case is not None and page.card.case.rule_id == "COD-sexe"
    assert page.grid.currentIndex() == at(page, 2, "sexe")
    assert page.summary.sentence.startswith("3")


def test_by_keyboard_alone_until_nothing_blocks(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    press(qtbot, page, Key.Key_F4)
    QTest.keyClicks(page.focusWidget(), "2")
    press(qtbot, page, Key.Key_Return)
    settle()
    assert rules_left(page) == {"COD-sexe", "REQ-comportement", "GRA-04"}
    for new in ("2", "3"):
        press(qtbot, page, Key.Key_F8)
        press(qtbot, page, Key.Key_F4)
        QTest.keyClicks(page.focusWidget(), new)
        press(qtbot, page, Key.Key_Return)
        settle()
    assert rules_left(page) == {"GRA-04"}
    press(qtbot, page, Key.Key_F8)
    page.card.confirm.reason.setFocus()
    press(qtbot, page, Key.Key_Down)
    press(qtbot, page, Key.Key_Return, CTRL, SHIFT)
    settle()
    assert rules_left(page) == set()
    assert not page.summary.button.isHidden()


def test_by_mouse(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    left = Qt.MouseButton.LeftButton
    button = page.card.correct._scopes.button(1)
    QTest.mouseClick(button, left, pos=QPoint(8, button.height() // 2))
    put_value(page.card.correct.editor, "2")
    QTest.mouseClick(page.card.correct.button, left)
    settle()
    assert rules_left(page) == {"REQ-comportement", "GRA-04"}
    cell = at(page, 6, "grade")
    page.grid.scrollTo(cell)
    QTest.mouseClick(page.grid.viewport(), left, pos=page.grid.visualRect(cell).center())
    assert page.card.case is not None and page.card.case.rule_id == "GRA-04"
    page.card.confirm.reason.setCurrentIndex(0)
    QTest.mouseClick(page.card.confirm.button, left)
    settle()
    assert rules_left(page) == {"REQ-comportement"}
    QTest.mouseClick(page.card.confirm.button, left)
    settle()
    assert rules_left(page) == {"REQ-comportement", "GRA-04"}, "the confirmation is taken back"


def test_enter_moves_down_by_one(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(at(page, 2, "date_incidence"))
    QTest.keyClick(page.grid, Key.Key_F2)
    editor = page.grid.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClick(editor, Key.Key_Return)
    qtbot.waitUntil(lambda: page.grid.currentIndex() == at(page, 3, "date_incidence"))
    QTest.keyClick(page.grid, Key.Key_Return)
    assert page.grid.currentIndex() == at(page, 5, "date_incidence")


def test_typing_overwrites(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(at(page, 6, "date_incidence"))
    QTest.keyClicks(page.grid, "2")
    editor = page.grid.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "022-05-06")
    QTest.keyClick(editor, Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: at(page, 6, "date_incidence").data() == "2022-05-06")
    assert page.grid.currentIndex().row() == at(page, 6, "sexe").row()  # the last row in view


def test_escape_leaves_the_cell_as_it_was(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(at(page, 6, "topographie"))
    QTest.keyClick(page.grid, Key.Key_F2)
    editor = page.grid.findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "C18.0")
    QTest.keyClick(editor, Key.Key_Escape)
    settle()
    assert at(page, 6, "topographie").data() == "C50.9"


def test_the_new_value_is_shown_only_once_it_is_on_disk(page: FixPage, settle: Settle) -> None:
    from desktop_app.ui.models.grid import PENDING_ROLE

    page.model.setData(at(page, 2, "sexe"), "2")
    assert at(page, 2, "sexe").data() == "7"
    assert at(page, 2, "sexe").data(PENDING_ROLE)
    settle()
    assert at(page, 2, "sexe").data() == "2"
    assert not at(page, 2, "sexe").data(PENDING_ROLE)


def test_undo_redo_paste_fill_and_clear(qtbot: QtBot, page: FixPage, settle: Settle) -> None:
    page.grid.setFocus()
    page.grid.setCurrentIndex(at(page, 2, "sexe"))
    QGuiApplication.clipboard().setText("1\r\n2\r\n")
    press(qtbot, page, Key.Key_V, CTRL)
    settle()
    assert [at(page, row, "sexe").data() for row in (2, 3)] == ["1", "2"]
    press(qtbot, page, Key.Key_Z, CTRL)
    settle()
    assert [at(page, row, "sexe").data() for row in (2, 3)] == ["7", "7"]
    press(qtbot, page, Key.Key_Y, CTRL)
    settle()
    press(qtbot, page, Key.Key_Delete)
    settle()
    assert at(page, 2, "sexe").data() == ""
    page.grid.setCurrentIndex(at(page, 3, "sexe"))
    press(qtbot, page, Key.Key_D, CTRL)
    settle()
    assert at(page, 3, "sexe").data() == ""


def test_a_corrected_row_leaves_when_the_filter_is_applied_again(
    qtbot: QtBot, page: FixPage, settle: Settle
) -> None:
    page.facets.toggled.emit("state", "open")
    settle()
    page.model.edit_asked.emit([(2, "sexe", "2")])
    settle()
    assert page.model.row_of(2) is not None
    press(qtbot, page, Key.Key_F5)
    settle()
    assert page.model.row_of(2) is None


def test_facets_narrow_and_reset_brings_everything_back(page: FixPage, settle: Settle) -> None:
    page.facets.toggled.emit("rule_id", "GRA-04")
    settle()
    assert page.model.rowCount() == 1 and page.toolbar.reset.isEnabled()
    page.reset()
    settle()
    assert page.model.rowCount() == 4


def test_go_to_row_says_when_the_row_is_not_shown(page: FixPage, settle: Settle) -> None:
    told: list[str] = []
    page.session.advice.connect(told.append)
    page.tools.go_to_row(8)
    assert "8" in told[0]
    page.toolbar.all_rows.setChecked(True)
    settle()
    page.tools.go_to_row(8)
    assert page.model.row_id(page.grid.currentIndex().row()) == 8


def test_panes_follow_f6(qtbot: QtBot, page: FixPage) -> None:
    page.facets.tree.setFocus()
    seen = []
    for _ in range(4):
        press(qtbot, page, Key.Key_F6)
        seen.append(page.focusWidget())
    assert seen[0] is page.grid and seen[1] is page.findings.tree and seen[3] is page.facets.tree


def test_identifiers_stay_in_place_when_the_grid_scrolls(page: FixPage) -> None:
    page.grid.horizontalScrollBar().setValue(600)
    assert page.grid._frozen.isVisible()
    page.grid.edit(at(page, 2, "numero_patient"))
    assert not page.grid._frozen.isVisible(), "an identifier is edited in the grid itself"


def test_a_correction_can_be_put_back(page: FixPage, settle: Settle) -> None:
    page.model.edit_asked.emit([(2, "sexe", "2")])
    settle()
    page.findings.history.selectRow(0)
    page.findings._ask_discard()
    settle()
    assert at(page, 2, "sexe").data() == "7"


def test_every_control_has_a_name(page: FixPage) -> None:
    for widget in page.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            named = widget.accessibleName() or getattr(widget, "text", str)() or widget.parent() is None
            inside = isinstance(widget.parent(), QComboBox)
            assert named or inside, type(widget).__name__


def test_sizes_of_panes_are_kept(qtbot: QtBot, page: FixPage, workspace: Workspace) -> None:
    page._panes["panes"].setSizes([300, 800])
    kept = page._panes["panes"].sizes()
    page.hide()
    assert workspace.settings.get("fix.panes", {"panes": [0]})["panes"] == kept
