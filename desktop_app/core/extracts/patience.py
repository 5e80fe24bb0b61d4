"""Waiting for a library that gives no sign of life, so that a cancel is heard all the same."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from desktop_app.core.progress import Progress, silent
from validation_rules.text import Text

T = TypeVar("T")
_INTERVAL = 0.05


def patiently(work: Callable[[], T], progress: Progress, what: Text) -> T:
    """What `work` returns or raises. It must touch nothing that its caller goes on to use.

    It runs beside the caller, which tells `progress` 20 times a second and leaves when that raises; the work
    then ends by itself and its answer is dropped: no library that reads workbooks can be stopped midway.
    """
    if progress is silent:
        return work()
    answers: list[T] = []
    faults: list[BaseException] = []

    def run() -> None:
        try:
            answers.append(work())
        except BaseException as fault:  # noqa: BLE001 - raised again by the caller
            faults.append(fault)

    thread = threading.Thread(target=run, name="navette-workbook", daemon=True)
    thread.start()
    while thread.is_alive():
        progress(0, None, what)
        thread.join(_INTERVAL)
    if faults:
        raise faults[0]
    return answers[0]
