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
from desktop_app.ui.pages.fix import FixPage

Settle = Callable[[], None]
ROWS = 200_000
BEAT_MS = 10


class Heart:
    """Beats every 10 ms on the UI thread. `worst` is the longest wait between two beats, and `own` the part
    of it, in processor time, that the UI thread itself worked: the rest belongs to who shares the machine.
    """

    def __init__(self) -> None:
        self.worst = self.own = 0.0
        self._last, self._worked = time.perf_counter(), time.thread_time()
        self.timer = QTimer()
        self.timer.setInterval(BEAT_MS)
        self.timer.timeout.connect(self._beat)
        self.timer.start()

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        self.worst = max(self.worst, (now - self._last) * 1000)
        self.own = max(self.own, (worked - self._worked) * 1000)
        self._last, self._worked = now, worked

    def lap(self) -> tuple[int, int]:
        """The worst wait and the worst own work since the last lap, ms."""
        worst = round(self.worst), round(self.own)
        self.worst = self.own = 0.0
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
    session, heart, laps = window.session, Heart(), dict[str, tuple[int, int]]()

    def wait_for_work() -> tuple[int, int]:
        qtbot.waitUntil(lambda: tasks.lanes().active == 0, timeout=300_000)
        return heart.lap()

    for key in ("load", "map", "fix"):
        window.prepare(key)
    page = window.pages["fix"]
    assert isinstance(page, FixPage)
    while page.make_ahead():  # as the window does by itself once it is started
        pass
    window.show_page("load")
    gc.collect()
    qtbot.wait(50)
    heart.lap()
    session.open_file(big)
    laps["open"] = wait_for_work()
    session.read()
    laps["read, draft, count"] = wait_for_work()
    assert session.extract is not None and session.extract.frame.height == ROWS
    assert session.recipe is not None
    session.check(session.recipe)
    laps["map, check"] = wait_for_work()
    assert session.bench is not None
    heart.timer.stop()
    with capsys.disabled():
        print(f"\nUI thread, longest (wait, own work) in ms: {laps}")
    # 100 ms is promised, and about 65 ms are measured where nothing else runs (bench_window);
    # machines that run tests are slow and shared, which the wait shows more than the own work.
    assert max(own for _, own in laps.values()) < 150
    assert max(wait for wait, _ in laps.values()) < 600
