"""The real window on a million rows, as a person goes through it: time of each step, and the worst stall.

    .venv/bin/python -m tests.benchmarks.bench_window [ROWS] [--trace]

A timer beats every 5 ms on the UI thread; the longest time between two beats is the stall. Beside it: the
most processor time that the UI thread itself took between two beats and, on Linux, the longest stall but for
the time in which the thread was ready and no core was free (on a busy machine, another program's). With
`--trace`, the stacks of all threads are told when no beat comes for 80 ms.
"""

from __future__ import annotations

import faulthandler
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["NAVETTE_PASSPHRASE"] = "mesure de la fenêtre"

from desktop_app.allocation import SETTING, SOONER, give_back_sooner

os.environ.setdefault(SETTING, SOONER)  # as the program does, before anything imports Polars

import polars as pl
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.demo.large import write_large
from desktop_app.ui import i18n, tasks, theme
from desktop_app.ui.app import application
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from desktop_app.ui.start import Start

BEAT_MS = 5
TRACE_AFTER = 0.08
TODAY = date(2026, 11, 22)
SEARCHED = ("commune_residence", "grade", "topographie")
Step = tuple[str, Callable[[], object]]


class Heart(QObject):
    """Beats on the UI thread; knows the longest pause, and the busiest, since it was asked last."""

    def __init__(self, *, trace: bool) -> None:
        super().__init__()
        self._trace = trace
        self.start()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def start(self) -> None:
        """Counts from now."""
        self._last, self._spent, self._waited = time.perf_counter(), time.thread_time(), waited()
        self._worst = self._busiest = self._own = 0.0

    def stop(self) -> tuple[float, float, float]:
        """Between two beats, ms: the longest pause, the most the UI thread computed, the longest pause but
        for the wait for a core."""
        self._beat()
        return self._worst * 1000, self._busiest * 1000, self._own * 1000

    def _beat(self) -> None:
        now, spent, wait = time.perf_counter(), time.thread_time(), waited()
        self._worst = max(self._worst, now - self._last)
        self._busiest = max(self._busiest, spent - self._spent)
        self._own = max(self._own, now - self._last - (wait - self._waited))
        self._last, self._spent, self._waited = now, spent, wait
        if self._trace:
            faulthandler.dump_traceback_later(TRACE_AFTER)


def waited() -> float:
    """Seconds for which this thread was ready to run and had no core; 0 where the system does not say."""
    told = Path("/proc/thread-self/schedstat")
    return int(told.read_bytes().split()[1]) / 1e9 if told.exists() else 0.0


def settle() -> None:
    """Lets the window live until no work is left and everything is painted."""
    for _ in range(3):
        while tasks.lanes().active:
            QApplication.processEvents()
            time.sleep(0.0005)
        for _ in range(10):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
            time.sleep(0.001)


def resident() -> float:
    """MiB of memory that the process holds now; nan where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    held = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(held.split()[1]) / 1024


def most() -> float:
    """MiB that it held at most since `forget_most`; nan where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return float("nan")
    held = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(held.split()[1]) / 1024


def forget_most() -> None:
    """From now on `most` counts anew, where the system can."""
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")


def measure(heart: Heart, name: str, action: Callable[[], object]) -> float:
    """Prints wall and processor time of a step until it is seen, and its worst stall, which it returns."""
    settle()
    forget_most()
    heart.start()
    began, worked = time.perf_counter(), time.process_time()
    action()
    settle()
    took, worked = time.perf_counter() - began, time.process_time() - worked
    stall, busy, own = heart.stop()
    times = f"{took:>8.2f} s{worked:>8.2f} s{stall:>8.0f} ms{busy:>8.0f} ms{own:>8.0f} ms"
    told = f"{name:<28}{times}{resident():>8.0f}{most():>8.0f} MiB\n"
    sys.stdout.write(told)
    sys.stdout.flush()
    return stall


def cells_found(frame: pl.DataFrame) -> pl.DataFrame:
    """A search through three columns, and what it writes in a tenth of their cells."""
    rows = frame.select("row_id", *SEARCHED)
    long = rows.unpivot(index="row_id", variable_name="field", value_name="old")
    found = long.filter(pl.col("row_id") % 10 < 3, pl.col("field") == "commune_residence")
    return found.select("row_id", "field", new=pl.lit("75056"))


def replaced(frame: pl.DataFrame, share: int) -> pl.DataFrame:
    """The cells of three columns that a search finds and replaces: `share` in ten of them all."""
    by = {"commune_residence": "75056", "grade": "3", "topographie": "C50.9"}
    rows = frame.select("row_id", *SEARCHED).filter(pl.col("row_id") % 10 < share)
    long = rows.unpivot(index="row_id", variable_name="field", value_name="old")
    return long.select("row_id", "field", new=pl.col("field").replace_strict(by))


def steps(window: MainWindow, start: Start, path: Path) -> list[Step]:
    """What a person does, station after station."""
    session = window.session

    def begin() -> None:
        start.begin()
        until = time.perf_counter() + 4
        while time.perf_counter() < until:
            QApplication.processEvents()
            time.sleep(0.0005)

    def page() -> FixPage:
        found = window.pages["fix"]
        if not isinstance(found, FixPage):
            raise TypeError("another page stands in the place of Fix")
        return found

    def check() -> None:
        if session.recipe is None:
            raise RuntimeError("the file was not read")
        session.check(session.recipe)

    def scroll() -> None:
        bar = page().grid.verticalScrollBar()
        for step in range(60):
            bar.setValue(bar.maximum() * step // 60)
            QApplication.processEvents()

    def replace_some() -> None:
        page().desk.perform(lambda bench: bench.edit(cells_found(bench.frame)))

    found: list[pl.DataFrame] = []

    def find_all() -> None:  # what the preview of the dialog has at hand
        bench = session.bench
        if bench is None:
            raise RuntimeError("no batch is at hand")
        tasks.run(window, lambda progress: replaced(bench.frame, 10), found.append)

    def open_again() -> None:
        batch = session.batch
        if batch is None:
            raise RuntimeError("no batch is at hand")
        session.new_batch()
        settle()
        session.open_batch(batch.id)

    def edit() -> None:
        case = page().card.case
        if case is None:
            raise RuntimeError("no finding is shown")
        page().model.edit_asked.emit([(case.row_id, "sexe", "2")])

    return [
        ("start (4 s)", begin),
        ("open the file", lambda: session.open_file(path)),
        ("read, draft a recipe", session.read),
        ("map, check, page Fix", check),
        ("show all rows", lambda: page().toolbar.all_rows.setChecked(True)),
        ("scroll (60 pages)", scroll),
        ("sort by patient number", lambda: page().grid.sort_asked.emit("numero_patient")),
        ("search in every field", lambda: page().toolbar.searched.emit("B9999")),
        ("reset", lambda: page().reset()),
        ("filter by rule", lambda: page().facets.toggled.emit("rule_id", "COD-sexe")),
        ("next finding (F8)", lambda: page().walk(1)),
        ("edit a cell", edit),
        ("undo it", lambda: page().desk.undo()),
        ("replace in 3 columns", replace_some),
        ("undo it all", lambda: page().desk.undo()),
        ("do it again", lambda: page().desk.redo()),
        ("edit a cell after that", edit),
        ("find all in 3 columns", find_all),
        ("replace all in 3 columns", lambda: page().desk.write(found.pop())),
        ("undo it all", lambda: page().desk.undo()),
        ("do it again", lambda: page().desk.redo()),
        ("open the batch again", open_again),
        ("filter by year", lambda: page().facets.toggled.emit("year", "2020")),
        ("page Send", lambda: window.go("send")),
        ("page Quality", lambda: window.go("quality")),
    ]


def main() -> int:
    give_back_sooner()
    trace = "--trace" in sys.argv
    rows = next((int(word) for word in sys.argv[1:] if word.isdigit()), 1_000_000)
    app = application()
    i18n.install(app, "fr")
    theme.apply(app, dark=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write_large(path, rows)
        window = MainWindow(Session("fr", TODAY))
        start = Start(window, Path(folder) / "w")
        window.show()
        window.go("batches")
        told = (
            "wall, processor, longest stall, computing on the UI thread, stall with a core free, "
            "memory held, at most"
        )
        sys.stdout.write(f"{rows} rows: {told}\n")
        heart = Heart(trace=trace)
        stalls = [measure(heart, name, action) for name, action in steps(window, start, path)]
        faulthandler.cancel_dump_traceback_later()
        window.close()
    sys.stdout.write(f"longest stall of all: {max(stalls):.0f} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
