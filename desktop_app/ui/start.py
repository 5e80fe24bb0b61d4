"""What happens after the first paint: secrets, workspace and contract, off the UI thread."""

from __future__ import annotations

import logging
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.core.progress import Progress
from desktop_app.ui import tasks

if TYPE_CHECKING:
    from validation_rules.contract import Contract

    from desktop_app.core.workspace import SecretStore, Workspace
    from desktop_app.ui.main_window import MainWindow

_log = logging.getLogger(__name__)
Opened = tuple["Workspace", "SecretStore", "Contract"]


def default_folder() -> Path:
    """Where the workspace lives when nobody says otherwise."""
    from platformdirs import user_data_path

    return user_data_path("navette", appauthor=False, roaming=False)


class Start(QObject):
    """Opens the workspace for a window that is already on the screen."""

    def __init__(
        self, window: MainWindow, folder: Path | None, file: Path | None, follow_settings: bool = True
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._folder, self._file = folder, file

    def begin(self) -> None:
        """Called once the window is on the screen."""
        mark("first paint")
        tasks.run(self, self._open, self._opened, lane="io")

    def _open(self, progress: Progress) -> Opened:
        from validation_rules.contract import load_contract

        from desktop_app.core.workspace import Workspace, open_secrets

        folder = self._folder or default_folder()
        secrets = open_secrets(folder)
        return Workspace.open(folder, secrets), secrets, load_contract()

    def _opened(self, opened: Opened) -> None:
        workspace, secrets, self._session.contract = opened
        self._session.attach(workspace, secrets)
        if self._file is not None:
            self._session.open_file(self._file)
        mark("usable")


def mark(what: str) -> None:
    """Logs milliseconds since the process began, when NAVETTE_STARTUP_TIMES asks for it."""
    if os.environ.get("NAVETTE_STARTUP_TIMES"):
        _log.warning("startup: %s after %d ms", what, since_process_start())


def since_process_start() -> int:
    """Milliseconds since the process was started, from the system's own record where it keeps one."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        uptime = float(Path("/proc/uptime").read_text().split()[0])
        return round((uptime - ticks / os.sysconf("SC_CLK_TCK")) * 1000)
    except (OSError, ValueError, IndexError):
        return round(time.perf_counter() * 1000)
