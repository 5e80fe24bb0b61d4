"""What happens after the first paint: secrets, workspace and contract, off the UI thread."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from desktop_app.core.errors import AppError
from desktop_app.core.progress import Progress
from desktop_app.place import workspace_folder
from desktop_app.ui import tasks

if TYPE_CHECKING:
    from desktop_app.core.workspace import SecretStore, Workspace
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.pages.unlock import UnlockPage
    from desktop_app.ui.work import Site
    from validation_rules.contract import Contract
    from validation_rules.text import Language

_log = logging.getLogger(__name__)
Opened = tuple["Workspace", "SecretStore", "Contract", "Site | None"]
ASKS = ("secrets.passphrase_needed", "secrets.passphrase_short", "secrets.wrong_passphrase")


class Start(QObject):
    """Opens the workspace for a window that is already on the screen; asks for a passphrase in the window."""

    def __init__(
        self, window: MainWindow, folder: Path | None, file: Path | None, language: Language | None = None
    ) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._folder, self._file = workspace_folder(folder), file
        self._language = language
        self._unlock: UnlockPage | None = None

    def begin(self) -> None:
        """Called once the window is on the screen."""
        mark("first paint")
        self._try(os.environ.get("NAVETTE_PASSPHRASE"))

    def _try(self, phrase: str | None) -> None:
        work = open_workspace(
            self._folder, self._session.today, (lambda: phrase) if phrase is not None else None
        )
        tasks.run(self, work, self._opened, self._failed, lane="io")

    def _opened(self, opened: Opened) -> None:
        workspace, secrets, self._session.contract, site = opened
        if self._unlock is not None:
            self._window.release(self._unlock)
            self._unlock = None
        if self._language is None:
            self._session.language = "en" if workspace.settings.get("language", "fr") == "en" else "fr"
        self._session.attach(workspace, secrets)
        self._session.set_site(site)
        if self._file is not None:
            self._session.open_file(self._file)
        mark("usable")
        tasks.run(self, load_the_rest, self._prepare, lane="io")

    def _prepare(self, loaded: None) -> None:
        """One page at a time, with the event loop in between: no one notices that they are made."""
        key = next((key for key in ("load", "map", "fix") if key not in self._window.pages), None)
        if key is not None:
            self._window.prepare(key)
            QTimer.singleShot(50, self._prepare_next)

    def _prepare_next(self) -> None:
        self._prepare(None)

    def _failed(self, error: AppError) -> None:
        if error.code not in ASKS:
            self._session.fail(error)
            return
        if self._unlock is None:
            self._unlock = self._ask()
            mark("usable")
        if error.code != "secrets.passphrase_needed":
            self._unlock.complain(error.sentence(self._session.language))

    def _ask(self) -> UnlockPage:
        from desktop_app.ui.pages.unlock import UnlockPage

        new = not (self._folder / "secrets.json").exists()
        page = UnlockPage(new)
        page.given.connect(self._try)
        self._window.hold(page)
        return page


def open_workspace(
    folder: Path, today: date, passphrase: Callable[[], str] | None = None
) -> tasks.Work[Opened]:
    """Secrets, then the workspace, then the contract that every page needs."""

    def work(progress: Progress) -> Opened:
        from desktop_app.core.workspace import Workspace, open_secrets
        from desktop_app.ui.work import DEFAULT_CONTRACT, contract_named, open_site

        secrets = open_secrets(folder, passphrase)
        contract = contract_named(DEFAULT_CONTRACT)
        workspace = Workspace.open(folder, secrets)
        return workspace, secrets, contract, open_site(workspace, today)

    return work


def load_the_rest(progress: Progress) -> None:
    """Imports what the next stations need, so that no page waits for it when it is first shown."""
    for name in (
        "core.extracts",
        "core.mapping",
        "core.bench",
        "ui.pages.load",
        "ui.pages.map",
        "ui.pages.fix",
    ):
        import_module(f"desktop_app.{name}")


def mark(what: str) -> None:
    """Logs milliseconds since the process began, when NAVETTE_STARTUP_TIMES asks for it."""
    if os.environ.get("NAVETTE_STARTUP_TIMES"):
        worked = round(time.process_time() * 1000)
        _log.warning("startup: %s after %d ms (%d ms of processor)", what, since_process_start(), worked)


def since_process_start() -> int:
    """Milliseconds since the process was started, from the system's own record where it keeps one."""
    try:
        ticks = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19])
        uptime = float(Path("/proc/uptime").read_text().split()[0])
        return round((uptime - ticks / os.sysconf("SC_CLK_TCK")) * 1000)
    except (OSError, ValueError, IndexError):
        return round(time.perf_counter() * 1000)
