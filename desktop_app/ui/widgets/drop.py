"""Where files are dropped, or chosen with the button."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from desktop_app.ui import theme
from desktop_app.ui.plain import PlainLabel


class DropZone(QFrame):
    """`dropped` carries the local files as a list of paths; `asked` when the person wants to choose some."""

    dropped = Signal(list)
    asked = Signal()

    def __init__(self, title: str, line: str, action: str) -> None:
        super().__init__()
        self.setProperty("role", "drop")
        self.setAcceptDrops(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        picture, head, text = PlainLabel(), PlainLabel(title), PlainLabel(line)
        theme.set_icon(picture, "load", "accent", 40)
        head.setProperty("role", "title")
        text.setProperty("role", "muted")
        for label in (picture, head, text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is text)
            column.addWidget(label)
        self.button = QPushButton(action)
        self.button.setProperty("role", "primary")
        self.button.clicked.connect(self.asked)
        column.addSpacing(12)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignCenter)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event):
            event.acceptProposedAction()
            self._mark(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        paths = local_files(event)
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _mark(self, over: bool) -> None:
        self.setProperty("over", over)
        self.style().polish(self)


def local_files(event: QDropEvent) -> list[Path]:
    """The files of this computer or its shares that are dragged; none when anything else is among them."""
    urls = event.mimeData().urls()
    return [Path(url.toLocalFile()) for url in urls] if all(url.isLocalFile() for url in urls) else []
