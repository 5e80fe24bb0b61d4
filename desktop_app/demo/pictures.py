"""A picture of each page as the demonstration left it, drawn offscreen."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

from desktop_app.demo.run import REGISTRY_DESK
from desktop_app.demo.site import PASSPHRASE
from validation_rules.text import Language

PAGES = ("load", "map", "fix", "send", "feedback", "quality", "batches", "settings")
PATIENCE = 30.0


def take_pictures(root: Path, language: Language, day: date, *, dark: bool = False) -> list[Path]:
    """Open the window offscreen on the registry's batch; one `root`/images/<n>-<page>.png a page."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from desktop_app.core.workspace import Workspace, open_secrets
    from desktop_app.ui import i18n, tasks, theme
    from desktop_app.ui.app import application
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.session import Session
    from desktop_app.ui.work import open_site
    from validation_rules.contract import load_contract

    app = application()
    i18n.install(app, language)
    theme.apply(app, dark)
    session = Session(language, day)
    folder = root / REGISTRY_DESK
    secrets = open_secrets(folder, lambda: PASSPHRASE)
    workspace = Workspace.open(folder, secrets)
    session.contract = load_contract()
    session.attach(workspace, secrets)
    session.set_site(open_site(workspace, day))
    window = MainWindow(session)
    window.resize(1366, 768)  # the screen that is not there is smaller
    window.show()

    def settle() -> None:
        """Let the work that was asked for end, and its results be drawn."""
        deadline = time.monotonic() + PATIENCE
        quiet = 0
        while quiet < 5 and time.monotonic() < deadline:
            QApplication.processEvents()
            quiet = 0 if tasks.lanes().active else quiet + 1
            time.sleep(0.02)

    images = root / ("images-sombre" if dark else "images")
    images.mkdir(parents=True, exist_ok=True)
    taken = []
    settle()
    session.open_batch(workspace.batches.list()[0].id)
    settle()
    for number, page in enumerate(PAGES, 1):
        window.show_page(page)
        settle()
        target = images / f"{number}-{page}.png"
        window.grab().save(str(target))
        taken.append(target)
    window.close()
    settle()
    session.close()
    return taken
