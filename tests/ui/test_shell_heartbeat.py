"""The window answers while 200,000 rows are loaded, mapped and checked."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from desktop_app.ui import tasks
from desktop_app.ui.main_window import MainWindow

Settle = Callable[[], None]
ROWS = 200_000
BEAT_MS = 10


class Heart:
    """Beats every 10 ms on the UI thread; `worst` is the longest wait between two beats, in ms."""

    def __init__(self) -> None:
        self.worst = 0.0
        self._last = time.perf_counter()
        self.timer = QTimer()
        self.timer.setInterval(BEAT_MS)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.worst = max(self.worst, (now - self._last) * 1000)
        self._last = now

    def lap(self) -> float:
        """The worst wait since the last lap."""
        worst, self.worst = self.worst, 0.0
        return worst


@pytest.fixture(scope="module")
def big(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample extract again and again, with new patient numbers."""
    head, *rows = (shared / "samples/registre/extrait.csv").read_bytes().splitlines(keepends=True)
    path = tmp_path_factory.mktemp("big") / "grand.csv"
    with path.open("wb") as file:
        file.write(head)
        for number in range(ROWS):
            row = rows[number % len(rows)]
            file.write(b"%d" % (number // len(rows)) + row if number >= len(rows) else row)
    return path


@pytest.mark.slow
def test_no_stall_while_loading_mapping_and_checking(
    window: MainWindow, big: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    session, heart, laps = window.session, Heart(), {}

    def wait() -> float:
        qtbot.waitUntil(lambda: tasks.lanes().active == 0, timeout=300_000)
        return heart.lap()

    window.show_page("load")
    gc.collect()
    heart.lap()
    session.open_file(big)
    laps["open"] = wait()
    session.read()
    laps["read, draft, count"] = wait()
    assert session.extract is not None and session.extract.frame.height == ROWS
    assert session.recipe is not None
    session.check(session.recipe)
    laps["map, check"] = wait()
    assert session.bench is not None
    heart.timer.stop()
    with capsys.disabled():
        print("\nlongest wait of the UI thread, ms:", {name: round(worst) for name, worst in laps.items()})
    # The aim is 100 ms; a loaded test machine with two cores may take a thread away for longer.
    assert max(laps.values()) < 1000
