"""A window in which nothing happens does nothing: a layout that asks for itself again keeps a core busy, and
everything that works in the background waits for it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from desktop_app.ui.fix.toolbar import least
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.ui.conftest import Settle, read_and_check
from tests.ui.journey_samples import small_sample

REST_MS = 400
WORKING = (QEvent.Type.LayoutRequest, QEvent.Type.UpdateRequest, QEvent.Type.MetaCall, QEvent.Type.Timer)
MOST = 12  # events of a kind: clocks that tell when something was saved, a cursor that blinks


class Count(QObject):
    """How many events of each kind come to the widgets of the program."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: Counter[tuple[str, str]] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in WORKING:
            self.seen[type(watched).__name__, event.type().name] += 1
        return False


def busy(qapp: QApplication, qtbot: QtBot) -> dict[tuple[str, str], int]:
    """What comes too often while nothing happens, and how often."""
    qtbot.wait(200)  # what was made is shown, and shown again where that changed something
    count = Count()
    qapp.installEventFilter(count)
    qtbot.wait(REST_MS)
    qapp.removeEventFilter(count)
    return {kind: times for kind, times in count.seen.items() if times > MOST}


@pytest.fixture(params=[1100, pytest.param(1600, marks=pytest.mark.slow)])
def filled(
    request: pytest.FixtureRequest,
    window: MainWindow,
    session: Session,
    settle: Settle,
    shared: Path,
    tmp_path: Path,
) -> MainWindow:
    """Every page has something to show, in a small window and in a large one."""
    window.resize(request.param, 800)
    window.show()
    window.open_files([small_sample("desordre", shared / "samples", tmp_path)])
    settle()
    read_and_check(session, settle)
    return window


def test_no_page_works_when_nothing_happens(
    qapp: QApplication, qtbot: QtBot, filled: MainWindow, settle: Settle
) -> None:
    told = {}
    for name in filled.pages:
        filled.go(name)
        settle()
        told[name] = busy(qapp, qtbot)
    assert not any(told.values()), told


def test_no_window_beside_the_grid_does_either(
    qapp: QApplication, qtbot: QtBot, filled: MainWindow, settle: Settle
) -> None:
    page = filled.pages["fix"]
    assert isinstance(page, FixPage)
    filled.go("fix")
    page.grid.go_to(1, "sexe")
    settle()
    told = {}
    tools = page.tools
    for name, opens in {
        "filter": tools.open_filter,
        "replace": tools.open_replace,
        "columns": tools.open_columns,
        "field": tools.explain_current,
        "changes": page.windows.show_changes,
    }.items():
        opens()
        settle()
        told[name] = busy(qapp, qtbot)
        for dialog in filled.findChildren(QDialog):
            dialog.close()
    assert not any(told.values()), told


def test_the_line_above_the_grid_knows_the_room_it_needs_without_asking_its_layout(
    filled: MainWindow, settle: Settle
) -> None:
    page = filled.pages["fix"]
    assert isinstance(page, FixPage)
    filled.go("fix")
    settle()
    for text in ("", "Les 1 000 000 lignes, celles qui ont un constat"):
        page.toolbar._amount.setText(text)
        for half in (page.toolbar._left, page.toolbar._right):
            known = least(half)
            half.invalidate()
            assert known == half.minimumSize().width()
