"""From the click on Cancel to a window that is free again, while files are read, and while a share stalls.

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_cancel [ROWS]

Prints milliseconds: the longest of several clicks, spread over the reading of a CSV and a workbook, and over
work that never answers. 200 ms is promised.
"""

from __future__ import annotations

import argparse
import locale
import os
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import openpyxl
from PySide6.QtCore import QEventLoop, QTimer

from desktop_app.core.progress import Progress
from desktop_app.ui import tasks, work
from desktop_app.ui.app import application
from desktop_app.ui.session import Session

COLUMNS, CLICKS = 48, 8


def wait_for(job: tasks.Job, milliseconds: int) -> None:
    """Lives in the event loop until the job is over or the time has passed."""
    loop = QEventLoop()
    job.finished.connect(loop.quit)
    QTimer.singleShot(milliseconds, loop.quit)
    if not job.over:
        loop.exec()


def settle() -> None:
    while tasks.lanes().active or tasks.lanes().stuck:
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


def click(job: tasks.Job) -> float | None:
    """Milliseconds from the click to the end; None when the work was done before."""
    if job.over:
        return None
    begun = time.perf_counter()
    job.cancel()
    wait_for(job, 60_000)
    return (time.perf_counter() - begun) * 1000


def clicks_on(session: Session, path: Path) -> list[float]:
    session.open_file(path)
    settle()
    begun = time.perf_counter()
    wait_for(session.read(), 600_000)
    whole = (time.perf_counter() - begun) * 1000
    found = []
    for number in range(CLICKS):
        settle()
        session.open_file(path)
        settle()
        job = session.read()
        wait_for(job, round(whole * (number + 0.5) / CLICKS))
        found.append(click(job))
    settle()
    return [value for value in found if value is not None]


def stalled(session: Session) -> list[float]:
    found = []
    for _ in range(CLICKS):
        go = threading.Event()

        def hold(progress: Progress, go: threading.Event = go) -> None:
            go.wait(60)

        job = tasks.run(session, hold, lambda value: None, lane="io", loose=True)
        wait_for(job, 30)
        value = click(job)
        go.set()
        if value is not None:
            found.append(value)
    settle()
    return found


def text(path: Path, rows: int) -> Path:
    head = ";".join(f"c{place}" for place in range(COLUMNS))
    line = ";".join(f"valeur{place}" for place in range(COLUMNS))
    with path.open("w", encoding="utf-8") as file:
        file.write(head + "\n")
        for number in range(rows):
            file.write(f"{number}{line}\n")
    return path


def book(path: Path, rows: int) -> Path:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet("Extrait")
    sheet.append([f"c{place}" for place in range(COLUMNS)])
    for number in range(rows):
        sheet.append([number, *(f"valeur{place}" for place in range(1, COLUMNS))])
    made.save(path)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="?", type=int, default=300_000)
    rows = parser.parse_args().rows
    locale.setlocale(locale.LC_ALL, "")
    app = application()
    session = Session("fr", date(2026, 11, 22))
    session.contract = work.contract_named(work.DEFAULT_CONTRACT)
    with tempfile.TemporaryDirectory() as folder:
        for name, path in (
            (f"CSV, {rows} rows", text(Path(folder) / "a.csv", rows)),
            (f"XLSX, {rows // 20} rows", book(Path(folder) / "a.xlsx", rows // 20)),
        ):
            found = clicks_on(session, path)
            print(f"{name}: {len(found)} clicks, longest {max(found):.0f} ms")
        print(f"a share that does not answer: longest {max(stalled(session)):.0f} ms")
    tasks.lanes().close()
    app.processEvents()


if __name__ == "__main__":
    main()
