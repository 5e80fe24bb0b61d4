"""Looks at the watched folder now and then, off the UI thread; off until the person chooses a folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from desktop_app.core.watched import Sight

# Asked, not told: systems do not tell of changes on network shares.
EVERY_MS = 10_000


class Watching(QObject):
    """`found` says that `folder` and `new` may have changed."""

    found = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.folder: Path | None = None
        self.new: list[Path] = []
        self._before: Sight = {}
        self._job: tasks.Job | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY_MS)
        self._timer.timeout.connect(self.look)
        session.changed.connect(self._changed)

    def look(self) -> None:
        """Looks once; not while the look before still waits for an answer."""
        from desktop_app.ui import work

        workspace = self._session.workspace
        if self.folder is None or workspace is None or self._job is not None:
            return
        job = work.look_at_folder(self.folder, self._before, workspace)
        self._job = tasks.run(self, job, self._looked, self._lost, lane="watch", loose=True)
        self._job.finished.connect(self._ended)

    def settle(self, paths: Sequence[Path]) -> None:
        """These were opened, or are not wanted: they are not proposed again."""
        from desktop_app.core.watched import note

        names = [path.name for path in paths if path.parent == self.folder]
        if names and self._session.workspace is not None:
            note(self._session.workspace, self._before, names)
        if any(path in self.new for path in paths):
            self._tell([path for path in self.new if path not in paths])

    def _looked(self, seen: tuple[Sight, list[str]]) -> None:
        self._before, names = seen
        if self.folder is not None:
            at_hand = self._session.together() if self._session.preview is not None else ()
            self._tell([path for name in names if (path := self.folder / name) not in at_hand])

    def _lost(self, error: AppError) -> None:
        """A share that is away for a while is no news every ten seconds: the next look tries again."""

    def _ended(self) -> None:
        self._job = None

    def _tell(self, new: list[Path]) -> None:
        if new != self.new:
            self.new = new
            self.found.emit()

    def _changed(self, change: str) -> None:
        if change == "settings":
            self._follow()
        elif change == "extract" and self._session.extract is not None:
            self.settle(self._session.together())

    def _follow(self) -> None:
        """The folder that the settings name, if any."""
        from desktop_app.core.watched import watched

        workspace = self._session.workspace
        folder = watched(workspace) if workspace is not None else None
        if folder == self.folder:
            return
        self.folder, self._before = folder, {}
        self._tell([])
        if folder is None:
            self._timer.stop()
        else:
            self._timer.start()
            self.look()
