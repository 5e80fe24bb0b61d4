"""Language and colours of the running window, as the settings and the system want them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.ui import i18n, theme
from desktop_app.ui.main_window import MainWindow


class Look(QObject):
    """Follows the settings and, while they say so, the colour scheme of the system."""

    def __init__(self, app: QApplication, window: MainWindow, colours: str | None = None) -> None:
        super().__init__(window)
        self._app, self._window, self._session = app, window, window.session
        self._forced = colours
        self._language = self._session.language
        self._session.changed.connect(self._changed)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)

    def _changed(self, change: str) -> None:
        if change != "settings":
            return
        self._scheme_changed()
        if self._session.language != self._language:
            self._language = self._session.language
            i18n.install(self._app, self._language)
            # The change may come from a page that is about to go: let its slot end first.
            QTimer.singleShot(0, self._window.rebuild)

    def _scheme_changed(self) -> None:
        choice = self._forced or self._session.setting("theme", "system")
        dark = theme.follow_system(self._app, choice)
        if dark != theme.is_dark():
            theme.apply(self._app, dark)
