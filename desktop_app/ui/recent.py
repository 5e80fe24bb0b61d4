"""The files that were read last, so that the next month begins with one click."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.ui import tasks

if TYPE_CHECKING:
    from desktop_app.ui.session import Session

SETTING, MOST = "recent_files", 6


class Recent:
    """Groups of files, newest first; those that were read together are together."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._gone: set[tuple[Path, ...]] = set()

    def groups(self) -> list[tuple[Path, ...]]:
        """What is offered: all that is kept but for what was found gone."""
        kept: list[str | list[str]] = self._session.setting(SETTING, [])
        groups = [tuple(map(Path, [entry] if isinstance(entry, str) else entry)) for entry in kept]
        return [paths for paths in groups if paths and paths not in self._gone][:MOST]

    def remember(self, paths: tuple[Path, ...]) -> None:
        """These were read just now."""
        self._gone.discard(paths)
        self._keep(list(dict.fromkeys([paths, *self.groups()]))[:MOST])

    def forget(self) -> None:
        """Nothing is offered any more."""
        self._keep([])
        self._session.changed.emit("settings")

    def look(self) -> None:
        """Finds out which files are gone; off the UI thread, since a share that is gone answers slowly."""
        from desktop_app.ui import work

        if groups := self.groups():
            tasks.run(self._session, work.still_there(groups), self._found, lane="watch", loose=True)

    def _found(self, there: list[tuple[Path, ...]]) -> None:
        gone = {paths for paths in self.groups() if paths not in there}
        if gone:
            self._gone |= gone
            self._session.changed.emit("settings")

    def _keep(self, groups: list[tuple[Path, ...]]) -> None:
        written = [str(paths[0]) if len(paths) == 1 else [str(path) for path in paths] for paths in groups]
        self._session.keep(SETTING, written)
