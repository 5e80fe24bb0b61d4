"""Opens the window: first paint before anything heavy, then workspace and contract off the UI thread."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop_app.place import workspace_folder
from desktop_app.ui import i18n, tasks, theme
from desktop_app.ui.handover import hand_over
from desktop_app.ui.look import Look
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session
from desktop_app.ui.start import Start
from desktop_app.ui.sweeping import Sweeper
from validation_rules.text import Language

SWITCH_SECONDS = 0.001
STARTED_MS = 5000  # by then what the start imports and makes is there, mostly


def application(arguments: list[str] | None = None) -> QApplication:
    """The one QApplication, with its names set; made at first use."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    # The window asks for the interpreter with every key: work beside it lets it go sooner than after 5 ms.
    sys.setswitchinterval(SWITCH_SECONDS)
    app = QApplication(arguments or sys.argv[:1])
    app.setApplicationName("navette")
    app.setApplicationDisplayName("Navette")
    Sweeper(app, after=STARTED_MS)
    return app


def run_window(
    files: Sequence[Path] = (),
    folder: Path | None = None,
    language: Language | None = None,
    colours: Literal["light", "dark", "system"] | None = None,
    today: date | None = None,
) -> int:
    """Shows the window until it is closed and returns the exit code.

    `files` are opened at once, and in the window that is open already when there is one; `folder` holds the
    workspace (None: the system's place for such data). What is None follows the settings of the workspace;
    French until they are read.
    """
    app = application()
    place = workspace_folder(folder)
    if hand_over(place, files):
        return 0
    i18n.install(app, language or "fr")
    theme.apply(app, theme.follow_system(app, colours or "system"))
    sys.excepthook = tasks.on_ui_thread
    session = Session(language or "fr", today)
    window = MainWindow(session)
    Look(app, window, colours)
    start = Start(window, place, files, language)
    window.go("load" if files else "batches")
    # Queued: the picture is on the screen before anything heavy begins.
    window.painted.connect(start.begin, Qt.ConnectionType.QueuedConnection)
    window.show()
    code = app.exec()
    if not tasks.lanes().close(0):
        # A read that the system still holds up (a share that is gone) must not hold up the end as well:
        # everything is saved and closed, and Qt would wait for that thread for ever.
        logging.shutdown()
        os._exit(code)
    return code
