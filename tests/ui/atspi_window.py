"""The window with a small batch on the page Fix, for a screen reader elsewhere; ends with its input."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.core.workspace import Workspace
from desktop_app.ui import i18n, tasks, theme, work
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.session import Session
from tests.memory_secrets import MemorySecrets
from tests.ui.conftest import TODAY
from tests.ui.fix_parts import put_on_bench, small_batch


def main() -> None:
    """Says "ready" once the batch is on the screen."""
    app = QApplication(sys.argv)
    app.setApplicationName("Navette")
    theme.apply(app, dark=False)
    i18n.install(app, "fr")
    with (
        tempfile.TemporaryDirectory() as folder,
        Workspace.open(Path(folder) / "workspace", MemorySecrets()) as workspace,
    ):
        session = Session("fr", TODAY)
        session.contract = work.contract_named(work.DEFAULT_CONTRACT)
        session.attach(workspace)
        window = MainWindow(session)
        window.show()
        window.show_page("fix")
        put_on_bench(session, workspace, small_batch())
        _settle()
        end = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        end.activated.connect(app.quit)
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        app.exec()
        tasks.lanes().close()


def _settle() -> None:
    loop, timer = QEventLoop(), QTimer()
    timer.timeout.connect(lambda: None if tasks.lanes().active else loop.quit())
    timer.start(50)
    loop.exec()


if __name__ == "__main__":
    main()
