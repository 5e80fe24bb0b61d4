"""Garbage is looked for on the UI thread alone.

Python looks for unreachable objects in whichever thread happens to make one object too many. What it finds
may be widgets: dialogs that were closed, panes that were put away. A widget that goes in a worker thread
takes the program with it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 200


class Sweeper(QObject):
    """From now on the only one in the program to look for garbage; lives as long as its parent.

    What the start makes lasts: nothing is looked for before `after` milliseconds.
    """

    def __init__(self, parent: QObject, after: int = 0) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self)
        timer.setInterval(_EVERY_MS)
        timer.timeout.connect(_sweep)
        QTimer.singleShot(after, timer.start)


def _sweep() -> None:
    """The oldest generation that is due by the interpreter's own thresholds, and the younger ones with it."""
    due = zip(gc.get_count(), gc.get_threshold(), strict=True)
    generations = [place for place, (count, most) in enumerate(due) if count > most]
    if generations:
        gc.collect(generations[-1])
