"""The one window: rail, header, page, status bar; it knows which page is shown, not what is in it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.errors import AppError
from desktop_app.ui import tasks, theme
from desktop_app.ui.keep.banner import ReadingBanner
from desktop_app.ui.page_makers import MAKERS
from desktop_app.ui.plain import PlainLabel
from desktop_app.ui.session import Session
from desktop_app.ui.stations import KEYS
from desktop_app.ui.tab_order import join
from desktop_app.ui.watching import Watching
from desktop_app.ui.widgets.arrivals import Arrivals
from desktop_app.ui.widgets.drop import local_files
from desktop_app.ui.widgets.message_bar import MessageBar
from desktop_app.ui.widgets.naming import name_boxes
from desktop_app.ui.widgets.progress import ProgressStrip
from desktop_app.ui.widgets.rail import Rail
from desktop_app.ui.widgets.status import StatusBar

OTHERS = ("batches", "settings")
BEGINNINGS = ("batches", "load")  # where new files of the watched folder are proposed


class MainWindow(QMainWindow):
    """Pages are made when they are first shown: the window is on the screen before the heavy ones load."""

    painted = Signal()  # once, when the window is first on the screen

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._was_painted = False
        self.pages: dict[str, QWidget] = {}
        self._shown = ""
        self._before: QWidget | None = None  # what had the keyboard when one page took the place of all
        self.watching = Watching(session, self)
        self._build()
        session.go.connect(self.go)
        session.changed.connect(self._changed)
        session.failed.connect(self._failed)
        tasks.lanes().failure.connect(self._failed)
        room = self.screen().availableGeometry()
        self.resize(min(1366, room.width()), min(768, room.height()))
        self.setMinimumSize(480, 320)
        self.setAcceptDrops(True)

    def _build(self) -> None:
        self.rail = Rail(self.session, KEYS, OTHERS)
        self.status = StatusBar(self.session)
        self.bar = MessageBar()
        self.banner = ReadingBanner(self.session)
        self.strip = ProgressStrip(self.session)
        self.arrivals = Arrivals(self.watching)
        self.arrivals.wanted.connect(self.open_files)
        self.stack = QStackedWidget()
        self.stack.currentChanged.connect(self._give_room)
        self._title, self._batch = PlainLabel(), PlainLabel()
        self._lay_out()
        self.rail.chosen.connect(self.show_page)
        self.rail.installEventFilter(self)
        self.session.message.connect(self.bar.tell)
        self.session.news.connect(self.status.tell)
        self.session.advice.connect(self.bar.advise)
        tasks.lanes().started.connect(self.strip.watch)
        self.refresh()

    def _lay_out(self) -> None:
        centre = QWidget()
        outer = QVBoxLayout(centre)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        row, column = QHBoxLayout(), QVBoxLayout()
        for layout in (row, column):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for widget in (self._header(), self.banner, self.bar, self.arrivals, self.strip):
            column.addWidget(widget)
        column.addWidget(self.stack, 1)
        row.addWidget(self.rail)
        row.addLayout(column, 1)
        outer.addLayout(row, 1)
        outer.addWidget(self.status)
        # On a screen smaller than the pages (a laptop at 200 %) the window scrolls; nothing is cut off.
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(centre)
        self.setCentralWidget(scroll)

    def _header(self) -> QWidget:
        header = QWidget()
        header.setObjectName("header")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(header)
        line.setContentsMargins(24, 8, 16, 8)
        self._title.setProperty("role", "title")
        self._batch.setProperty("role", "muted")
        self._help_button = help_button = QToolButton()
        theme.set_icon(help_button, "help", "muted", 20)
        help_button.setAccessibleName(self.tr("Help"))
        help_button.setToolTip(self.tr("What this page is for (F1)"))
        help_button.clicked.connect(self._help)
        line.addWidget(self._title)
        line.addSpacing(12)
        line.addWidget(self._batch, 1)
        line.addWidget(help_button)
        QShortcut(QKeySequence(QKeySequence.StandardKey.HelpContents), header, self._help)
        return header

    def show_page(self, key: str) -> None:
        """Shows a page; a closed station shows its page too, which says why it is empty."""
        self.prepare(key)
        if key != self._shown:
            self.bar.hide()
        self._shown = key
        if self.rail.isEnabled():
            self.stack.setCurrentWidget(self.pages[key])
        self.arrivals.show_here(key in BEGINNINGS and self.rail.isEnabled())
        self.rail.select(key)
        self.refresh()

    def prepare(self, key: str) -> None:
        """Makes a page before it is asked for, so that it opens at once."""
        if key not in self.pages:
            self.pages[key] = page = MAKERS[key](self.session)
            page.setObjectName("page")
            self.stack.addWidget(page)
            self._give_room(self.stack.currentIndex())
            join(self._help_button, page)
            name_boxes(page)

    def _give_room(self, current: int) -> None:
        """Only the page in sight asks for width: with large letters a wider one behind it would make the
        window scroll."""
        kinds = QSizePolicy.Policy
        shown = self.stack.widget(current)
        for page in self.pages.values():
            kind = kinds.Preferred if page is shown else kinds.Ignored
            page.setSizePolicy(kind, kind)

    def go(self, key: str) -> None:
        """Shows a page and takes the keyboard there too."""
        self.prepare(key)
        last = self.pages[key].focusWidget()  # before the page is shown, which moves the keyboard
        self.show_page(key)
        self._take_keyboard(self.pages[key], last)

    def _take_keyboard(self, page: QWidget, last: QWidget | None) -> None:
        """Where it was last on this page, unless the page says where it begins."""
        if page.focusProxy() is None and last is not None and self._can_take(last):
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            page.setFocus()

    def _can_take(self, widget: QWidget) -> bool:
        here = shiboken6.isValid(widget) and widget.window() is self
        return here and widget.isVisible() and widget.isEnabled()

    def hold(self, page: QWidget) -> None:
        """Shows one page in the place of all others until `release`."""
        page.setObjectName("page")
        self._before = self.focusWidget()
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        self.rail.setEnabled(False)
        page.setFocus()

    def release(self, page: QWidget) -> None:
        """Back to the page that was shown, and to what had the keyboard there."""
        before, self._before = self._before, None
        shown = self.pages.get(self._shown)
        last = None if shown is None else shown.focusWidget()
        self.stack.removeWidget(page)
        page.deleteLater()
        self.rail.setEnabled(True)
        self.show_page(self._shown)
        if before is not None and self._can_take(before):
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._take_keyboard(self.pages[self._shown], last)

    def _page_title(self, key: str) -> str:
        if key in KEYS:
            return next(station.title for station in self.session.stations() if station.key == key)
        return {"batches": self.tr("Batches"), "settings": self.tr("Settings")}[key]

    def refresh(self) -> None:
        """Rail, header and status bar say what the session holds."""
        self.rail.refresh({key: self._page_title(key) for key in OTHERS})
        self.status.refresh()
        self.banner.refresh()
        self._title.setText(self._page_title(self._shown) if self._shown else "Navette")
        self._batch.setText(self.session.title)
        # Never the file name in the title: window titles are logged by desktops, and it may hold a name.
        self.setWindowTitle(f"{self.session.title} – Navette" if self.session.title else "Navette")

    def _changed(self, change: str) -> None:
        self.refresh()

    def _failed(self, error: AppError) -> None:
        self.bar.tell_error(error, self.session.language)

    def _help(self) -> None:
        page: Any = self.pages.get(self._shown)
        purpose = getattr(page, "purpose", None)
        self.bar.tell(str(purpose()) if callable(purpose) else self._page_title(self._shown))

    def rebuild(self) -> None:
        """Makes every part again: sentences are set when a widget is made, so another language needs it."""
        shown, self._shown = self._shown or "batches", ""
        self.pages.clear()
        old = self.centralWidget()
        if old is not None:
            old.deleteLater()
        self._build()
        self.show_page(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The window itself is never painted when its content covers it: the rail tells."""
        if event.type() == QEvent.Type.Paint and not self._was_painted:
            self._was_painted = True
            self.painted.emit()
        return super().eventFilter(watched, event)

    def open_files(self, paths: Sequence[Path]) -> None:
        """Shows files on the page Load; while a passphrase is asked nothing can be opened."""
        if paths and self.rail.isEnabled():
            self.session.open_files(paths)
            self.go("load")

    def come_forward(self) -> None:
        """In front of other windows, as far as the system lets a program do so."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.raise_()
        self.activateWindow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.rail.isEnabled() and local_files(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.open_files(local_files(event))

    def closeEvent(self, event: QCloseEvent) -> None:
        tasks.lanes().close()
        self.session.close()
        super().closeEvent(event)
