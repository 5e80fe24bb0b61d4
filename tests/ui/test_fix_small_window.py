"""What is beside and over the grid keeps to the room that a small window or a small screen leaves."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.row_filter import Operator
from desktop_app.core.workspace import Workspace
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.fix_parts import page_alone

Settle = Callable[[], None]
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


@pytest.fixture
def page(qtbot: QtBot, session: Session, workspace: Workspace, settle: Settle) -> FixPage:
    return page_alone(qtbot, session, workspace, settle)


def test_columns_in_place_leave_half_of_the_grid_to_the_others(page: FixPage) -> None:
    page.grid.set_columns(page.grid.columns.with_frozen(6))
    page.grid.go_to(2, "sexe")
    page.grid.horizontalScrollBar().setValue(900)
    room = page.grid.viewport().width()
    assert 0 < page.grid._frozen.covered() <= room // 2
    assert page.grid._frozen.isColumnHidden(page.grid._frozen.count)
    assert page.grid.columns.frozen == 6, "what was chosen is kept"
    page.resize(page.width() + 2 * room, page.height())
    assert page.grid._frozen.count == 6, "and comes back with the room"
    assert not page.grid._frozen.isColumnHidden(5)


def test_windows_beside_the_grid_keep_to_the_screen(page: FixPage, settle: Settle) -> None:
    page.windows.show_changes()
    page.tools.open_replace()
    page.tools.open_columns()
    page.tools.explain_field("sexe")
    settle()
    dialogs = [each for each in page.findChildren(QDialog) if each.isVisible()]
    assert len(dialogs) == 4
    for dialog in dialogs:
        assert page.screen().availableGeometry().contains(dialog.geometry()), type(dialog).__name__
        dialog.close()


@pytest.mark.parametrize("height", [400, 130, 70, 40])
def test_an_empty_grid_says_so_in_whatever_room_it_has(page: FixPage, settle: Settle, height: int) -> None:
    page.grid.horizontalScrollBar().setValue(600)
    page.tools.filter_bar.add("sexe", Operator.IS, "8")
    settle()
    empty, view = page.tools._empty, page.grid.viewport()
    page.grid.setFixedHeight(page.grid.height() - view.height() + height)
    QApplication.processEvents()
    assert not page.grid._frozen.isVisible(), "nothing lies over the words"
    shown = [part for part in empty.findChildren(QWidget) if part.isVisible()]
    assert {empty._title, empty.button} <= set(shown) and empty.size() == view.size()
    for part in shown:
        assert empty.rect().contains(part.geometry()) and part.height() >= part.minimumSizeHint().height()
    pairs = [(one, other) for one in shown for other in shown if one is not other]
    assert not any(one.geometry().intersects(other.geometry()) for one, other in pairs)


def test_a_low_page_keeps_rows_in_sight_and_room_for_the_value_of_a_condition(
    page: FixPage, settle: Settle
) -> None:
    page.tools.filter_bar.add("sexe", Operator.IS, "7")
    settle()
    page.resize(720, 400)
    QApplication.processEvents()
    grid = page.grid
    assert grid.viewport().height() >= 5 * grid.verticalHeader().defaultSectionSize()
    line = page.tools.filter_bar._lines[0]
    assert line.value.width() > line.field.width()
