"""A batch opened from what was kept of it: its file is read once a page needs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from desktop_app.ui import tasks

if TYPE_CHECKING:
    from desktop_app.core.errors import AppError
    from desktop_app.core.stages import Extract
    from desktop_app.ui.session import Session

WORTH_KEEPING = 20_000  # rows that an action looked at again: as many cost time at the next opening


class Reopening:
    """The part of a session that makes the next opening quick, and does what this one left out."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._reading: tasks.Job | None = None

    def keep(self) -> None:
        """Keeps the batch at hand for the next opening; nobody waits for it."""
        from desktop_app.ui import work

        session = self._session
        if session.workspace is None or session.batch is None or session.bench is None:
            return
        if not session.workspace.readonly:
            job = work.keep(session.workspace, session.batch, session.bench)
            tasks.run(session, job, _nothing, _not_kept, lane="watch")

    def acted(self, looked: int | None) -> None:
        """An action had so many rows looked at again (None: all)."""
        if looked is None or looked >= WORTH_KEEPING:
            self.keep()

    @property
    def unread(self) -> bool:
        """Whether a batch is at hand whose file was not read."""
        session = self._session
        held = session.mapped is not None and session.mapped.contract is session.contract
        return session.extract is None and session.bench is not None and held

    def read_source(self) -> None:
        """Reads the file of the batch at hand, if it was not: a page shows it."""
        from desktop_app.ui import work

        session = self._session
        if not self.unread or session.batch is None or self._reading is not None:
            return
        label = QCoreApplication.translate("Session", "Reading the file")
        todo = work.source_of(session.batch)
        job = tasks.run(session, todo, self._read, session.fail, label, "io", loose=True)
        self._reading = job
        job.finished.connect(self._ended)
        session.under_way("load", job)

    def _ended(self) -> None:
        self._reading = None

    def _read(self, extract: Extract) -> None:
        session = self._session
        batch = session.batch
        if self.unread and batch is not None and batch.source_sha256 == extract.source.sha256:
            session.extract = extract
            session.changed.emit("extract")


def _nothing(kept: bool) -> None:
    """Nobody asked."""


def _not_kept(error: AppError) -> None:
    """The batch is as safe as before; it only opens more slowly."""
