"""A picture of each page as the demonstration left it, drawn offscreen."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.demo.run import REGISTRY_DESK
from desktop_app.demo.site import PASSPHRASE
from validation_rules.text import Language

if TYPE_CHECKING:
    from desktop_app.ui.main_window import MainWindow

PAGES = ("load", "map", "fix", "send", "feedback", "quality", "batches", "settings")
PATIENCE = 30.0


def take_pictures(
    root: Path,
    language: Language,
    day: date,
    *,
    dark: bool = False,
    pages: Sequence[str] = PAGES,
    images: Path | None = None,
) -> list[Path]:
    """Open the window offscreen on the registry's batch; one <n>-<page>.png a page, in `root`/images."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    images = images or root / ("images-sombre" if dark else "images")
    images.mkdir(parents=True, exist_ok=True)
    window = _window(root / REGISTRY_DESK, language, day, dark=dark)
    _settle()
    workspace = window.session.workspace
    if workspace is not None:
        window.session.open_batch(workspace.batches.list()[0].id)
    _settle()
    taken = [_picture(window, page, images) for page in pages]
    window.close()
    _settle()
    window.session.close()
    return taken


def _window(folder: Path, language: Language, day: date, *, dark: bool) -> MainWindow:
    from desktop_app.core.workspace import Workspace, open_secrets
    from desktop_app.ui import i18n, theme
    from desktop_app.ui.app import application
    from desktop_app.ui.main_window import MainWindow
    from desktop_app.ui.session import Session
    from desktop_app.ui.work import open_site
    from validation_rules.contract import load_contract

    app = application()
    i18n.install(app, language)
    theme.apply(app, dark)
    session = Session(language, day)
    secrets = open_secrets(folder, lambda: PASSPHRASE)
    workspace = Workspace.open(folder, secrets)
    session.contract = load_contract()
    session.attach(workspace, secrets)
    session.set_site(open_site(workspace, day))
    window = MainWindow(session)
    window.resize(1366, 768)  # the screen that is not there is smaller
    window.show()
    return window


def _picture(window: MainWindow, page: str, images: Path) -> Path:
    window.show_page(page)
    _settle()
    target = images / f"{PAGES.index(page) + 1}-{page}.png"
    window.grab().save(str(target))
    return target


def _settle() -> None:
    """Let the work that was asked for end, and its results be drawn."""
    from PySide6.QtWidgets import QApplication

    from desktop_app.ui import tasks

    deadline = time.monotonic() + PATIENCE
    quiet = 0
    while quiet < 5 and time.monotonic() < deadline:
        QApplication.processEvents()
        quiet = 0 if tasks.lanes().active else quiet + 1
        time.sleep(0.02)
