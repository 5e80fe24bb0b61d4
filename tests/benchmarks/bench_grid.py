"""The fixing page on a million rows: how long each action takes, and the worst stall of the UI thread.

    QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.benchmarks.bench_grid [rows]

A timer beats every 5 ms on the UI thread while the work runs elsewhere; the longest time between two beats is
the stall, and the processor time that the UI thread took in it is told beside (on a busy machine a pause may
be another program's). About 4 % of the rows carry a finding; rules and workspace are the real ones.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import polars as pl
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.core.bench import Bench
from desktop_app.core.stages import Mapped
from desktop_app.core.workspace import Workspace
from desktop_app.ui import tasks, theme
from desktop_app.ui.pages.fix import FixPage
from desktop_app.ui.session import Session
from tests.memory_secrets import MemorySecrets
from tests.ui.fix_parts import small_batch

BEAT_MS = 5
TODAY = date(2026, 11, 22)


class Heart(QObject):
    """Beats on the UI thread; knows the longest pause since it was asked last."""

    def __init__(self) -> None:
        super().__init__()
        self._last, self._worst = time.perf_counter(), 0.0
        self._spent, self._busiest = time.thread_time(), 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def _beat(self) -> None:
        now = time.perf_counter()
        self._worst = max(self._worst, now - self._last)
        self._last = now
        spent = time.thread_time()
        self._busiest = max(self._busiest, spent - self._spent)
        self._spent = spent

    def start(self) -> None:
        """Counts from now."""
        self._last, self._worst = time.perf_counter(), 0.0
        self._spent, self._busiest = time.thread_time(), 0.0

    def worst_ms(self) -> tuple[float, float]:
        """The longest pause, and the most the UI thread computed between two beats, in milliseconds."""
        self._beat()
        return self._worst * 1000, self._busiest * 1000


def million(rows: int) -> Mapped:
    """The rows of the small batch over and over, 1 in 25 of them with a finding."""
    mapped = small_batch()
    good, wrong = mapped.frame.filter(pl.col("row_id") == 1), mapped.frame.filter(pl.col("row_id") == 2)
    number = pl.int_range(1, rows + 1, dtype=pl.UInt32)
    base = pl.select(row_id=number).with_columns(bad=pl.col("row_id") % 25 == 0)
    cells = [
        pl.when("bad")
        .then(pl.lit(wrong[name][0], pl.String))
        .otherwise(pl.lit(good[name][0], pl.String))
        .alias(name)
        for name in mapped.frame.columns[1:]
    ]
    text = pl.col("row_id").cast(pl.String)
    frame = base.with_columns(cells).with_columns(
        numero_patient="P" + text,
        date_naissance=(1930 + pl.col("row_id") * 7919 % 60).cast(pl.String),
        finess_diagnostic=pl.lit(None, pl.String),
    )
    return Mapped(mapped.source, mapped.recipe, mapped.contract, frame.drop("bad"))


def settle() -> None:
    """Lets the window live until no work is left and everything is painted."""
    while tasks.lanes().active:
        QApplication.processEvents()
        time.sleep(0.0005)
    for _ in range(5):
        QApplication.processEvents()


def measure(heart: Heart, name: str, action: Callable[[], object]) -> float:
    """Prints how long an action took to be seen, and the worst stall meanwhile, which it returns."""
    settle()
    heart.start()
    began = time.perf_counter()
    action()
    settle()
    took = (time.perf_counter() - began) * 1000
    stall, busy = heart.worst_ms()
    sys.stdout.write(f"{name:<44}{took:>8.0f} ms{stall:>8.0f} ms{busy:>8.0f} ms\n")
    return stall


def actions(page: FixPage, session: Session, bench: Bench) -> list[tuple[str, Callable[[], object]]]:
    """What a person does on the page."""

    def open_batch() -> None:
        session.bench = bench
        session.changed.emit("findings")

    def scroll() -> None:
        bar = page.grid.verticalScrollBar()
        for step in range(60):
            bar.setValue(bar.maximum() * step // 60)
            QApplication.processEvents()

    return [
        ("open the page", open_batch),
        ("show all rows", lambda: page.toolbar.all_rows.setChecked(True)),
        ("sort by a text field", lambda: page.grid.sort_asked.emit("date_naissance")),
        ("the same, descending", lambda: page.grid.sort_asked.emit("date_naissance")),
        ("sort by patient number (all different)", lambda: page.grid.sort_asked.emit("numero_patient")),
        ("scroll through it (60 pages)", scroll),
        ("go to a row", lambda: page.tools.go_to_row(len(bench.frame) // 2)),
        ("search in every field", lambda: page.toolbar.searched.emit("P99999")),
        ("reset", page.reset),
        ("filter by rule", lambda: page.facets.toggled.emit("rule_id", "COD-sexe")),
        ("next finding (F8)", lambda: page.walk(1)),
        ("edit one cell, to disk and checked", lambda: page.model.edit_asked.emit([(25, "sexe", "2")])),
        ("undo it", page.desk.undo),
    ]


def main() -> int:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if isinstance(app, QApplication):
        theme.apply(app, dark=False)
    mapped = million(rows)
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.open(Path(folder) / "w", MemorySecrets()) as workspace,
    ):
        batch = workspace.batches.create(mapped.source, "rnc-tumeurs", "1.0.0", "{}")
        bench = Bench.start(workspace, batch.id, mapped, TODAY)
        session = Session("fr", TODAY)
        session.attach(workspace)
        page = FixPage(session)
        page.resize(1190, 660)
        page.show()
        heart = Heart()
        sys.stdout.write(
            f"{rows} rows, {bench.findings.height} findings: seen after, worst stall, of it computing\n"
        )
        stalls = [measure(heart, name, action) for name, action in actions(page, session, bench)]
        tasks.lanes().close()
    sys.stdout.write(f"worst stall of all: {max(stalls):.0f} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
