"""What a screen reader is told, where the keyboard gets, and that one sees where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui import theme
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.conftest import read_and_check
from tests.ui.fix_parts import put_on_bench, small_batch
from tests.ui.journey_samples import small_sample
from tests.ui.page_walk import controls, is_named, one_of_many, reached, told

Settle = Callable[[], None]
PAGES = ("batches", "load", "map", "fix", "send", "feedback", "quality", "settings")
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints|raise\\(\\)|grabbing the keyboard", extend=True)


@pytest.fixture
def filled(
    qtbot: QtBot, window: MainWindow, session: Session, settle: Settle, shared: Path, tmp_path: Path
) -> MainWindow:
    """Every page has something to show."""
    window.resize(1366, 768)
    window.open_files([small_sample("desordre", shared / "samples", tmp_path)])
    settle()
    read_and_check(session, settle)
    return window


def open_page(qtbot: QtBot, window: MainWindow, key: str, settle: Settle) -> QWidget:
    window.go(key)
    settle()
    qtbot.wait(20)
    settle()
    assert QApplication.focusWidget() is not None
    return window.pages[key]


def test_every_control_is_named_and_reached_by_tab(qtbot: QtBot, filled: MainWindow, settle: Settle) -> None:
    for key in PAGES:
        open_page(qtbot, filled, key, settle)
        wanted = controls(filled)
        assert [widget for widget in wanted if not is_named(widget)] == [], key
        met = reached()
        missed = [widget for widget in wanted if widget not in met and not one_of_many(widget)]
        names = ", ".join(f"{type(each).__name__} {each.accessibleName()}" for each in missed)
        assert not missed, f"{key}: {names}"


@pytest.mark.parametrize("dark", [False, True])
def test_one_sees_where_the_keyboard_is(
    qtbot: QtBot, qapp: QApplication, filled: MainWindow, settle: Settle, dark: bool
) -> None:
    theme.apply(qapp, dark=dark)
    unseen = []
    for key in PAGES:
        open_page(qtbot, filled, key, settle)
        for control in controls(filled):
            elsewhere = next(each for each in controls(filled) if each is not control)
            bring_in_sight(control)
            elsewhere.setFocus()
            before = picture(filled, control)
            control.setFocus()
            if control.hasFocus() and changed(before, picture(filled, control)) < 20:
                unseen.append(f"{key}: {type(control).__name__} {control.accessibleName()}")
    assert unseen == [], ", ".join(unseen)


def bring_in_sight(control: QWidget) -> None:
    """As Tab does it."""
    area = control.parentWidget()
    while area is not None:
        if isinstance(area, QScrollArea) and area.widget() is not None:
            area.ensureWidgetVisible(control)
        area = area.parentWidget()


def picture(window: MainWindow, control: QWidget) -> QImage:
    """The control and a margin around it, as the screen shows them."""
    QApplication.processEvents()
    rect = QRect(control.mapTo(window, QPoint()), control.size()).adjusted(-4, -4, 4, 4)
    return window.grab(rect.intersected(window.rect())).toImage().convertToFormat(QImage.Format.Format_RGB32)


def changed(one: QImage, other: QImage) -> int:
    """How many pixels differ by what an eye can see."""
    if one.size() != other.size():
        return one.width() * one.height()
    count = 0
    for y in range(one.height()):
        for x in range(one.width()):
            a, b = one.pixelColor(x, y), other.pixelColor(x, y)
            if abs(a.lightness() - b.lightness()) > 24:
                count += 1
                if count >= 40:
                    return count
    return count


def test_a_cell_tells_field_value_and_finding(
    qtbot: QtBot, window: MainWindow, session: Session, workspace: Workspace, settle: Settle
) -> None:
    put_on_bench(session, workspace, small_batch())
    page = open_page(qtbot, window, "fix", settle)
    assert isinstance(page, FixPage)
    table = told(page.grid)
    assert table.role() == QAccessible.Role.Table and table.text(QAccessible.Text.Name) == "Lignes du lot"
    columns = page.model.columnCount()
    assert table.childCount() == (page.model.rowCount() + 1) * (columns + 1)
    at = page.model.column_of("sexe")

    def name(row: int, column: int) -> str:
        """Row 0 holds the headers of the columns, column 0 those of the rows."""
        child = table.child(row * (columns + 1) + column)
        assert child is not None
        return child.text(QAccessible.Text.Name)

    assert name(0, at + 1) == "Sexe"
    assert name(1, 0) == "2", "the row in the file"
    assert name(1, at + 1) == "Sexe\N{NO-BREAK SPACE}: 7. Erreur COD-sexe\N{NO-BREAK SPACE}: " + (
        "Sexe\N{NO-BREAK SPACE}: code hors de la liste"
    )
    assert name(1, page.model.column_of("matricule_ins") + 1).endswith(": vide")
    page.desk.edit([(2, "sexe", "2")])
    settle()
    assert name(1, at + 1) == "Sexe\N{NO-BREAK SPACE}: 2"
    assert name(1, 0) == "✓ 2"
