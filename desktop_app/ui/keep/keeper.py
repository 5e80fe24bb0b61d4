"""Beside the window as long as it is open: says that someone is there, makes the last good copy, locks."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks
from desktop_app.ui.keep import work
from desktop_app.ui.keep.held import LockPage

if TYPE_CHECKING:
    from desktop_app.ui.main_window import MainWindow

BEAT_MS = 30_000
COPY_MS = 10 * 60_000
_SIGNS = frozenset(
    (
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    )
)


class Keeper(QObject):
    """Made once for a window; follows the workspace of its session."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._session = window, window.session
        self._last = time.monotonic()
        self._page: LockPage | None = None
        self._hidden: list[QWidget] = []
        self._asks = True  # until it is known that a click is enough
        self._session.changed.connect(self._changed)
        self._learn()
        self._beat, self._copy = QTimer(self), QTimer(self)
        self._beat.setInterval(BEAT_MS)
        self._beat.timeout.connect(self.beat)
        self._copy.setInterval(COPY_MS)
        self._copy.timeout.connect(self.copy)
        # The windows of the system only: a filter on the application would see every event of every widget.
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._listen)
        self._listen(window.windowHandle())
        self._beat.start()
        self._copy.start()

    @property
    def locked(self) -> bool:
        """Whether the lock page is shown."""
        return self._page is not None

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Someone is there; nothing is kept from anybody."""
        if event.type() in _SIGNS:
            self._last = time.monotonic()
        return False

    def beat(self) -> None:
        """Every half minute: tells other computers, and looks whether anyone is still here."""
        workspace = self._session.workspace
        if workspace is None:
            return
        tasks.run(self, work.beat(workspace), self._said, self._unsaid, lane="watch")
        minutes = self.minutes()
        if minutes and time.monotonic() - self._last >= minutes * 60:
            self.lock()

    def _said(self, done: None) -> None:
        """Nobody waits for it."""

    def _unsaid(self, error: AppError) -> None:
        """The next one will do."""

    def _changed(self, change: str) -> None:
        if change == "settings":
            self._learn()

    def _learn(self) -> None:
        """Asked in good time: a keyring that takes long to answer must not keep the window from locking."""
        workspace, secrets = self._session.workspace, self._session.secrets
        if workspace is not None and secrets is not None:
            job = work.asks(workspace.folder, secrets)
            tasks.run(self, job, self._learned, self._not_learned, lane="watch")

    def _learned(self, asks: bool) -> None:
        self._asks = asks

    def _not_learned(self, error: AppError) -> None:
        self._asks = True

    def minutes(self) -> int:
        """After how long without a sign of a person the window locks; 0: never."""
        from desktop_app.core.workspace.unlocking import DEFAULT_MINUTES, MINUTES

        return max(0, self._session.setting(MINUTES, DEFAULT_MINUTES))

    def copy(self) -> None:
        """Every ten minutes, when something was saved since: the last good copy."""
        workspace = self._session.workspace
        if workspace is not None and workspace.copy_wanted:
            label = self.tr("Copying the workspace")
            tasks.run(self, work.keep_copy(workspace), self._copied, self._not_copied, label=label, lane="io")

    def _copied(self, made: bool) -> None:
        self._session.changed.emit("settings")

    def _not_copied(self, error: AppError) -> None:
        if error.code != "workspace.busy":  # someone reads the copy: the next time will do
            self._session.fail(error)

    def lock(self) -> None:
        """Hides every page and dialog until the person is back. Work under way goes on."""
        if self._page is not None or self._session.workspace is None or not self._window.rail.isEnabled():
            return
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog) and widget.isVisible():
                self._hidden.append(widget)
                widget.hide()
        self._page = LockPage(self._asks)
        self._page.given.connect(self._unlock)
        self._window.hold(self._page)

    def _unlock(self, passphrase: str) -> None:
        workspace, secrets = self._session.workspace, self._session.secrets
        if workspace is None or secrets is None:
            self._unlocked(None)
            return
        job = work.unlock(workspace.folder, secrets, passphrase)
        tasks.run(self, job, self._unlocked, self._refused, label=self.tr("Unlocking"), lane="io")

    def _unlocked(self, right: None) -> None:
        page, self._page = self._page, None
        self._last = time.monotonic()
        if page is not None:
            self._window.release(page)
        for dialog in self._hidden:
            dialog.show()
        self._hidden = []

    def _refused(self, error: AppError) -> None:
        if self._page is not None:
            self._page.complain(error.sentence(self._session.language))
