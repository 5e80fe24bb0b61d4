"""New files of the watched folder, proposed above the page: opened with one click, or not wanted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel, caption
from desktop_app.ui.watching import Watching

_NAMED = 3


class Arrivals(QFrame):
    """`wanted` carries the files to open. Shown on the pages where a batch begins, and nowhere else."""

    wanted = Signal(list)

    def __init__(self, watching: Watching) -> None:
        super().__init__()
        self._watching = watching
        self._here = False
        self.setProperty("role", "message")
        self.setProperty("severity", "info")
        picture, self._text = PlainLabel(), PlainLabel()
        theme.set_icon(picture, "folder", "info", 18)
        self._text.setWordWrap(True)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.open = QPushButton()
        self.open.clicked.connect(self._open)
        self.later = QPushButton(self.tr("Not these"))
        self.later.setToolTip(self.tr("Do not propose these files again; you can still open them yourself"))
        self.later.clicked.connect(self._dismiss)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 12, 8)
        line.setSpacing(12)
        line.addWidget(picture)
        line.addWidget(self._text, 1)
        line.addWidget(self.open)
        line.addWidget(self.later)
        watching.found.connect(self.refresh)
        self.refresh()

    def show_here(self, here: bool) -> None:
        """Whether the page that is shown is one where a batch begins."""
        self._here = here
        self.setVisible(here and bool(self._watching.new))

    def refresh(self) -> None:
        """Says which files are new."""
        new, folder = self._watching.new, self._watching.folder
        if folder is not None and new:
            listed = ", ".join(path.name for path in new[:_NAMED]) + (", …" if len(new) > _NAMED else "")
            words = self.tr("%Ln new file(s) in the watched folder “{folder}”: {names}", "", len(new))
            self._text.setText(words.format(folder=folder.name, names=listed))
            self.setAccessibleName(self._text.text())
            self._offer(new)
        self.show_here(self._here)

    def _offer(self, new: list[Path]) -> None:
        old = self.open.menu()
        if len(new) == 1:
            self.open.setText(self.tr("Open"))
            self.open.setMenu(None)  # type: ignore[arg-type]  # Qt takes none, its stub does not
        else:
            self.open.setText(self.tr("Open…"))
            menu = QMenu(self)
            for path in new:
                menu.addAction(caption(path.name)).setData([path])
            menu.addSeparator()
            menu.addAction(self.tr("All together, as one batch")).setData(list(new))
            menu.triggered.connect(self._chosen)
            self.open.setMenu(menu)
        self.open.setAccessibleName(self._text.text())
        if old is not None:
            old.deleteLater()

    def _open(self) -> None:
        if len(self._watching.new) == 1:
            self.wanted.emit(list(self._watching.new))

    def _chosen(self, action: QAction) -> None:
        self.wanted.emit(action.data())

    def _dismiss(self) -> None:
        self._watching.settle(list(self._watching.new))
