"""Work under way: how long it will take, a file that does not come, and a cancel that is heard at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.core.progress import Progress
from desktop_app.ui import tasks
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.widgets.progress import SLOW_AFTER, Pace
from validation_rules.text import Text

Settle = Callable[[], None]
READING = Text("Lecture", "Reading")
MEGA = 1_000_000


class Clocks:
    """The hour and the work done, as a test says."""

    def __init__(self) -> None:
        self.now = self.worked = 0.0

    def pace(self) -> Pace:
        return Pace(lambda: self.now, lambda: self.worked)


def test_the_time_left_follows_the_speed() -> None:
    clocks = Clocks()
    pace = clocks.pace()
    pace.note(0, 100 * MEGA)
    clocks.now = 2.0
    pace.note(10 * MEGA, 100 * MEGA)
    assert pace.left() is None  # too early to tell
    clocks.now = 10.0
    pace.note(50 * MEGA, 100 * MEGA)
    assert pace.left() == 10.0
    pace.note(90 * MEGA, 100 * MEGA)
    assert pace.left() is None  # not worth it


def test_what_counts_something_else_is_timed_anew() -> None:
    clocks = Clocks()
    pace = clocks.pace()
    pace.note(0, 100)
    clocks.now = 10.0
    pace.note(100, 100)
    pace.note(0, 5000)
    clocks.now = 14.0
    pace.note(1000, 5000)
    assert pace.left() == 16.0


def test_an_end_that_is_estimated_may_move() -> None:
    clocks = Clocks()
    pace = clocks.pace()
    for step in range(1, 6):
        clocks.now = 2.0 * step
        pace.note(1000 * step, 10_000 + 100 * step)
    left = pace.left()
    assert left is not None and 10 < left < 12


def test_a_file_that_does_not_come_is_told_from_work_that_takes_long() -> None:
    clocks = Clocks()
    pace = clocks.pace()
    pace.note(5, 100)
    clocks.now = 6.0
    pace.note(5, 100)  # still heard, but nothing has come
    assert pace.waited() == 6.0
    clocks.worked = 5.0
    assert pace.waited() == 0.0
    pace.note(6, 100)
    clocks.now = 12.0
    assert pace.waited() == 6.0


@pytest.fixture
def stalled() -> Iterator[Callable[[Progress], None]]:
    go = threading.Event()

    def work(progress: Progress) -> None:
        progress(3, 10, READING)
        go.wait(20)

    yield work
    go.set()


def test_the_window_says_that_a_share_does_not_answer(
    window: MainWindow, qtbot: QtBot, stalled: Callable[[Progress], None], settle: Settle
) -> None:
    owner, clocks = QObject(), Clocks()
    job = tasks.run(owner, stalled, lambda value: None, label="Lecture", lane="io", loose=True)
    window.strip._pace = clocks.pace()
    qtbot.waitUntil(window.strip.isVisible, timeout=3000)
    clocks.now = SLOW_AFTER + 1
    window.strip.look()
    assert "5" in window.strip._label.text() and "partage" in window.strip._label.text()
    begun = time.monotonic()
    with qtbot.waitSignal(job.finished, timeout=2000):
        window.strip._cancel.click()
    assert time.monotonic() - begun < 0.4  # 200 ms is promised; machines that run tests are shared
    assert not window.strip.isVisible()


def test_a_cancelled_reading_is_over_at_once_and_the_file_stays_at_hand(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "grand.csv"
    with path.open("wb") as file:
        file.write(b"N;Nom;Sexe;Date\n")
        for _ in range(40):
            file.write(b"123456;EXEMPLE;1;01/02/2020\n" * 50_000)
    session = window.session
    session.open_file(path)
    settle()
    job = session.read()
    with qtbot.waitSignal(job.progressed, timeout=20_000):
        pass
    begun = time.monotonic()
    with qtbot.waitSignal(job.finished, timeout=5000):
        window.strip.cancel()
    assert time.monotonic() - begun < 0.4  # 200 ms is promised; machines that run tests are shared
    assert session.extract is None and session.preview is not None and not session.busy
    qtbot.waitUntil(lambda: tasks.lanes().stuck == 0, timeout=20_000)
