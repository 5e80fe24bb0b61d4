"""A thin strip for work under way: what is done, how far, and a button to stop it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Job
from validation_rules.text import Text

DELAY_MS = 300
STEPS = 1000


class ProgressStrip(QWidget):
    """Appears when work takes longer than 300 ms, so that quick actions do not flicker."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._jobs: list[Job] = []
        self._label, self._bar = QLabel(), QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setToolTip(self.tr("Stop this work; nothing that was saved is lost"))
        self._cancel.clicked.connect(self.cancel)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self.show)
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 6, 16, 6)
        line.setSpacing(16)
        line.addWidget(self._label)
        line.addWidget(self._bar, 1)
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

    def _begin(self) -> None:
        self._label.setText(self._jobs[0].label)
        self._bar.setRange(0, 0)
        self._delay.start()

    def _progressed(self, done: int, total: int | None, what: Text) -> None:
        if not self._jobs or self.sender() is not self._jobs[0] or self._jobs[0].cancelled:
            return
        self._label.setText(self._session.say(what) or self._jobs[0].label)
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
            self.hide()
