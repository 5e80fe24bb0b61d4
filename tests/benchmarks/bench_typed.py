"""Cells typed into the grid of the real window, a million rows: from Enter to the new verdict on the screen.

    .venv/bin/python -m tests.benchmarks.bench_typed [ROWS] [TIMES]

Each edit is F2, the new value, Enter, as by hand, in a row of its own. Told for each field, median and 95th
percentile in milliseconds: until the window is painted with the new marks of the grid (the cell and every row
that the edit reaches), with the new list of findings and facets, with the card, and for the last time.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["NAVETTE_PASSPHRASE"] = "mesure de la frappe"

from desktop_app.allocation import SETTING, SOONER, give_back_sooner

os.environ.setdefault(SETTING, SOONER)  # as the program does, before anything imports Polars

from PySide6.QtCore import QEvent, QEventLoop, Qt, Signal
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.demo.large import write_large
from desktop_app.ui import i18n, tasks, theme
from desktop_app.ui.app import application
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from desktop_app.ui.start import Start
from tests.benchmarks.bench_window import TODAY, settle, steps

TIMES = 40
AT_REST = 50  # turns of the event loop without work, by which everything is painted
PARTS = ("grid", "list", "card", "last")


class Watched(MainWindow):
    """Tells when everything that was to be painted has been."""

    painted = Signal()

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest:
            self.painted.emit()
        return done


class Clock:
    """When the window was first painted after each part of the page had learnt of an edit: ms."""

    def __init__(self, window: Watched, page: FixPage) -> None:
        self._known: set[str] = set()
        self._from = 0.0
        self.at: dict[str, float] = {}
        window.painted.connect(self._note)
        page.desk.written.connect(lambda written: self._known.add("grid"))  # after the page's own slot
        for part, name in (("list", "_tell_lists"), ("card", "_tell_card")):
            setattr(page, name, self._then(part, getattr(page, name)))

    def start(self) -> None:
        """Counts from now."""
        self._known.clear()
        self.at.clear()
        self._from = time.perf_counter()

    def _then(self, part: str, slot: Callable[..., None]) -> Callable[..., None]:
        def told(*values: Any) -> None:
            slot(*values)
            self._known.add(part)

        return told

    def _note(self) -> None:
        now = 1000 * (time.perf_counter() - self._from)
        for part in self._known - self.at.keys():
            self.at[part] = now
        self.at["last"] = now


def type_in(page: FixPage, clock: Clock, row_id: int, field: str, values: Sequence[str]) -> dict[str, float]:
    """Types one of two values, which it has not, into a cell; when the parts were painted."""
    page.grid.go_to(row_id, field)
    settle()
    here = page.grid.currentIndex()
    value = next(each for each in values if each != page.model.value(here.row(), here.column()))
    QTest.keyClick(page.grid, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    if editor is None:
        raise RuntimeError("no editor was opened")
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, value)
    QApplication.processEvents()
    clock.start()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents  # who polls takes time from the work
    while tasks.lanes().active or "card" not in clock.at:
        QApplication.processEvents(wait)
    for _ in range(AT_REST):
        QApplication.processEvents()
        time.sleep(0.0002)
    if page.model.value(here.row(), here.column()) != value:
        raise RuntimeError(f"{field} of row {row_id} was not written")
    return dict(clock.at)


def wanted(rows: int, times: int) -> list[tuple[str, list[tuple[str, str]]]]:
    """The fields, each with the values that are typed one after the other: the first that is not there."""
    return [
        ("nom_naissance", [(f"DURAND{'ABCDE'[number % 5]}", "DUPOND") for number in range(times)]),
        ("grade", [(str(1 + number % 4), "9") for number in range(times)]),
        (
            "topographie",
            [("C50.4", "C18.2") if number % 2 else ("C18.2", "C50.4") for number in range(times)],
        ),
        ("date_naissance", [(f"{1940 + number % 40}-05-12", "1935-11-02") for number in range(times)]),
        ("numero_patient", [(f"B{1 + number * 104_729 % rows}", "B7") for number in range(times)]),
    ]


def tell(name: str, taken: dict[str, list[float]]) -> None:
    """Prints median and 95th percentile of each part."""
    told = []
    for part in PARTS:
        found = sorted(taken[part])
        told.append(f"{part} {found[len(found) // 2]:4.0f} {found[int(0.95 * len(found))]:4.0f}")
    sys.stdout.write(f"{name:<18}{'   '.join(told)}\n")
    sys.stdout.flush()


def main() -> int:
    give_back_sooner()
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    rows, times = (*numbers, *(1_000_000, TIMES)[len(numbers) :])[:2]
    app = application()
    i18n.install(app, "fr")
    theme.apply(app, dark=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.csv"
        write_large(path, rows)
        window = Watched(Session("fr", TODAY))
        start = Start(window, Path(folder) / "w")
        window.resize(1600, 900)
        window.show()
        for name, action in steps(window, start, path):
            if name == "scroll (60 pages)":
                break
            action()
            settle()
        page = window.pages["fix"]
        if not isinstance(page, FixPage):
            raise TypeError("another page stands in the place of Fix")
        clock = Clock(window, page)
        sys.stdout.write(f"{rows} rows, {times} times each; painted after, median and 95th percentile, ms\n")
        every: dict[str, list[float]] = defaultdict(list)
        for turn, (field, values) in enumerate(wanted(rows, times)):
            taken: dict[str, list[float]] = defaultdict(list)
            for number, either in enumerate(values):
                at = type_in(page, clock, 1 + (number * 7919 + turn * 131) % rows, field, either)
                for part in PARTS:
                    taken[part].append(at[part])
                    every[part].append(at[part])
            tell(field, taken)
        tell("all of them", every)
        window.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
