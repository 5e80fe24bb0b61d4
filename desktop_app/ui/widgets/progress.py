"""A thin strip for work under way: what is done, how far, how long it will take, and a button to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Job
from validation_rules.text import Text

Clock = Callable[[], float]
DELAY_MS = 300
STEPS = 1000
LOOK_MS = 500
# From then on a file that does not come is told: a share or a stick that answers slowly, or not at all.
SLOW_AFTER = 4.0
_ESTIMATE = 0.2
_IDLE = 0.1  # share of a processor below which the program waits rather than works
_TELL_LEFT_FROM, _TELL_LEFT_OVER = 3.0, 5.0


class ProgressStrip(QWidget):
    """Appears when work takes longer than 300 ms, so that quick actions do not flicker."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._jobs: list[Job] = []
        self._label, self._left, self._bar = PlainLabel(), PlainLabel(), QProgressBar()
        self._left.setProperty("role", "muted")
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop this work; nothing that was saved is lost"))
        self._cancel.clicked.connect(self.cancel)
        self._pace = Pace()
        self._delay, self._look = QTimer(self), QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self.show)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.look)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 6, 16, 6)
        line.setSpacing(16)
        line.addWidget(self._label)
        line.addWidget(self._bar, 1)
        line.addWidget(self._left)
        line.addWidget(self._cancel)
        self.hide()

    def watch(self, job: Job) -> None:
        """Follows a job from now to its end; jobs without a label are too small to show."""
        if not job.label:
            return
        self._jobs.append(job)
        job.progressed.connect(self._progressed)
        job.finished.connect(self._finished)
        if len(self._jobs) == 1:
            self._begin()

    def cancel(self) -> None:
        """Stops the work that is shown."""
        if self._jobs:
            self._jobs[0].cancel()
            self._label.setText(self.tr("Stopping…"))
            self._left.clear()

    def look(self) -> None:
        """Says how long it will take, or that nothing comes from the disk or the network."""
        if not self._jobs or self._jobs[0].cancelled:
            return
        seconds = self._pace.waited() if self._jobs[0].loose else 0.0
        if seconds >= SLOW_AFTER:
            self._left.clear()
            self._label.setText(
                self.tr(
                    "Nothing has come from the file for %Ln second(s): a slow share or drive? Wait, or "
                    "cancel and copy it to this computer.",
                    "",
                    int(seconds),
                )
            )
            return
        left = self._pace.left()
        self._left.setText("" if left is None else self._in_words(left))

    def _in_words(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("about %Ln second(s) left", "", max(5, 5 * round(seconds / 5)))
        return self.tr("about %Ln minute(s) left", "", round(seconds / 60))

    def _begin(self) -> None:
        self._label.setText(self._jobs[0].label)
        self._left.clear()
        self._bar.setRange(0, 0)
        self._pace = Pace()
        self._delay.start()
        self._look.start()

    def _progressed(self, done: int, total: int | None, what: Text) -> None:
        if not self._jobs or self.sender() is not self._jobs[0] or self._jobs[0].cancelled:
            return
        self._label.setText(self._session.say(what) or self._jobs[0].label)
        self._pace.note(done, total)
        if total:
            self._bar.setRange(0, STEPS)
            self._bar.setValue(min(STEPS, done * STEPS // total))
        else:
            self._bar.setRange(0, 0)

    def _finished(self) -> None:
        job = self.sender()
        if isinstance(job, Job) and job in self._jobs:
            self._jobs.remove(job)
        if self._jobs:
            self._begin()
        else:
            self._delay.stop()
            self._look.stop()
            self.hide()


class Pace:
    """How fast one piece of work goes, from its signs of progress. Times in seconds."""

    def __init__(self, clock: Clock = time.monotonic, worked: Clock = time.process_time) -> None:
        self._clock, self._process = clock, worked
        self._begun = self._told = clock()
        self._worked = worked()
        self._first, self._done = 0, -1
        self._total: int | None = None

    def note(self, done: int, total: int | None) -> None:
        """A sign of progress. Work that begins anew, or counts something else, is timed anew.

        A sign that tells the same as before only shows that a cancel would be heard.
        """
        if (done, total) == (self._done, self._total):
            return
        now = self._clock()
        if done < self._done or not _much_the_same(total, self._total):
            self._begun, self._first = now, done
        self._done, self._total = done, total
        self._told, self._worked = now, self._process()

    def left(self) -> float | None:
        """How long to the end; None while that cannot be told, or is not worth it."""
        spent, made = self._clock() - self._begun, self._done - self._first
        if not self._total or made <= 0 or spent < _TELL_LEFT_FROM:
            return None
        left = spent * (self._total - self._done) / made
        return left if left >= _TELL_LEFT_OVER else None

    def waited(self) -> float:
        """How long nothing has come while the program had nothing to do: it waits for the system."""
        since = self._clock() - self._told
        idle = self._process() - self._worked < _IDLE * since
        return since if idle else 0.0


def _much_the_same(total: int | None, before: int | None) -> bool:
    """An end that is only estimated moves a little with each sign of progress."""
    if not total or not before:
        return total == before
    return abs(total - before) <= _ESTIMATE * before
