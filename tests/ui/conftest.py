"""A window with a real workspace, and the patience that work off the UI thread asks of a test."""

from __future__ import annotations

import locale
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.workspace import Workspace
from desktop_app.ui import i18n, tasks, theme, work
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.pages.load import LoadPage
from desktop_app.ui.session import Session
from desktop_app.ui.sweeping import Sweeper
from tests.memory_secrets import MemorySecrets

TODAY = date(2026, 11, 22)
Settle = Callable[[], None]


def read_and_check(session: Session, settle: Settle) -> None:
    """From files that are chosen to the findings, with the recipe that the program drafts or has kept."""
    session.read()
    settle()
    assert session.recipe is not None
    session.check(session.recipe)
    settle()


@pytest.fixture(scope="session", autouse=True)
def _collation() -> None:
    # Qt warns once when the locale of the process is the C one; servers often run with it.
    locale.setlocale(locale.LC_ALL, "")


@pytest.fixture(scope="session", autouse=True)
def _swept(qapp: QApplication) -> None:
    Sweeper(qapp)


@pytest.fixture(autouse=True)
def _look(qapp: QApplication) -> None:
    # Styling every widget again costs more than most tests; only a test that changed it needs it.
    if qapp.property("navetteTested") is None or theme.is_dark():
        theme.apply(qapp, dark=False)
    i18n.install(qapp, "fr")
    qapp.setProperty("navetteTested", True)


@pytest.fixture(autouse=True)
def _no_key_held(qapp: QApplication) -> None:
    # A test that ends with Ctrl and a key leaves Ctrl held for the next one, whichever that is.
    QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture
def settle(qtbot: QtBot) -> Settle:
    """Waits until no background work is left."""

    def wait() -> None:
        qtbot.waitUntil(lambda: tasks.lanes().active == 0, timeout=60_000)

    return wait


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "workspace", MemorySecrets()) as opened:
        yield opened


@pytest.fixture
def session(workspace: Workspace, settle: Settle) -> Iterator[Session]:
    made = Session("fr", TODAY)
    made.contract = work.contract_named(work.DEFAULT_CONTRACT)
    made.attach(workspace)
    yield made
    settle()


@pytest.fixture
def window(qtbot: QtBot, session: Session, settle: Settle) -> Iterator[MainWindow]:
    made = MainWindow(session)
    qtbot.addWidget(made)
    made.show_page("batches")
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    settle()


@pytest.fixture
def load_page(window: MainWindow) -> LoadPage:
    """The page Load, shown."""
    window.show_page("load")
    found = window.pages["load"]
    assert isinstance(found, LoadPage)
    return found
