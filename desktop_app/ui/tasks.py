"""The one door to background work; the only module of the window that knows threads.

`run` takes plain data and a function, and names success, failure and progress together. The function runs
on a worker thread and never touches a widget; what it returns, raises or tells comes back on the UI thread.
Work of one lane runs in order: `bench` for what changes the batch, `io` for files, `net` for the registry.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, Signal, Slot

from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.progress import Progress
from validation_rules.text import Text

T = TypeVar("T")
Work = Callable[[Progress], T]
Lane = Literal["bench", "io", "net"]
LANES: tuple[Lane, ...] = ("bench", "io", "net")
MIN_INTERVAL = 0.05  # seconds between two signs of progress: 20 a second
_log = logging.getLogger(__name__)


def unexpected(error: BaseException) -> AppError:
    """What a person is told of a bug. The log keeps type and place only: a message may hold a cell value."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    _log.error("unexpected %s at %s", type(error).__name__, where)
    return AppError(
        "UI-BUG",
        Text(
            f"Le programme n’a pas pu terminer cette action ({type(error).__name__}, {where}).",
            f"The program could not finish this action ({type(error).__name__}, {where}).",
        ),
        Text(
            "Rien n’est perdu : recommencez, et signalez cette ligne si cela se reproduit.",
            "Nothing is lost: try again, and report this line if it happens again.",
        ),
    )


class Job(QObject):
    """One piece of work under way, as the UI thread sees it."""

    progressed = Signal(object, object, object)  # done, total or None, Text
    finished = Signal()
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(
        self,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
        label: str,
    ) -> None:
        super().__init__()
        self.label = label
        self._owner, self._done, self._failed = owner, done, failed
        self._stop = False
        self._told = 0.0
        queued = Qt.ConnectionType.QueuedConnection
        self._returned.connect(self._on_returned, queued)
        self._raised.connect(self._on_raised, queued)
        owner.destroyed.connect(self.cancel)

    @Slot()
    def cancel(self) -> None:
        """Asks the work to stop at its next sign of progress; neither `done` nor `failed` is called then."""
        self._stop = True

    @property
    def cancelled(self) -> bool:
        """Whether someone asked for an end."""
        return self._stop

    def tell(self, done: int, total: int | None, what: Text) -> None:
        """The `Progress` of the worker thread: raises `Cancelled`, forwards at most 20 times a second."""
        if self._stop:
            raise Cancelled
        now = time.monotonic()
        if now - self._told >= MIN_INTERVAL:
            self._told = now
            self.progressed.emit(done, total, what)

    def _on_returned(self, value: Any) -> None:
        if not self._stop and shiboken6.isValid(self._owner):
            self._done(value)
        self.finished.emit()

    def _on_raised(self, error: AppError | None) -> None:
        if error is not None and shiboken6.isValid(self._owner):
            self._failed(error)
        self.finished.emit()


class _Work(QRunnable):
    """The worker's side: holds the function and the job, nothing of the window."""

    def __init__(self, job: Job, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._job, self._work = job, work

    def run(self) -> None:
        job = self._job
        try:
            if job.cancelled:
                raise Cancelled
            value = self._work(job.tell)
        except Cancelled:
            job._raised.emit(None)
        except AppError as error:
            job._raised.emit(error)
        except Exception as error:  # noqa: BLE001 - the last net: every failure must reach the person
            job._raised.emit(unexpected(error))
        else:
            job._returned.emit(value)


class Lanes(QObject):
    """The worker threads of one application, one for each lane, and the jobs under way."""

    started = Signal(object)  # Job
    failure = Signal(object)  # AppError that no caller asked for

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setObjectName("navetteLanes")
        self._jobs: dict[Job, _Work] = {}
        self._pools: dict[str, QThreadPool] = {}
        for lane in LANES:
            self._pools[lane] = pool = QThreadPool(self)
            pool.setMaxThreadCount(1)
            # The default of 30 s would keep an idle thread, and with it a closing program, waiting.
            pool.setExpiryTimeout(2000)

    def put(self, job: Job, work: Callable[[Progress], Any], lane: Lane) -> None:
        """Queues the work; the job stays alive until its answer has been given."""
        runnable = _Work(job, work)
        runnable.setAutoDelete(False)
        self._jobs[job] = runnable
        job.finished.connect(self._forget)
        self.started.emit(job)
        self._pools[lane].start(runnable)

    @property
    def active(self) -> int:
        """How many jobs wait or run."""
        return len(self._jobs)

    def close(self, timeout_ms: int = 10_000) -> bool:
        """Cancels everything and waits; False when a worker did not end in time."""
        for job in self._jobs:
            job.cancel()
        ended = [pool.waitForDone(timeout_ms) for pool in self._pools.values()]
        QCoreApplication.processEvents()
        return all(ended)

    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            self._jobs.pop(job, None)
            job.deleteLater()


def lanes() -> Lanes:
    """The lanes of the running application, made at first use."""
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application is running")
    found = app.findChild(Lanes, "navetteLanes")
    return found if isinstance(found, Lanes) else Lanes(app)


def run(
    owner: QObject,
    work: Work[T],
    done: Callable[[T], None],
    failed: Callable[[AppError], None] | None = None,
    label: str = "",
    lane: Lane = "bench",
) -> Job:
    """Runs `work(progress)` off the UI thread, then `done(value)` or `failed(error)` on it.

    Neither is called after `job.cancel()` or when `owner` is gone. Without `failed`, the message bar of the
    window shows the error. An exception that is not an AppError is logged by type and place, then told.
    """
    door = lanes()
    job = Job(owner, done, failed or door.failure.emit, label)
    door.put(job, work, lane)
    return job


def on_ui_thread(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """`sys.excepthook` of the window: a bug in a slot is told in the message bar, never in a dialog."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    told = error if isinstance(error, AppError) else unexpected(error)
    if QCoreApplication.instance() is not None:
        lanes().failure.emit(told)
