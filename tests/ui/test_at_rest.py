"""A window in which nothing happens does nothing: a layout that asks for itself again keeps a core busy, and
everything that works in the background waits for it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.ui.main_window import MainWindow
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


@pytest.mark.parametrize("width", [1100, 1600])
def test_no_page_works_when_nothing_happens(
    qapp: QApplication,
    qtbot: QtBot,
    window: MainWindow,
    session: Session,
    settle: Settle,
    shared: Path,
    tmp_path: Path,
    width: int,
) -> None:
    window.resize(width, 800)
    window.show()
    window.open_files([small_sample("desordre", shared / "samples", tmp_path)])
    settle()
    read_and_check(session, settle)
    busy = {}
    for name in window.pages:
        window.go(name)
        settle()
        qtbot.wait(200)  # what was made is shown, and shown again where that changed something
        count = Count()
        qapp.installEventFilter(count)
        qtbot.wait(REST_MS)
        qapp.removeEventFilter(count)
        if many := {kind: times for kind, times in count.seen.items() if times > MOST}:
            busy[name] = many
    assert not busy
