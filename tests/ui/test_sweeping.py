"""Widgets that nobody holds any more go on the UI thread, whichever thread makes the garbage."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.progress import Progress
from desktop_app.ui import tasks
from tests.ui.conftest import Settle


class Held(QWidget):
    """Holds itself, as a window does whose button calls one of its methods."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def left_behind(went: list[int]) -> None:
    weakref.finalize(Held(), lambda: went.append(threading.get_ident()))


def test_a_widget_goes_on_the_ui_thread_however_busy_another_one_is(qtbot: QtBot, settle: Settle) -> None:
    owner, went, kept = QWidget(), list[int](), list[object]()
    qtbot.addWidget(owner)
    left_behind(went)

    def work(progress: Progress) -> list[list[int]]:
        return [[number] for number in range(200 * gc.get_threshold()[0])]

    tasks.run(owner, work, kept.append)
    settle()
    qtbot.waitUntil(lambda: bool(went), timeout=20_000)
    assert went == [threading.get_ident()]
