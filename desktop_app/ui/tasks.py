"""The one door to background work; the only module of the window that knows threads.

`run` takes plain data and a function, and names success, failure and progress together. The function runs
on a worker thread and never touches a widget; what it returns, raises or tells comes back on the UI thread.
Work of one lane runs in order: `bench` for what changes the batch, `io` for files, `net` for the registry,
`watch` for what nobody waits for.
"""

from __future__ import annotations

import logging
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, QRunnable, Qt, QThreadPool, QTimer, Signal, Slot

from desktop_app.core.errors import AppError, Cancelled
from desktop_app.core.progress import Progress
from validation_rules.text import Text

T = TypeVar("T")
Work = Callable[[Progress], T]
Lane = Literal["bench", "io", "net", "watch", "look"]
LANES: tuple[Lane, ...] = ("bench", "io", "net", "watch", "look")
_UNASKED = ("watch", "look")  # lanes of what nobody waits for
PATIENCE_MS = 150  # a cancelled read that does not end by then (a share that is gone) is left behind
READ_ENDS_MS = 1000  # how long a closing program waits for work that only reads
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
    finished = Signal()  # once: with the answer, or when a cancelled read is left behind
    gone = Signal()  # the worker has ended, maybe long after
    _returned = Signal(object)
    _raised = Signal(object)

    def __init__(
        self,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[AppError], None],
        label: str,
        loose: bool = False,
    ) -> None:
        super().__init__()
        self.label, self.loose = label, loose
        self.over = False
        self._owner: QObject | None = owner
        self._done, self._failed = done, failed
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
        if self.loose and not self.over:
            QTimer.singleShot(PATIENCE_MS, self._end)

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
        self._gone()

    def _on_raised(self, error: AppError | None) -> None:
        # What fails after a cancel is of no interest any more: the person has turned to something else.
        if error is not None and not (self._stop and self.loose) and shiboken6.isValid(self._owner):
            self._failed(error)
        self._gone()

    def _gone(self) -> None:
        self._end()
        # The job itself stays with its runnable: whom it told may hold a batch.
        self._owner, self._done, self._failed = None, _nobody, _nobody
        self.gone.emit()

    def _end(self) -> None:
        if not self.over:
            self.over = True
            self.finished.emit()


def _nothing(tell: Progress) -> None:
    """What ended work is about."""


def _nobody(told: object) -> None:
    """Whom ended work is told to."""


class _Work(QRunnable):
    """The worker's side: holds the function and the job, nothing of the window."""

    def __init__(self, job: Job, work: Callable[[Progress], Any]) -> None:
        super().__init__()
        self._job, self._work = job, work

    def let_go(self) -> None:
        """Forgets the function, whose batch may be large: the runnable itself stays. On the UI thread
        only: a widget that nothing else holds ends here."""
        self._work = _nothing

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
        self._jobs: dict[Job, Lane] = {}
        self._works: dict[Job, tuple[_Work, QThreadPool]] = {}  # until the worker has ended
        self._pools = {lane: self._pool() for lane in LANES}
        self._pieces: deque[tuple[QObject, Callable[[], object]]] = deque()
        self._turn = QTimer(self)
        self._turn.timeout.connect(self._next_piece)

    def _pool(self) -> QThreadPool:
        pool = QThreadPool(self)
        pool.setMaxThreadCount(1)
        # The default of 30 s would keep an idle thread, and with it a closing program, waiting.
        pool.setExpiryTimeout(2000)
        return pool

    def put(self, job: Job, work: Callable[[Progress], Any], lane: Lane) -> None:
        """Queues the work; the job stays alive until its answer has been given."""
        runnable = _Work(job, work)
        runnable.setAutoDelete(False)
        self._jobs[job] = lane
        self._works[job] = runnable, self._pools[lane]
        job.finished.connect(self._forget)
        job.gone.connect(self._gone)
        self.started.emit(job)
        self._pools[lane].start(runnable)

    @property
    def active(self) -> int:
        """How many jobs wait or run, and pieces of what they left for the window."""
        return len(self._jobs) + len(self._pieces)

    def queue(self, owner: QObject, piece: Callable[[], object]) -> None:
        """See `soon`."""
        self._pieces.append((owner, piece))
        self._turn.start(0)

    def _next_piece(self) -> None:
        owner, piece = self._pieces[0]
        try:
            if shiboken6.isValid(owner):
                piece()
        finally:
            # Only now: as long as it runs, the window is not at rest.
            self._pieces.popleft()
            if not self._pieces:
                self._turn.stop()

    @property
    def working(self) -> bool:
        """Whether anything waits or runs that a person asked for; what only looks around does not count."""
        return any(self._of(lane) for lane in LANES if lane not in _UNASKED)

    @property
    def stuck(self) -> int:
        """How many cancelled reads the system still holds up; no work of a lane waits for them."""
        return len(self._works) - len(self._jobs)

    def close(self, timeout_ms: int = 10_000) -> bool:
        """Cancels everything and waits; False when a worker did not end in time."""
        loose = {lane: all(job.loose for job in self._of(lane)) for lane in LANES}
        for job in list(self._jobs):
            job.cancel()
        ended = [
            pool.waitForDone(min(READ_ENDS_MS, timeout_ms) if loose[lane] else timeout_ms)
            for lane, pool in self._pools.items()
        ]
        QCoreApplication.processEvents()
        return all(ended) and not self.stuck

    def _of(self, lane: Lane) -> list[Job]:
        return [job for job, where in self._jobs.items() if where == lane]

    def _forget(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            lane = self._jobs.pop(job)
            if job.loose and job.cancelled:
                QTimer.singleShot(0, partial(self._make_way, job, lane))

    def _make_way(self, job: Job, lane: Lane) -> None:
        """The lane goes on in another thread when a cancelled read keeps its own."""
        held = self._works.get(job)
        if held is None or held[1] is not self._pools[lane]:
            return
        self._pools[lane] = fresh = self._pool()
        for waiting in self._of(lane):
            work, pool = self._works[waiting]
            if pool.tryTake(work):
                self._works[waiting] = work, fresh
                fresh.start(work)

    def _gone(self) -> None:
        job = self.sender()
        if isinstance(job, Job):
            work, pool = self._works.pop(job)
            work.let_go()
            if pool not in self._pools.values() and not any(p is pool for _, p in self._works.values()):
                pool.deleteLater()
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
    loose: bool = False,
) -> Job:
    """Runs `work(progress)` off the UI thread, then `done(value)` or `failed(error)` on it.

    Neither is called after `job.cancel()` or when `owner` is gone. Without `failed`, the message bar of the
    window shows the error. An exception that is not an AppError is logged by type and place, then told.
    `loose` work only reads: cancelled, it is over within 200 ms even where the system does not answer.
    """
    door = lanes()
    job = Job(owner, done, failed or door.failure.emit, label, loose)
    door.put(job, work, lane)
    return job


class _Teller(QObject):
    """Carries what a worker tells midway to the UI thread."""

    told = Signal(object)


def teller(owner: QObject, slot: Callable[[T], None]) -> Callable[[T], None]:
    """A function for work under way: what a worker thread gives it comes to `slot` on the UI thread, before
    the end of that work does. It lives as long as `owner`."""
    made = _Teller(owner)
    made.told.connect(slot, Qt.ConnectionType.QueuedConnection)
    return made.told.emit


def soon(owner: QObject, *pieces: Callable[[], object]) -> None:
    """Runs pieces of work on the UI thread, in order, one a turn of the event loop, unless `owner` is gone.

    What only the UI thread can do, such as making widgets, takes too long at once: in between, keys are read
    and the window is painted.
    """
    door = lanes()
    for piece in pieces:
        door.queue(owner, piece)


def on_ui_thread(kind: type[BaseException], error: BaseException, trace: Any) -> None:
    """`sys.excepthook` of the window: a bug in a slot is told in the message bar, never in a dialog."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    told = error if isinstance(error, AppError) else unexpected(error)
    if QCoreApplication.instance() is not None:
        lanes().failure.emit(told)
